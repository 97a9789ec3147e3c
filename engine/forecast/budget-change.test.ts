/** Spend follows budgets: a budget change moves the forecasts of every entity that spends it. */

import { expect, it } from 'vitest'

import { addDays, HOUR } from '../clock/zone.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { factsOf } from '../facts/facts-of-dataset.js'
import type { FactEntity } from '../facts/facts.js'
import { Unknown } from '../value/value.js'
import { type BudgetChange, shiftsOf } from './daily-history.js'
import { forecastFacts } from './forecast-facts.js'
import { forecast } from './forecast.js'
import type { ForecastTask } from './task.js'

const TODAY = '2026-03-11'

interface Adset {
  readonly budget: number
  /** Daily spend before the change, up to yesterday. */
  readonly spent: number
  readonly changes?: readonly BudgetChange[]
  readonly isPaused?: boolean
}

/** One campaign with these ad sets; the budget is the campaign's if `shared` is given. */
function ask(
  adsets: Readonly<Record<string, Adset>>,
  shared?: { readonly budget: number; readonly changes: readonly BudgetChange[] },
) {
  const keys = Object.keys(adsets)
  const base = { adset: null, result: 'purchases' }
  const campaign: DatasetEntity = {
    ...base,
    ...{ scope: 'campaign', key: 'C', id: 'C', name: 'C', campaign: null },
    attributes: { delivering: true, ...(shared === undefined ? {} : { daily_budget: shared.budget }) },
  }
  const entities = keys.map((key): DatasetEntity => {
    const budget = shared === undefined ? { daily_budget: adsets[key]!.budget } : {}
    const attributes = { delivering: adsets[key]!.isPaused !== true, ...budget }
    return { ...base, ...{ scope: 'adset', key, id: key, name: key, campaign: 'C' }, attributes }
  })
  const rows = keys.flatMap((entity, index) =>
    Array.from({ length: 60 }, (_, back): DataRow => {
      const day = addDays(TODAY, -back - 1)
      const spend = adsets[entity]!.spent * (1 + ((((back + index) * 7919) % 5) - 2) / 100)
      const measures = { spend, impressions: 1_000, purchases: 10 }
      return { scope: 'adset', entity, since: day, until: day, hour: null, measures }
    }),
  )
  const dataset = new Dataset({ entities: [campaign, ...entities], rows, knowledge: { kind: 'file' }, measures: null })
  const account = { name: 'a', id: null, currency: 'TRY', timezone: 'UTC', result: 'purchases', values: {} }
  const facts = factsOf(dataset, { account, at: Date.parse(`${TODAY}T09:00:00Z`), pace: HOUR })
  const lookup = (task: ForecastTask) => forecast(task.history, { horizon: task.horizon, fit: null })
  const budgetChanges = ({ scope, key }: FactEntity) =>
    scope === 'campaign' ? (shared?.changes ?? []) : (adsets[key]?.changes ?? [])
  const made = forecastFacts(facts, { lookup, budgetChanges })
  return (scope: 'account' | 'campaign' | 'adset', metric = 'spend') => {
    const [entity] = facts.entities(scope)
    return made.forecast(entity!, { metric, actionType: null }, { kind: 'days', count: 7 }).value
  }
}

const doubled: readonly BudgetChange[] = [{ day: TODAY, before: 1_000, after: 2_000 }]

it('a campaign’s doubled budget doubles what the account and the campaign will spend', () => {
  const of = ask({ A: { budget: 0, spent: 1_000 } }, { budget: 2_000, changes: doubled })
  for (const scope of ['account', 'campaign'] as const) expect(of(scope)).toBeCloseTo(14_000, -3)
})

it('an ad set’s doubled budget raises the forecasts of its campaign and account by the ad set’s own increase', () => {
  const of = ask({ A: { budget: 2_000, spent: 1_000, changes: doubled }, B: { budget: 3_000, spent: 3_000 } })
  expect(of('adset')).toBeCloseTo(14_000, -3)
  // 4,000 a day before; the ad set that spent 1,000 of it now spends 2,000.
  for (const scope of ['account', 'campaign'] as const) expect(of(scope)).toBeCloseTo(35_000, -3)
})

it('a budget that was changed and changed back leaves the forecast unchanged', () => {
  const spend = { since: '2026-03-01', values: [100, 100, 100, 100, 100, 100, 100, 200] }
  const shifts = shiftsOf(spend, [
    { day: '2026-03-08', before: 100, after: 200 },
    { day: '2026-03-09', before: 200, after: 100 },
  ])
  const level = (index: number): number => shifts.reduce((times, { at, ratio }) => (index < at ? times * ratio : times), 1)
  expect(spend.values.map((value, index) => value * level(index))).toEqual(Array<number>(8).fill(100))
  const sameDay = [
    { day: '2026-03-08', before: 100, after: 200 },
    { day: '2026-03-08', before: 200, after: 100 },
  ]
  expect(shiftsOf(spend, sameDay).reduce((times, { ratio }) => times * ratio, 1)).toBe(1)
})

it('an active campaign with only paused ad sets is forecast as zero', () => {
  const of = ask({ A: { budget: 1_000, spent: 1_000, isPaused: true } })
  for (const scope of ['account', 'campaign'] as const) {
    expect(of(scope, 'results')).toBe(0)
    expect(of(scope, 'cpa')).toBeInstanceOf(Unknown)
  }
})
