import { describe, expect, it } from 'vitest'

import { isExactIn, minorUnitsPer } from '../value/currency.js'
import { loadSettings } from './load.js'
import { accountGroups, accountValues, accountVocabulary } from './vocabulary.js'

const account = (...lines: string[]) =>
  [
    'accounts:',
    '  - name: moda-tr',
    '    id: act_1',
    '    currency: TRY',
    '    timezone: Europe/Istanbul',
    ...lines.map((line) => `    ${line}`),
  ].join('\n')
const load = (text: string) => loadSettings('tetik.yaml', text)
const codes = (text: string) => load(text).diagnostics.map(({ code }) => code)
const only = (text: string) => {
  const { settings, diagnostics } = load(text)
  expect(diagnostics).toEqual([])
  return settings!
}

describe('an account', () => {
  it('has every guardrail on if the file sets none', () => {
    expect(only(account()).accounts[0]).toMatchObject({
      tokenVariable: 'META_ACCESS_TOKEN',
      result: 'purchases',
      gross: { fees: 0, tax: 0 },
      guardrails: {
        step: 0.2,
        dailyChange: 0.5,
        ceiling: null,
        actionsPerHour: 20,
        actionsPerDay: 100,
        lastAdset: false,
        protect: [],
        freeze: [],
        handsOff: { status: 172_800_000, budget: 172_800_000, bid: 172_800_000 },
        raise: null,
        breaker: 5,
      },
    })
  })

  it('has the guardrails that the file sets, money in minor units and percentages as ratios', () => {
    const guardrails =
      'guardrails: { ceiling: 15000.50 TRY per day, step: 10%, hands_off: 1h, freeze: [2026-11-27..2026-11-30, 2026-12-31] }'
    expect(only(account(guardrails)).accounts[0]!.guardrails).toMatchObject({
      ceiling: 1_500_050,
      step: 0.1,
      handsOff: { status: 3_600_000, budget: 3_600_000, bid: 3_600_000 },
      freeze: [
        { since: '2026-11-27', until: '2026-11-30' },
        { since: '2026-12-31', until: '2026-12-31' },
      ],
    })
  })

  it('has a hands-off time for each kind of change, and a limit for raises in a day', () => {
    const own = only(account('guardrails: { hands_off: { budget: 24h, bid: 1h }, raise: 1000 TRY per day }')).accounts[0]!
    expect(own.guardrails).toMatchObject({
      handsOff: { status: 172_800_000, budget: 86_400_000, bid: 3_600_000 },
      raise: 100_000,
    })
  })

  it('offers its targets and values to rules, with their units and in minor units', () => {
    const own = only(
      account('targets: { target_cpa: 120, target_roas: 4 }', 'values: { shipping: 45.5 TRY, margin: 35%, enough: 20, old: 3d }'),
    )
    expect(accountVocabulary(own.accounts[0]!)).toEqual({
      name: 'moda-tr',
      currency: 'TRY',
      groups: null,
      values: {
        target_cpa: 'money',
        target_roas: 'number',
        shipping: 'money',
        margin: 'percentage',
        enough: 'number',
        old: 'duration',
      },
    })
    expect(accountValues(own.accounts[0]!)).toEqual({
      target_cpa: 12_000,
      target_roas: 4,
      shipping: 4550,
      margin: 0.35,
      enough: 20,
      old: 259_200_000,
    })
  })

  it.each([
    ['token: EAABsbCS1iHgBAKZCsecret', 'literal-secret'],
    ['targets: { target_cpa: 120 USD }', 'currency-mismatch'],
    ['targets: { target_cpa: 20% }', 'unit-mismatch'],
    ['targets: { target_roas: 4 TRY }', 'unit-mismatch'],
    ['targets: { target_cpa: 0 TRY }', 'out-of-range'],
    ['values: { spend: 3 }', 'name-taken'],
    ['values: { Shipping: 3 }', 'bad-name'],
    ['values: { shipping: "x" }', 'bad-quantity'],
    ['gross: { fees: 5 }', 'bad-percentage'],
    ['result: happiness', 'unknown-metric'],
    ['result: cpa', 'unknown-metric'],
    ['attribution: [7d_clik]', 'unknown-choice'],
    ['guardrails: { ceiling: 15000 TRY }', 'bad-ceiling'],
    ['guardrails: { ceiling: 0 TRY per day }', 'out-of-range'],
    ['guardrails: { step: -20% }', 'out-of-range'],
    ['guardrails: { freeze: [2026-02-30] }', 'bad-days'],
    ['guardrails: { freeze: [2026-11-30..2026-11-27] }', 'bad-days'],
    ['guardrails: { breaker: 0 }', 'out-of-range'],
    ['guardrails: { last_adset: maybe }', 'wrong-type'],
    ['guardrail: {}', 'unknown-key'],
  ])('is refused for %s', (line, code) => {
    expect(codes(account(line))).toEqual([code])
    expect(load(account(line)).settings).toBeNull()
  })

  it.each([
    ['currency: TRY', 'currency: TL', 'unknown-currency'],
    ['Europe/Istanbul', '+03:00', 'unknown-timezone'],
    ['act_1', '1234', 'bad-id'],
    ['moda-tr', 'moda tr', 'bad-name'],
    ['moda-tr', 'all', 'name-taken'],
  ])('is refused with %s as %s', (from, to, code) => {
    expect(codes(account().replace(from, to))).toEqual([code])
  })

  it('does not reveal a secret that is in the file', () => {
    expect(JSON.stringify(load(account('token: EAABsbCS1iHgBAKZCsecret')))).not.toContain('EAABsbCS')
  })

  it('must have a unique name and a unique id', () => {
    expect(codes(`${account()}\n${account().split('\n').slice(1).join('\n')}`)).toEqual(['duplicate-name', 'duplicate-name'])
  })
})

