import { describe, expect, it } from 'vitest'

import { loadSettings } from '../../account/load.js'
import { loadRules } from './load.js'

const load = (text: string) => loadRules([{ path: 'a.yaml', text }], null).diagnostics
const rule = (when: string, then = '- pause', scope = 'adset') =>
  load(`rules:\n  - id: a\n    scope: ${scope}\n    when:\n      ${when}\n    then:\n      ${then}\n`)
const hintsOf = (diagnostics: ReturnType<typeof load>) => diagnostics.map(({ hint }) => hint)
const offered = (hint: string | undefined) => /`(.*)`/.exec(hint ?? '')![1]!

describe('`none` of a list', () => {
  const BOTH = 'not: { any: ["spend[today] > 5 TRY", "name contains \\"x\\""] }'

  it.each([
    `none: ["spend[today] > 5 TRY", 'name contains "x"']`,
    `none: [spend[today] > 5 TRY, 'name contains "x"']`,
    `neither:\n        - spend[today] > 5 TRY\n        - name contains "x"`,
    `- none: ["spend[today] > 5 TRY", 'name contains "x"']`,
    `{ none: ["spend[today] > 5 TRY", 'name contains "x"'] }`,
  ])('%s is not any of them', (when) => {
    const hint = hintsOf(rule(when))[0]
    expect(hint).toBe(`did you mean \`${BOTH}\`?`)
    expect(rule(offered(hint))).toEqual([])
  })

  it.each(['none:\n        - any: [learning, delivering]', 'none: []'])('%s gets the same hint, without its contents', (when) => {
    expect(hintsOf(rule(when))[0]).toBe('did you mean `not: { any: […] }`?')
  })

  it('of a single condition is `not`', () => {
    expect(hintsOf(rule('none: learning'))).toEqual(['did you mean `not`?'])
  })
})

describe('a `budget`', () => {
  it.each([
    ['budget > 300 TRY', 'adset', 'daily_budget > 300 TRY'],
    ['campaign.budget > 300 TRY', 'adset', 'campaign.daily_budget > 300 TRY'],
    ['spend[today] > 0.9 * budget', 'adset', 'spend[today] > 0.9 * daily_budget'],
    ['account.budget > 300 TRY', 'adset', 'account.monthly_budget > 300 TRY'],
    ['budget > 300 TRY', 'account', 'monthly_budget > 300 TRY'],
    ['aylik_butce > 300 TRY', 'adset', 'monthly_budget > 300 TRY'],
  ])('%s of scope %s is %s', (line, scope, meant) => {
    const [written] = line.match(/\w*(budget|butce)/)!
    const hint = hintsOf(rule(line, '- wait: 1h', scope))[0]
    expect(line.replace(written, offered(hint))).toBe(meant)
    expect(rule(meant, '- wait: 1h', scope)).toEqual([])
  })
})

describe('a secret in a file', () => {
  it('of a webhook is replaced by a variable for its URL', () => {
    const hint = hintsOf(rule('learning', '- webhook: { url: "https://hooks.slack.com/abc" }'))[0]
    expect(hint).toBe('name an environment variable: `$SLACK_WEBHOOK`')
  })

  it.each([
    ['token: abc', '$META_ACCESS_TOKEN'],
    ['phone: $1', '$OWNER_PHONE'],
  ])('%s is the variable of its key', (line, example) => {
    const recipients = line.startsWith('phone') ? `recipients:\n  - name: owner\n    ${line}\n` : ''
    const text = `accounts:\n  - name: a\n    id: act_1\n    currency: TRY\n    timezone: UTC\n    ${recipients === '' ? line : ''}\n${recipients}`
    const hints = loadSettings('tetik.yaml', text).diagnostics.map(({ hint }) => hint)
    expect(hints).toEqual([`name an environment variable: \`${example}\``])
  })
})

