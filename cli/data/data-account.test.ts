import { expect, it } from 'vitest'

import type { RuleSets } from '../base/rule-sets.js'
import { runsOnData } from './backtest-data.js'
import { dataOfFile } from './check-data.js'
import { evaluateData } from './evaluate-data.js'
import { type EvaluateDataOptions } from './rules-with-data.js'

const SETTINGS = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, targets: { target_cpa: 120 TRY } }
  - { name: moda-us, id: act_2, currency: USD, timezone: America/New_York, targets: { target_cpa: 9 USD } }
`
const RULES = `rules:
  - { id: tr, account: moda-tr, scope: adset, when: "spend[today] > 100 TRY", then: [pause] }
  - { id: us, account: moda-us, scope: adset, when: "spend[today] > 3 USD", then: [pause] }
  - { id: every, account: all, scope: adset, when: "spend[today] > 0.1 * target_cpa", then: [pause] }
`
const RULE = `rules:
  - { id: tr, account: moda-tr, scope: adset, when: "spend[today] > 100 TRY", then: [pause] }
`
const setsOf = (rules: string, settings = SETTINGS): RuleSets => ({
  sets: [{ settings: { path: 'tetik.yaml', text: settings }, files: [{ path: 'rules/a.yaml', text: rules }] }],
  diagnostics: [],
})
const SETS = setsOf(RULES)
const data = (currency: string) => ({
  path: 'd.csv',
  text: `Day,Ad set name,Amount spent (${currency})\n2026-03-10,Women,50.00\n`,
})

async function evaluate(currency: string, options: Partial<EvaluateDataOptions> = {}, sets = SETS) {
  const { evaluated, diagnostics, notes } = await evaluateData(sets, data(currency), { at: '2026-03-10 18:00', ...options })
  const outcomes = evaluated?.rules.flatMap(({ rule, evaluations }) => evaluations.map(({ outcome }) => `${rule.id} ${outcome}`))
  return { outcomes: outcomes ?? diagnostics.map(({ code }) => code), at: evaluated?.at, notes }
}

it('--account names the account of the file, and rules of other accounts are skipped', async () => {
  expect(await evaluate('USD', { account: 'moda-us' })).toEqual({
    outcomes: ['us fire', 'every fire'],
    at: '2026-03-10T18:00:00-04:00',
    notes: ['1 rule of other accounts (moda-tr) was skipped.'],
  })
  expect((await evaluate('TRY', { account: 'moda-tr' })).outcomes).toEqual(['tr hold', 'every fire'])
  const { runs, notes } = runsOnData(SETS, data('USD'), { account: 'moda-us' })
  expect([runs!.map(({ source, rules }) => [source.account.name, rules.map(({ id }) => id)]), notes]).toEqual([
    [['moda-us', ['us', 'every']]],
    ['1 rule of other accounts (moda-tr) was skipped.'],
  ])
})

it('--account is asked for if the amounts of another account are errors', async () => {
  await expect(evaluate('USD', { timezone: 'UTC' })).rejects.toThrow(
    /^d.csv is in USD, but tetik.yaml has accounts in TRY and USD: name the file’s account with --account$/,
  )
  expect(() => runsOnData(SETS, data('USD'), { timezone: 'UTC' })).toThrow('name the file’s account with --account')
})

it('no account of `tetik.yaml` is used if none has the currency of the file', async () => {
  await expect(evaluate('EUR', { timezone: 'UTC' })).rejects.toThrow(
    /accounts in tetik.yaml are in TRY and USD: the file is from another account$/,
  )
  const one = setsOf(RULE, SETTINGS.replace(/^.*moda-us.*\n/m, ''))
  await expect(evaluate('USD', {}, one)).rejects.toThrow(
    /^d.csv is in USD, but the accounts in tetik.yaml are in TRY: the file is from another account$/,
  )
})

it('--account is not asked for if an amount is wrong for the rule’s own account: that error is reported', async () => {
  const wrong = setsOf(RULE.replace('100 TRY', '100 EUR'))
  const { diagnostics } = await evaluateData(wrong, data('USD'), { at: '2026-03-10 18:00' })
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['currency-mismatch', 'the account moda-tr uses TRY, not EUR'],
  ])
})

it('--account is only asked for if there are no other errors', async () => {
  const wrong = setsOf(`${RULE}  - { id: typo, account: moda-tr, scope: adset, when: "spnd[today] > 3", then: [pause] }\n`)
  expect((await evaluate('USD', {}, wrong)).outcomes).toEqual(['unknown-metric'])
})

it('without a `tetik.yaml`, the account is the one that the file is from', async () => {
  const { diagnostics } = await evaluateData(
    { sets: [{ settings: null, files: [{ path: 'a.yaml', text: RULE.replace('account: moda-tr, ', '') }] }], diagnostics: [] },
    data('USD'),
    { at: '2026-03-10 18:00' },
  )
  expect(diagnostics.map(({ message }) => message)).toEqual(['the account of the data uses USD, not TRY'])
})

it('--account is not asked for if the file itself has errors', async () => {
  const text = 'Tag;Kampagnenname;Ausgegebener Betrag (EUR)\n2026-03-10;A;5,00\n'
  const { diagnostics } = await evaluateData(SETS, { path: 'd.csv', text }, { at: '2026-03-10 18:00' })
  expect(diagnostics.map(({ code }) => code)).toContain('foreign-language')
})

it('--account gives the currency of a file that does not name it', async () => {
  const text = 'date,adset_name,spend\n2026-03-10,Women,50.00\n'
  const { evaluated } = await evaluateData(SETS, { path: 'd.csv', text }, { at: '2026-03-10 18:00', account: 'moda-us' })
  expect(evaluated!.currency).toBe('USD')
})

it('the account of --account must exist, and have the currency of the file', async () => {
  await expect(evaluate('USD', { account: 'moda-tr' })).rejects.toThrow('--account moda-tr is in TRY, but d.csv is in USD')
  await expect(evaluate('USD', { account: 'moda-uk' })).rejects.toThrow('did you mean `moda-us`?')
  await expect(evaluate('USD', { account: 'moda-us', only: 'tr' })).rejects.toThrow('the rule tr belongs to the account moda-tr')
})

it('with --account, only the `where` of its own rules is checked against the file', () => {
  const { dataOf } = dataOfFile(SETS.sets, data('USD'), Date.UTC(2026, 2, 10), 'moda-us')
  const found = dataOf!.get(SETS.sets[0]!)!
  expect([found('moda-tr'), found('moda-us')?.facts.account.name, found(null)?.facts.account.name]).toEqual([
    null,
    'moda-us',
    'moda-us',
  ])
})

it('a level that the file lacks is an error, also in backtests', async () => {
  const text = 'Day,Campaign name,Amount spent (USD)\n2026-03-10,Spring,50.00\n'
  const options = { account: 'moda-us' }
  const { diagnostics } = await evaluateData(SETS, { path: 'd.csv', text }, { ...options, at: '2026-03-10 18:00' })
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['missing-level', 'the rule `us` is about ad sets, but d.csv has none'],
    ['missing-level', 'the rule `every` is about ad sets, but d.csv has none'],
  ])
  expect(runsOnData(SETS, { path: 'd.csv', text }, options).runs).toBeNull()
})
