import { describe, expect, test } from 'vitest'

import { loadSettings } from '../account/load.js'
import { openTestFile } from './load.js'
import { runTest } from './run.js'

const RULES = `
rules:
  - id: costly
    scope: adset
    where: delivering
    when:
      - cpa[last_3d] > 150 TRY
      - not: purchases[today] >= 5
    for: 1h
    then:
      - pause
      - whatsapp: { to: owner, text: "{adset.name}: {cpa[last_3d]} of {target_cpa}" }
    mode: act
    cooldown: 24h
    clear: cpa[last_3d] < 120 TRY
`
const ACCOUNT = 'account: { currency: TRY, timezone: Europe/Istanbul, language: tr, target_cpa: 120 TRY }'

/** Runs a test and returns a line for each failure, with what was found; empty if the test passes. */
async function run(test: string, rules = RULES): Promise<string[]> {
  const opened = openTestFile('a.test.yaml', `rules: a.yaml\ntests:\n  - name: one\n${test.replace(/^/gm, '    ')}\n`)
  const { tests, diagnostics } = opened.load([{ path: 'a.yaml', text: rules }], null)
  expect(diagnostics).toEqual([])
  const found: string[] = []
  for (const test of tests) {
    const { failures } = await runTest(test)
    for (const { kind, at, entity, got } of failures)
      found.push(
        [kind, at.slice(11), entity.name, got.outcome, got.because, JSON.stringify(got.message ?? got.steps)]
          .filter(Boolean)
          .join(' '),
      )
  }
  return found
}

const adset = (numbers: string, rest = '') => `${ACCOUNT}\nadsets:\n  - { name: A, ${numbers} }\n${rest}`
const COSTLY = 'spend: 300 300 400, purchases: 2 1 0'