describe('an amount of tetik.yaml that has two readings', () => {
  const settings = (lines: string) =>
    loadSettings('tetik.yaml', `accounts:\n  - name: a\n    id: act_1\n    currency: TRY\n    timezone: UTC\n    ${lines}\n`)
      .diagnostics

  it.each([
    ['targets: { monthly_budget: 300000.125 TRY }', '300000.125 TRY', ['300000125 TRY', '300000.13 TRY']],
    ['targets: { monthly_budget: 300000.125 }', '300000.125', ['300000125', '300000.13']],
    ['targets: { target_cpa: 12.345 TRY }', '12.345 TRY', ['12345 TRY', '12.3450 TRY']],
    ['guardrails: { ceiling: 1.125 TRY per day }', '1.125 TRY per day', ['1125 TRY per day', '1.13 TRY per day']],
    ['guardrails: { ceiling: 1.500 TRY }', '1.500 TRY', ['1500 TRY per day', '1.5 TRY per day']],
    ['guardrails: { raise: 1.500 }', '1.500', ['1500 per day', '1.5 per day']],
  ])('%s is offered as what loads', (line, written, readings) => {
    expect(hintsOf(settings(line))).toEqual([`did you mean \`${readings[0]!}\` or \`${readings[1]!}\`?`])
    for (const reading of readings) expect(settings(line.replace(written, reading))).toEqual([])
  })

  it.each([
    ['gross: { fees: 1.250 TRY }', 'for example `20%`'],
    ['guardrails: { step: 1.250 TRY }', 'for example `20%`'],
    ['guardrails: { hands_off: 1.250 TRY }', 'for example `30m`, `2h`, `3d`'],
    ['targets: { target_roas: 1.250 TRY }', 'for example `4`'],
    ['guardrails: { ceiling: abc }', 'for example `15000 TRY per day`'],
    ['guardrails: { ceiling: 1500 TRY/day }', 'did you mean `1500 TRY per day`?'],
    ['guardrails: { ceiling: 1500 TRY }', 'did you mean `1500 TRY per day`?'],
  ])('%s gets a hint on what belongs there', (line, hint) => {
    expect(hintsOf(settings(line))).toEqual([hint])
  })
})

describe('a step without its colon', () => {
  it.each([
    ['- wait 2h', 'wait: 2h'],
    ['- wait until 08:00', 'wait: until 08:00'],
    ['- wait = 2h', 'wait: 2h'],
    ['- budget +15%', 'budget: +15%'],
    ['- budget -20%', 'budget: -20%'],
    ['- budget 500 TRY', 'budget: 500 TRY'],
    ['- check roas[today] > 2', 'check: roas[today] > 2'],
    ['- rename {name} tired', 'rename: "{name} tired"'],
    ['- launch summer-sale', 'launch: summer-sale'],
    ['- report daily', 'report: daily'],
    ['- start any', 'start: any'],
    ['[pause, wait 2h]', 'wait: 2h'],
    ['[budget +15%]', 'budget: +15%'],
    ['[check delivering]', 'check: delivering'],
  ])('%s is meant as %s', (then, meant) => {
    const [found, ...more] = rule('learning', then)
    expect(more).toEqual([])
    expect(found).toMatchObject({ code: 'syntax', hint: `did you mean \`${meant}\`?` })
    const corrected = then.startsWith('-') ? `- ${meant}` : then.replace(/[a-z]+ [^,\]]+/, meant)
    expect(rule('learning', corrected)).toEqual([])
  })

  it.each(['- wait a while', '- whatsapp owner', '- label tired', '- duplicate it', '- webhook now', '- bid up', '[ask owner]'])(
    '%s gets an example that loads',
    (then) => {
      const [found, ...more] = rule('learning', then)
      expect(more).toEqual([])
      expect(found!.hint).toMatch(/^for example /)
      expect(rule('learning', `- ${offered(found!.hint)}`)).toEqual([])
    },
  )

  it('is reported in a blueprint as well', () => {
    const text = `blueprints:
  - name: b
    inputs: { most: { type: money } }
    rule:
      scope: adset
      when: cpa[last_3d] > most
      then:
        - wait 2h
        - pause
rules: []
`
    expect(hintsOf(load(text))).toEqual(['did you mean `wait: 2h`?'])
  })
})
