/** At each moment, a backtest on the store sees what a tick saw then, and nothing that was learned later. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { factsFor } from '../../activities/tick/facts-of-tick.js'
import { addDays, DAY, HOUR, startOfDay } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import { windowRange } from '../../engine/metric/window.js'
import { loadRules } from '../../engine/rule/read/load.js'
import type { Rule } from '../../engine/rule/rule.js'
import { Unknown } from '../../engine/value/value.js'
import { entitiesEver } from '../../store/account/entities-ever.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { ACCOUNT, SETTINGS } from '../../test/support/activity-room.js'
import { entityOf, insightOf } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import { lookup } from '../data/estimates-on-data.js'
import { openStoreSource } from './store-source.js'

const [account, zone, TODAY] = [ACCOUNT.name, ACCOUNT.timezone, '2026-03-10']
/** A backtest evaluates a day at its last minute. */
const AT = startOfDay(addDays(TODAY, 1), zone) - 60_000
const NOW = AT + 30 * DAY

const rulesOf = (when: string): readonly Rule[] => {
  const text = `rules:\n  - { id: r, account: ${account}, scope: account, every: 1h, when: { all: [${when}] }, then: [{ whatsapp: { to: owner, text: x } }] }\n`
  return loadRules([{ path: 'r.yaml', text }], SETTINGS).rules
}
const ASKING = rulesOf('"anomaly(purchases[yesterday]) < -3", "forecast(cpa, 7d) > 1 TRY"')

async function read(store: Store, day: string, at: number, purchases: number, spend: number): Promise<void> {
  const rows = [insightOf({ entityId: 's1', day, spend, measures: { purchases } })]
  const range = { account, since: day, until: day }
  await saveInsights(store, { ...range, level: 'adset', resolution: 'day', rows, learnedAt: at })
  await finishSync(store, await beginSync(store, { ...range, kind: 'days', startedAt: at }), at)
}

async function structure(store: Store, at: number, dailyBudget: number): Promise<void> {
  const entities = [
    entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', dailyBudget: null }),
    entityOf({ id: 's1', campaignId: 'c1', dailyBudget }),
  ]
  await saveStructure(store, { account, levels: ['campaign', 'adset', 'ad'], entities, learnedAt: at })
}

const wobble = (back: number): number => ((back * 7919) % 7) - 3

/** A store with forty purchases a day, of which half are reported within a day and the rest within two; the budget was raised three days ago. */
async function watched(): Promise<Store> {
  const store = await temporaryStore()
  await structure(store, startOfDay(addDays(TODAY, -46), zone), 20_000)
  for (let back = 45; back >= 0; back--) {
    const day = addDays(TODAY, -back)
    const spend = (back <= 3 ? 40_000 : 20_000) + 100 * wobble(back)
    for (const [age, share] of [
      [-HOUR, 0.25],
      [DAY - HOUR, 0.5],
      [2 * DAY, 1],
    ] as const) {
      const at = startOfDay(addDays(day, 1), zone) + age
      if (at <= AT) await read(store, day, at, back === 1 ? 3 : Math.round(share * (40 + wobble(back))), spend)
    }
  }
  await structure(store, startOfDay(addDays(TODAY, -3), zone), 40_000)
  return store
}

async function then(store: Store, rules: readonly Rule[] = ASKING, whole = false): Promise<Facts> {
  const entities = (await entitiesEver(store, account)).map(({ level, id, name }) => ({ scope: level, key: id, id, name }))
  const observed = { firstSync: startOfDay(addDays(TODAY, -45), zone), entities }
  const source = await openStoreSource({ store, account: ACCOUNT, observed, level: 'adset', rules, now: NOW })
  return (await source.at(AT, whole)).facts(HOUR)
}

function answersOf(facts: Facts) {
  const yesterday = windowRange({ kind: 'preset', preset: 'yesterday', offsetDays: 0 }, AT, zone)
  return (['account', 'campaign', 'adset'] as const).flatMap((scope) =>
    facts.entities(scope).flatMap((entity) =>
      ['spend', 'purchases', 'cpa'].flatMap((metric) => {
        const reference = { metric, actionType: null }
        return [
          facts.anomaly!(entity, reference, yesterday),
          facts.expected!(entity, reference, yesterday),
          facts.forecast!(entity, reference, { kind: 'month' }),
          facts.forecast!(entity, reference, { kind: 'days', count: 7 }),
        ]
      }),
    ),
  )
}

describe('a backtest on the store', () => {
  it('has the same forecasts and anomalies as the tick of that moment', async () => {
    const store = await watched()
    const tick = (await factsFor(store, ACCOUNT, ASKING, AT, AT, lookup)).of(ASKING[0]!)
    const answers = answersOf(await then(store))
    expect(answers).toEqual(answersOf(tick))
    // The anomaly is known, because the usual delay of purchases is known.
    expect(answers[4]!.value).toBeLessThan(-3)
  })

  it('does not see what was learned later: purchases, budgets and spend of the same days', async () => {
    const store = await watched()
    const before = answersOf(await then(store))
    expect(before.filter(({ value }) => typeof value === 'number').length).toBeGreaterThan(30)
    const restated = fc.record({
      back: fc.integer({ min: -5, max: 45 }),
      later: fc.integer({ min: 1, max: 20 * 24 }),
      purchases: fc.integer({ min: 0, max: 500 }),
      spend: fc.integer({ min: 0, max: 1_000_000 }),
      budget: fc.integer({ min: 100, max: 1_000_000 }),
    })
    let step = 0
    await fc.assert(
      fc.asyncProperty(restated, async ({ back, later, purchases, spend, budget }) => {
        // Revisions come one after another.
        const at = AT + ++step * DAY + later * 60_000
        await read(store, addDays(TODAY, -back), at, purchases, spend)
        await structure(store, at, budget)
        expect(answersOf(await then(store))).toEqual(before)
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })

  it('makes its own forecasts from all data that was known, not only what the rules need', async () => {
    const facts = await then(await watched(), rulesOf('"spend[yesterday] > 1 TRY"'), true)
    const [entity] = facts.entities('account')
    const { value } = facts.forecast!(entity!, { metric: 'spend', actionType: null }, { kind: 'days', count: 7 })
    expect(value).not.toBeInstanceOf(Unknown)
  })
})
