/** Suggestions for a stored account: which are made, which are not, and when they are made again. */

import { beforeEach, expect, it } from 'vitest'

import { addDays, DAY, HOUR, startOfDay } from '../../engine/clock/zone.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { listSuggestions } from '../../store/analysis/suggestions.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { insightOf } from '../../test/support/rows.js'
import { entityOf } from '../sync/sync-structure.js'
import { makeSuggestions } from './make-suggestions.js'

const [TODAY, ZONE, account] = ['2026-03-10', 'Europe/Istanbul', 'moda-tr']

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  await structure(startOfDay(addDays(TODAY, -40), ZONE), {})
})

/** Two ad sets with 500 TRY a day: a result costs 200 TRY in one and 50 TRY in the other. */
const structure = (learnedAt: number, budgets: { costly?: number; cheap?: number }) =>
  saveStructure(room.store, {
    account,
    levels: ['campaign', 'adset', 'ad'],
    learnedAt,
    entities: [
      campaign({ id: 'c1', name: 'Sales', objective: 'OUTCOME_SALES', daily_budget: null }),
      adset({ id: 'costly', name: 'Costly', campaign_id: 'c1', daily_budget: budgets.costly ?? 50_000, ...SALES }),
      adset({ id: 'cheap', name: 'Cheap', campaign_id: 'c1', daily_budget: budgets.cheap ?? 50_000, ...SALES }),
    ].map(entityOf),
  })
const SALES = {
  optimization_goal: 'OFFSITE_CONVERSIONS',
  promoted_object: { custom_event_type: 'PURCHASE' },
  learning_stage_info: { status: 'SUCCESS' },
} as Partial<Parameters<typeof adset>[0]> & object

async function look(today: string) {
  const first = addDays(TODAY, -40)
  const rows = Array.from({ length: 40 + (Date.parse(today) - Date.parse(TODAY)) / DAY }, (_, index) =>
    addDays(first, index),
  ).flatMap((day) =>
    ['costly', 'cheap'].map((entityId) =>
      insightOf({
        entityId,
        day,
        spend: 50_000,
        impressions: 10_000,
        clicks: 200,
        measures: { purchases: entityId === 'costly' ? 2.5 : 10 },
      }),
    ),
  )
  const at = startOfDay(today, ZONE) + 9 * HOUR
  room.clock.now = at
  const range = { account, since: first, until: today }
  await saveInsights(room.store, { ...range, level: 'adset', resolution: 'day', rows, learnedAt: at })
  await finishSync(room.store, await beginSync(room.store, { ...range, kind: 'days', startedAt: at }), at + 1)
  await room.run(makeSuggestions(room.dependencies), { account })
  const waiting = await listSuggestions(room.store, { state: 'waiting', limit: 10 })
  return waiting.map(({ suggestion_key: key }) => key)
}

it('a suggestion waits for an answer', async () => {
  expect(await look(TODAY)).toEqual(['move costly cheap'])
})

it('nothing is suggested for three days after anyone changed a budget', async () => {
  await structure(startOfDay(addDays(TODAY, -1), ZONE), { cheap: 55_000 })
  expect(await look(TODAY)).toEqual([])
  expect(await look(addDays(TODAY, 1))).toEqual([])
  expect(await look(addDays(TODAY, 3))).toEqual(['move costly cheap'])
})