describe('recipients', () => {
  const recipients = (fields: string) => `${account()}\nrecipients:\n  - { name: owner, ${fields} }\n`

  it('have a phone number, by variable or written out', () => {
    expect(only(recipients('phone: $OWNER_PHONE, language: tr, accounts: [moda-tr], quiet: "22:00-08:00"')).recipients).toEqual([
      {
        name: 'owner',
        phone: { kind: 'variable', variable: 'OWNER_PHONE' },
        language: 'tr',
        accounts: ['moda-tr'],
        may: ['read'],
        quiet: { from: '22:00', to: '08:00' },
      },
    ])
    expect(only(recipients('phone: "+90 555 111 22 33"')).recipients[0]!.phone).toEqual({
      kind: 'number',
      number: '+905551112233',
    })
  })

  it.each([
    ['phone: 0555', 'bad-phone'],
    ['phone: $A, accounts: [moda]', 'unknown-account'],
    ['phone: $A, quiet: 22-08', 'bad-time'],
    ['phone: $A, may: [everything]', 'unknown-choice'],
    ['language: tr', 'missing-key'],
  ])('are refused for %s', (fields, code) => {
    expect(codes(recipients(fields))).toEqual([code])
  })
})

describe('groups', () => {
  const groups = (...lines: string[]) => `${account()}\ngroups:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`
  const codesOf = (text: string) => load(text).diagnostics.map(({ code, line }) => `${code} ${line}`)

  it('contain campaigns of one account and have one budget', () => {
    const own = only(
      groups(
        'name: moda, account: moda-tr, campaigns: ["TR | Moda*"], monthly_budget: 200000 TRY',
        'name: rest, campaigns: [Spor]',
      ),
    )
    expect(own.groups).toEqual([
      {
        name: 'moda',
        account: 'moda-tr',
        campaigns: ['TR | Moda*'],
        monthlyBudget: { value: 200_000, unit: 'money', currency: 'TRY' },
      },
      { name: 'rest', account: 'moda-tr', campaigns: ['Spor'], monthlyBudget: null },
    ])
    expect(accountGroups(own.accounts[0]!, own.groups)).toEqual([
      { name: 'moda', campaigns: ['TR | Moda*'], values: { monthly_budget: 20_000_000 } },
      { name: 'rest', campaigns: ['Spor'], values: {} },
    ])
    expect(accountVocabulary(own.accounts[0]!, own.groups).groups).toEqual([
      { name: 'moda', hasBudget: true },
      { name: 'rest', hasBudget: false },
    ])
  })

  it('give a warning if a campaign may be in two of them', () => {
    const { settings, diagnostics } = load(groups('name: a, campaigns: ["TR | *"]', 'name: b, campaigns: ["* | Moda", "DE | *"]'))
    expect(settings?.groups).toHaveLength(2)
    expect(diagnostics).toMatchObject([{ code: 'groups-overlap', severity: 'warning' }])
    expect(diagnostics[0]!.message).toContain('`a`')
  })

  it('report their own errors', () => {
    expect(codesOf(groups('name: a, campaigns: []'))).toEqual([expect.stringMatching(/^empty /)])
    expect(codesOf(groups('name: a, account: mode-tr, campaigns: [x]'))).toEqual([expect.stringMatching(/^unknown-account /)])
    expect(codesOf(groups('name: a, campaigns: [x], monthly_budget: 5 USD'))).toEqual([
      expect.stringMatching(/^currency-mismatch /),
    ])
    expect(codesOf(groups('name: a, campaigns: [x]', 'name: a, campaigns: [y]'))).toEqual([
      expect.stringMatching(/^duplicate-name /),
    ])
  })
})

it('an empty file has the defaults', () => {
  expect(only('# nothing yet\n')).toMatchObject({
    accounts: [],
    recipients: [],
    defaults: { mode: 'observe', cooldown: 86_400_000 },
  })
})

it('money is in the minor units that Meta uses', () => {
  expect(minorUnitsPer('TRY')).toBe(100)
  expect(minorUnitsPer('JPY')).toBe(1)
  expect(minorUnitsPer('HUF')).toBe(1)
  expect(() => minorUnitsPer('XXX')).toThrow(RangeError)
  expect(isExactIn(1.1, 'TRY')).toBe(true)
  expect(isExactIn(1.105, 'TRY')).toBe(false)
  expect(isExactIn(1.5, 'JPY')).toBe(false)
})