describe('a rule test', () => {
  test('passes if everything is as expected, including the exact message', async () => {
    const expectation = `
at: [2026-03-10 12:00, 2026-03-10 13:00]
expect:
  - { rule: costly, adset: A, at: 2026-03-10 12:00, outcome: hold, because: for }
  - { rule: costly, adset: A, outcome: fire, steps: [pause, whatsapp], message: "A: ₺333,33 of ₺120,00" }`
    expect(await run(adset(COSTLY, expectation))).toEqual([])
  })

  test('accepts an ordinary space for the non-breaking one between an amount and its currency', async () => {
    const account = 'account: { currency: TRY, timezone: Europe/Istanbul, language: en, target_cpa: 120 TRY }'
    const rest = (space: string) =>
      `at: [2026-03-10 12:00, 2026-03-10 13:00]\nexpect: [{ rule: costly, adset: A, outcome: fire, message: "A: TRY${space}333.33 of TRY${space}120.00" }]`
    for (const space of [' ', '\u00a0']) expect(await run(adset(COSTLY, rest(space)).replace(ACCOUNT, account))).toEqual([])
    expect(await run(adset(COSTLY, rest('')).replace(ACCOUNT, account))).toHaveLength(1)
  })

  test('reports what was found instead of what was expected', async () => {
    const expectation = `
at: 2026-03-10 12:00
expect:
  - { rule: costly, adset: A, outcome: fire }
  - { rule: costly, adset: A, outcome: hold, because: when }
  - { rule: costly, adset: A, outcome: hold, because: for, message: "A: ₺333,33 of ₺120,00" }
  - { rule: costly, adset: A, at: 2026-03-10 14:00, outcome: fire, message: "A: ₺333.33 of ₺120.00" }
  - { rule: costly, adset: A, at: 2026-03-10 14:00, outcome: fire, steps: [pause] }`
    expect(await run(adset(COSTLY, expectation))).toEqual([
      'unmet 12:00 A hold for',
      'unmet 12:00 A hold for',
      'unmet 12:00 A hold for []',
      'unmet 14:00 A fire "A: ₺333,33 of ₺120,00"',
      'unmet 14:00 A fire ["pause","whatsapp"]',
    ])
  })

  test('fails if another entity fires at a time for which the test expects something of the rule, but not at other times', async () => {
    const two = `${ACCOUNT}
adsets:
  - { name: A, ${COSTLY} }
  - { name: B, ${COSTLY} }
at: [2026-03-10 12:00, 2026-03-10 13:00, 2026-03-10 14:00]
expect:
  - { rule: costly, adset: A, at: `
    expect(await run(`${two}2026-03-10 13:00, outcome: fire }`)).toEqual(['unexpected 13:00 B fire ["pause","whatsapp"]'])
    const at = 'at: [2026-03-10 12:00, 2026-03-10 13:00]\nexpect: []'
    expect(await run(adset(COSTLY, at))).toEqual(['unexpected 13:00 A fire ["pause","whatsapp"]'])
    expect(await run(adset('spend: 1, purchases: 1', at))).toEqual([])
    expect(await run(`${two}2026-03-10 14:00, outcome: hold, because: clear }`)).toEqual([])
  })

  test('treats a metric that is given anywhere as zero on other days, and one given nowhere as unknown', async () => {
    const at = 'at: [2026-03-10 12:00, 2026-03-10 13:00]\nexpect: [{ rule: costly, adset: A, outcome: '
    // There are no purchases on the days with spend, so the cost is at least the spend.
    expect(await run(adset('spend: 300 300 400, today: { purchases: 1 }', `${at}fire }]`))).toEqual([])
    expect(await run(adset('spend: 300 300 400', `${at}unknown }]`))).toEqual([])
    expect(await run(adset('spend: 300 _ 400, purchases: 1 1 1', `${at}unknown }]`))).toEqual([])
    // The fourth day back is outside the window.
    expect(await run(adset('spend: 900 10 10 10, purchases: 1 1 1 1', `${at}hold, because: when }]`))).toEqual([])
  })

  test('reads `today` and `yesterday` relative to each time of the test, and a date as a fixed day', async () => {
    const rules = 'rules:\n  - { id: costly, scope: adset, when: "spend[yesterday] = 300 TRY", cooldown: 0h }'
    const at = 'at: [2026-03-10 12:00, 2026-03-11 12:00]\nexpect:\n'
    const both = '  - { rule: costly, adset: A, at: 2026-03-10 12:00, outcome: fire }\n  - { rule: costly, adset: A, outcome: '
    expect(await run(adset('spend: 100 300', `${at}${both}fire }`), rules)).toEqual([])
    expect(await run(adset('until: today, spend: 300 100', `${at}${both}fire }`), rules)).toEqual([])
    expect(await run(adset('until: 2026-03-09, spend: 100 300', `${at}${both}hold }`), rules)).toEqual([])
    expect(await run(adset('until: 2026-03-10, spend: 300 200', `${at}${both}hold }`), rules)).toEqual([])
  })

  test('knows hours only if they are given', async () => {
    const rules = 'rules:\n  - { id: costly, scope: adset, when: "spend[2h] = 30 TRY" }'
    const at = 'at: 2026-03-10 12:30\nexpect: [{ rule: costly, adset: A, outcome: '
    expect(await run(adset('hours: { spend: 100 10 20 }', `${at}fire }]`), rules)).toEqual([])
    expect(await run(adset('hours: { until: 2026-03-10 13:00, spend: 10 20 100 }', `${at}fire }]`), rules)).toEqual([])
    expect(await run(adset('spend: 10 20', `${at}unknown }]`), rules)).toEqual([])
  })

  test('places hours correctly across a change to or from summer time', async () => {
    const rules = 'rules:\n  - { id: costly, scope: adset, when: "spend[4h] = 15" }'
    const at = (time: string, outcome: string) => `at: ${time}\nexpect: [{ rule: costly, adset: A, outcome: ${outcome} }]`
    const inNewYork = (time: string, outcome: string) =>
      run(adset('hours: { spend: 100 1 2 4 8 }', at(time, outcome)).replace('Europe/Istanbul', 'America/New_York'), rules)
    // On the first day the clock skips two o'clock, on the second it shows one o'clock twice.
    expect(await inNewYork('2026-03-08 04:30', 'fire')).toEqual([])
    expect(await inNewYork('2026-11-01 03:10', 'fire')).toEqual([])
    expect(await inNewYork('2026-11-01 05:10', 'unknown')).toEqual([])
    expect(await inNewYork('2026-11-01 06:10', 'fire')).toEqual([])
  })

  test('knows reach and frequency of the given windows, since they do not add up', async () => {
    const rules = 'rules:\n  - { id: costly, scope: adset, when: ["frequency[last_7d] > 3", "reach[last_3d] >= 1000"] }'
    const at = 'at: 2026-03-10 12:00\nexpect: [{ rule: costly, adset: A, outcome: '
    const asked = 'spend: 1*7, asked: { "frequency[last_7d]": 3.2, "reach[last_3d]": 1000'
    expect(await run(adset(`${asked} }`, `${at}fire }]`), rules)).toEqual([])
    expect(
      await run(adset('spend: 1*7, asked: { "frequency[last_7d]": 3.2, "reach[last_7d]": 1000 }', `${at}unknown }]`), rules),
    ).toEqual([])
    expect(
      await run(adset('spend: 1*7, asked: { "frequency[last_7d]": _, "reach[last_3d]": 1000 }', `${at}unknown }]`), rules),
    ).toEqual([])
  })

  test('assumes that everything delivers unless the test says otherwise of it or of a level above', async () => {
    const rules = 'rules:\n  - { id: costly, scope: adset, where: delivering }'.replace(' }', ', every: 1h }')
    const expectation = (outcome: string) => `at: 2026-03-10 12:00\nexpect: [{ rule: costly, adset: A, outcome: ${outcome} }]`
    expect(await run(adset('spend: 1', expectation('fire')), rules)).toEqual([])
    for (const given of ['status: PAUSED', 'effective_status: CAMPAIGN_PAUSED', 'delivering: false'])
      expect(await run(adset(given, expectation('none')), rules)).toEqual([])
    for (const given of ['status: _', 'effective_status: _', 'delivering: _'])
      expect(await run(adset(given, expectation('unknown')), rules)).toEqual([])
    const campaign = `${ACCOUNT}\ncampaigns: [{ name: C, status: PAUSED }]\nadsets: [{ name: A, campaign: C }]\n`
    expect(await run(campaign + expectation('none'), rules)).toEqual([])
  })

  test('knows the given attributes, in their units', async () => {
    const when = [
      'daily_budget = 500 TRY',
      'age > 9d',
      'learning',
      'labels contains "ever"',
      'objective = OUTCOME_SALES',
      'id = "7"',
    ]
    const rules = `rules:\n  - id: costly\n    scope: adset\n    when:\n${when.map((line) => `      - ${line}`).join('\n')}`
    const given = 'id: "7", daily_budget: 500 TRY, age: 10d, learning: true, labels: [ever, green], objective: OUTCOME_SALES'
    const expectation = 'at: 2026-03-10 12:00\nexpect: [{ rule: costly, adset: "7", outcome: '
    expect(await run(adset(given, `${expectation}fire }]`), rules)).toEqual([])
    expect(await run(adset('id: "7"', `${expectation}unknown }]`), rules)).toEqual([])
  })

  test('adds up campaigns and the account from the entities in them', async () => {
    const rules = `rules:
  - { id: c, scope: campaign, when: "spend[last_3d] = 60 TRY" }
  - { id: a, scope: account, when: "spend[last_3d] = 100 TRY" }
  - { id: ad, scope: ad, when: "adset.spend[last_3d] = 30 TRY" }`
    const data = `${ACCOUNT}
adsets:
  - { name: A, campaign: C, spend: 10 20 }
  - { name: B, campaign: D, spend: 40 }
ads:
  - { name: X, adset: E, campaign: C, spend: 30 }
at: 2026-03-10 12:00
expect:
  - { rule: c, campaign: C, outcome: fire }
  - { rule: c, campaign: D, outcome: hold }
  - { rule: a, outcome: fire }
  - { rule: ad, ad: X, outcome: fire }`
    expect(await run(data, rules)).toEqual([])
  })

  test('falls back to the account of tetik.yaml, and to its recipients’ languages', async () => {
    const settings = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, targets: { target_cpa: 100 TRY } }
recipients:
  - { name: owner, phone: $OWNER_PHONE, language: tr }`
    const text = `rules: a.yaml
tests:
  - name: one
    adsets: [{ name: A, ${COSTLY} }]
    at: [2026-03-10 12:00, 2026-03-10 14:00]
    expect: [{ rule: costly, adset: A, outcome: fire, message: "A: ₺333,33 of ₺100,00" }]`
    const loaded = openTestFile('a.test.yaml', text).load(
      [{ path: 'a.yaml', text: RULES }],
      loadSettings('tetik.yaml', settings).settings,
    )
    expect(loaded.diagnostics).toEqual([])
    expect((await runTest(loaded.tests[0]!)).failures).toEqual([])
  })
})

describe('a test beyond one ad set', () => {
  test('can give groups, events and estimates', async () => {
    const rules = `rules:
  - { id: g, scope: group, at: "10:00", when: "forecast(spend, this_month) > monthly_budget" }
  - { id: a, scope: adset, every: 1h, when: ["anomaly(cpc[today]) > 3", "spend[today] > 2 * expected(spend[today])"] }
  - { id: h, scope: account, on: paid, when: "payload.total > 10 TRY" }`
    const data = (payload: string) => `${ACCOUNT}
groups:
  - { name: G, campaigns: ["C*"], monthly_budget: 100 TRY, estimates: { "forecast(spend, this_month)": 120 TRY } }
  - { name: H, campaigns: ["D*"], monthly_budget: 100 TRY }
adsets:
  - { name: A, campaign: C1, today: { spend: 50 }, estimates: { "anomaly(cpc[today])": 4.2, "expected(spend[today])": 20 TRY } }
  - { name: B, campaign: C1, today: { spend: 50 }, estimates: { "anomaly(cpc[today])": 4.2, "expected(spend[yesterday])": 20 TRY } }
${payload}
at: 2026-03-10 12:00
expect:
  - { rule: g, group: G, outcome: fire }
  - { rule: g, group: H, outcome: unknown }
  - { rule: a, adset: A, outcome: fire }
  - { rule: a, adset: B, outcome: unknown }
  - { rule: h, outcome: `
    expect(await run(`${data('payload: { total: 11 }')}fire }`, rules)).toEqual([])
    expect(await run(`${data('payload: { total: 9 }')}hold }`, rules)).toEqual([])
    expect(await run(`${data('')}none }`, rules)).toEqual([])
  })

  const settings = loadSettings(
    'tetik.yaml',
    `accounts:
  - { name: tr, id: act_1, currency: TRY, timezone: Europe/Istanbul }
  - { name: us, id: act_2, currency: USD, timezone: America/New_York }`,
  ).settings
  const two = `blueprints: [{ name: cap, inputs: { most: { type: money } }, rule: { scope: adset, when: "cpa[last_3d] > most" } }]`
  const uses = `rules:
  - { id: in-tr, use: cap, account: tr, with: { most: 100 TRY } }
  - { id: in-us, use: cap, account: us, with: { most: 10 USD } }`
  const load = (account: string, rule: string) =>
    openTestFile(
      'a.test.yaml',
      `rules: a.yaml
tests:
  - name: one
    account: ${account}
    adsets: [{ name: A, spend: 90*3, purchases: 3*3 }]
    at: 2026-03-10 12:00
    expect: [{ rule: ${rule}, adset: A, outcome: fire }]`,
    ).load([{ path: 'a.yaml', text: uses }], settings, [{ path: 'b.yaml', text: two }])

  test.each([
    ['act', 'hold, because: priority'],
    ['ask', 'hold, because: priority'],
    ['observe', 'fire'],
  ])('lets the higher priority win if it acts or asks, as in production: %s', async (mode, above) => {
    const rules = `rules:
  - { id: low, scope: adset, when: "spend[today] > 10 TRY", then: [pause], mode: observe }
  - { id: high, scope: adset, when: "spend[today] > 20 TRY", then: [start], mode: ${mode}, priority: 5 }`
    const data = (spend: number) =>
      `at: 2026-03-10 12:00\nexpect:\n  - { rule: low, adset: A, outcome: ${spend > 20 ? above : 'fire'} }`
    for (const spend of [15, 25]) expect(await run(adset(`today: { spend: ${spend} }`, data(spend)), rules)).toEqual([])
  })

  test.each([
    ['is true', '30 30', 'hold, because: priority'],
    ['is unknown', '30 _', 'hold, because: priority'],
    ['is false', '30 15', 'fire'],
  ])('holds the lower priority a day later if the higher one still rests and its condition %s', async (_, spend, later) => {
    const rules = `rules:
  - { id: low, scope: adset, when: "hour = 12", then: [{ start: any }], mode: act, cooldown: 1h }
  - { id: high, scope: adset, where: "spend[today] > 20 TRY", when: "spend[today] > 20 TRY", then: [pause], mode: act, priority: 5, cooldown: 72h }`
    const data = `at: [2026-03-10 12:00, 2026-03-11 12:00]
expect:
  - { rule: low, adset: A, at: 2026-03-10 12:00, outcome: hold, because: priority }
  - { rule: low, adset: A, at: 2026-03-11 12:00, outcome: ${later} }`
    expect(await run(adset(`until: 2026-03-11, spend: ${spend}`, data), rules)).toEqual([])
  })

  test('leaves out rules of an account with another currency, and finds blueprints in the rest of the project', async () => {
    const { tests, diagnostics } = load('us', 'in-us')
    expect(diagnostics).toEqual([])
    expect(tests[0]!.rules.map(({ id }) => id)).toEqual(['in-us'])
    expect((await runTest(tests[0]!)).failures).toEqual([])
  })

  test('refuses to evaluate a rule in a currency other than its own', () => {
    expect(load('us', 'in-tr').diagnostics.map(({ code }) => code)).toContain('currency-mismatch')
  })
})

describe('a test file with errors', () => {
  const faults = (text: string, rules = RULES) =>
    openTestFile('a.test.yaml', text)
      .load([{ path: 'a.yaml', text: rules }], null)
      .diagnostics.map(
        ({ file, line, column, code, hint }) => `${file}:${line}:${column} ${code}${hint === undefined ? '' : ` ${hint}`}`,
      )

  test('reports all of them with their place and the nearest name', () => {
    const text = `rules: a.yaml
tests:
  - name: one
    account: { currency: TL, timezone: Europe/Istanbul, languag: tr }
    adsets:
      - { name: A, spnd: 300, spend: 3OO 5, cpa: 12, until: tomorrow, age: 5, status: RUNNING }
      - { name: A }
    at: noon
    expect:
      - { rule: cosly, adset: A, outcome: fire }
      - { rule: costly, adset: B, outcome: fired }
      - { rule: costly, campaign: A, outcome: fire, because: when, steps: [pauze] }
      - { rule: costly, adset: A, at: 2026-02-30 10:00, outcome: hold, because: guardrail }
  - name: one
    expect: []
`
    expect(faults(text)).toMatchInlineSnapshot(`
      [
        "a.test.yaml:4:26 unknown-currency did you mean \`TRY\`?",
        "a.test.yaml:4:57 unknown-key did you mean \`language\`?",
        "a.test.yaml:6:20 unknown-key did you mean \`spend\`?",
        "a.test.yaml:6:38 bad-series for example \`300 300 400\`, \`100*3\`, \`_\` for unknown",
        "a.test.yaml:6:45 derived-metric give \`spend\` and \`results\`",
        "a.test.yaml:6:61 bad-day \`yesterday\`, \`today\`, or a date such as \`2026-03-09\`",
        "a.test.yaml:6:76 bad-duration did you mean \`5m\` or \`5h\`?",
        "a.test.yaml:6:87 unknown-choice did you mean \`ACTIVE\`?",
        "a.test.yaml:7:17 duplicate-name give each an \`id:\`, or remove one of them",
        "a.test.yaml:8:9 bad-time for example \`2026-03-10 14:00\`",
        "a.test.yaml:10:17 unknown-rule did you mean \`costly\`?",
        "a.test.yaml:11:32 unknown-entity the test has A",
        "a.test.yaml:11:44 unknown-choice did you mean \`fire\`?",
        "a.test.yaml:12:25 wrong-scope did you mean \`adset: A\`?",
        "a.test.yaml:12:62 needless-key",
        "a.test.yaml:12:76 unknown-choice did you mean \`pause\`?",
        "a.test.yaml:13:39 bad-time for example \`2026-03-10 14:00\`",
        "a.test.yaml:13:81 unknown-choice one of \`when\`, \`for\`, \`clear\`, \`cooldown\`, \`limit\`, \`priority\`",
        "a.test.yaml:14:11 duplicate-name",
      ]
    `)
  })

  test('shows the errors of its rules', () => {
    const text = 'rules: a.yaml\ntests:\n  - { name: one, at: 2026-03-10 12:00, expect: [] }'
    expect(faults(text, RULES.replace('cpa[last_3d] > 150', 'cpaa[last_3d] > 150'))).toEqual([
      'a.yaml:7:9 unknown-metric did you mean `cpa`?',
    ])
  })

  test.each(['', '[]', 'rules: a.yaml', 'tests: 5', 'a: &a [*a]', '\t', '{', 'rules: [[a]]\ntests: [[]]'])(
    'that says %j is reported',
    (text) => {
      expect(faults(text).length).toBeGreaterThan(0)
    },
  )
})
