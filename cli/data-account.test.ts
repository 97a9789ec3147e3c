import { expect, it } from 'vitest'

import { runsOnData } from './backtest-data.js'
import { dataOfFile } from './check-data.js'
import { evaluateData, type EvaluateDataOptions } from './evaluate-data.js'
import type { RuleSets } from './rule-sets.js'

const SETTINGS = `accounts:
  - { name: moda-tr, id: act_1, currency: TRY, timezone: Europe/Istanbul, targets: { target_cpa: 120 TRY } }
  - { name: moda-us, id: act_2, currency: USD, timezone: America/New_York, targets: { target_cpa: 9 USD } }
`
const RULES = `rules:
  - { id: tr, account: moda-tr, scope: adset, when: "spend[today] > 100 TRY", then: [pause] }
  - { id: us, account: moda-us, scope: adset, when: "spend[today] > 3 USD", then: [pause] }
  - { id: every, account: all, scope: adset, when: "spend[today] > 0.1 * target_cpa", then: [pause] }
`
const SETS: RuleSets = {
  sets: [{ settings: { path: 'tetik.yaml', text: SETTINGS }, files: [{ path: 'rules/a.yaml', text: RULES }] }],
  diagnostics: [],
}
const data = (currency: string) => ({
  path: 'd.csv',
  text: `Day,Ad set name,Amount spent (${currency})\n2026-03-10,Women,50.00\n`,
})

async function evaluate(currency: string, options: Partial<EvaluateDataOptions> = {}) {
  const { evaluated, diagnostics, notes } = await evaluateData(SETS, data(currency), { at: '2026-03-10 18:00', ...options })
  const outcomes = evaluated?.rules.flatMap(({ rule, decisions }) => decisions.map(({ outcome }) => `${rule.id} ${outcome}`))
  return { outcomes: outcomes ?? diagnostics.map(({ code }) => code), at: evaluated?.at, notes }
}

it('says whose export a file is, and leaves out the rules of others', async () => {
  expect(await evaluate('USD', { account: 'moda-us' })).toEqual({
    outcomes: ['us fire', 'every fire'],
    at: '2026-03-10T18:00:00-04:00',
    notes: ['1 rule of other accounts (moda-tr) was left out.'],
  })
  expect((await evaluate('TRY', { account: 'moda-tr' })).outcomes).toEqual(['tr hold', 'every fire'])
  const { runs, notes } = runsOnData(SETS, data('USD'), { account: 'moda-us' })
  expect([runs!.map(({ source, rules }) => [source.account.name, rules.map(({ id }) => id)]), notes]).toEqual([
    [['moda-us', ['us', 'every']]],
    ['1 rule of other accounts (moda-tr) was left out.'],
  ])
})

it('is asked for where the amounts of another account are errors', async () => {
  expect((await evaluate('USD', { timezone: 'UTC' })).notes).toEqual([
    'tetik.yaml has accounts in TRY and USD: --account says whose export the file is.',
  ])
})

it('is no matter where the file itself is at fault', async () => {
  const text = 'Tag;Kampagnenname;Ausgegebener Betrag (EUR)\n2026-03-10;A;5,00\n'
  const { diagnostics } = await evaluateData(SETS, { path: 'd.csv', text }, { at: '2026-03-10 18:00' })
  expect(diagnostics.map(({ code }) => code)).toContain('foreign-language')
})

it('gives the currency of a file that does not say it', async () => {
  const text = 'date,adset_name,spend\n2026-03-10,Women,50.00\n'
  const { evaluated } = await evaluateData(SETS, { path: 'd.csv', text }, { at: '2026-03-10 18:00', account: 'moda-us' })
  expect(evaluated!.currency).toBe('USD')
})

it('must be known, and in the currency of the file', async () => {
  await expect(evaluate('USD', { account: 'moda-tr' })).rejects.toThrow('--account moda-tr is in TRY, and d.csv in USD')
  await expect(evaluate('USD', { account: 'moda-uk' })).rejects.toThrow('did you mean `moda-us`?')
  await expect(evaluate('USD', { account: 'moda-us', only: 'tr' })).rejects.toThrow('the rule tr is of the account moda-tr')
})

it('holds `where` of its own rules alone against the file', () => {
  const { dataOf } = dataOfFile(SETS.sets, data('USD'), Date.UTC(2026, 2, 10), 'moda-us')
  const found = dataOf!.get(SETS.sets[0]!)!
  expect([found('moda-tr'), found('moda-us')?.facts.account.name, found(null)?.facts.account.name]).toEqual([
    null,
    'moda-us',
    'moda-us',
  ])
})

it('is not needed for a level that the file lacks to be an error, in backtests too', async () => {
  const text = 'Day,Campaign name,Amount spent (USD)\n2026-03-10,Spring,50.00\n'
  const options = { account: 'moda-us' }
  const { diagnostics } = await evaluateData(SETS, { path: 'd.csv', text }, { ...options, at: '2026-03-10 18:00' })
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['missing-level', 'the rule `us` is about ad sets, and d.csv names none'],
    ['missing-level', 'the rule `every` is about ad sets, and d.csv names none'],
  ])
  expect(runsOnData(SETS, { path: 'd.csv', text }, options).runs).toBeNull()
})
