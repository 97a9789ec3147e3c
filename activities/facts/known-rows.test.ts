/** How results of objects that Meta does not list are counted, and how rows of an earlier tetik are counted. */

import { beforeEach, expect, it } from 'vitest'

import { addDays, HOUR } from '../../engine/clock/zone.js'
import { Unknown } from '../../engine/value/value.js'
import { saveStructure } from '../../store/account/entities.js'
import { type Insight, type InsightLevel, saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { entityOf, insightOf } from '../../test/support/rows.js'
import { loadFacts } from './load-facts.js'
import { syncKind } from './sync-kind.js'

const DAY = '2026-03-09'
const DAYS = { since: DAY, until: DAY }
const PURCHASES = { optimization_goal: 'OFFSITE_CONVERSIONS', promoted_object: { pixel_id: '1', custom_event_type: 'PURCHASE' } }
const LEADS = { optimization_goal: 'LEAD_GENERATION' }

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

const structure = (goals: Readonly<Record<string, Record<string, unknown>>>, learnedAt = NOON - 5 * HOUR) =>
  saveStructure(room.store, {
    ...{ account: 'moda-tr', levels: ['campaign', 'adset'], learnedAt },
    entities: [
      entityOf({ level: 'campaign', id: 'c', campaignId: 'c', fields: {} }),
      ...Object.entries(goals).map(([id, fields]) => entityOf({ id, campaignId: 'c', adsetId: id, fields })),
    ],
  })

async function read(level: InsightLevel, rows: readonly Partial<Insight>[], at = NOON - HOUR): Promise<void> {
  const range = { account: 'moda-tr', since: addDays(DAY, -1), until: DAY }
  const id = await beginSync(room.store, { ...range, kind: syncKind(level, false), startedAt: at })
  await saveInsights(room.store, {
    ...{ ...range, level, resolution: 'day', learnedAt: at },
    rows: rows.map((row) => insightOf({ measures: {}, ...row })),
  })
  await finishSync(room.store, id, at)
}

async function totals(...measures: string[]) {
  const facts = (await loadFacts(room.store, ACCOUNT, { at: NOON, knownAt: NOON, level: 'adset', days: true, hoursSince: null }))(
    HOUR,
  )
  const [campaign, account] = [facts.entities('campaign')[0]!, facts.entities('account')[0]!]
  return [campaign, account].map((entity) => measures.map((measure) => facts.total(entity, measure, DAYS)))
}

const ADSET = { entityId: 'a', campaignId: 'c', adsetId: 'a', spend: 100, measures: { purchases: 2, leads: 1 } }
const OTHER = { ...ADSET, entityId: 'b', adsetId: 'b', measures: { purchases: 0, leads: 4 } }
const WHOLE = { entityId: 'c', campaignId: 'c', spend: 250, impressions: 30_000, measures: { purchases: 5, leads: 9 } }

it('an unlisted object counts the same results as all ad sets of its campaign', async () => {
  await structure({ a: PURCHASES, b: PURCHASES })
  await read('campaign', [WHOLE])
  await read('adset', [ADSET, OTHER])
  expect(await totals('spend', 'results', 'purchases')).toEqual([
    [250, 5, 5],
    [250, 5, 5],
  ])
})

it('if their goals differ, its results are unknown, even if only one of them has rows, and its spend counts', async () => {
  await structure({ a: PURCHASES, b: LEADS })
  await read('campaign', [WHOLE])
  await read('adset', [ADSET])
  const [[spend, results]] = (await totals('spend', 'results')) as [[unknown, unknown], unknown]
  expect(spend).toBe(250)
  expect(results).toBeInstanceOf(Unknown)
})

it('a rounding difference between a campaign and its ad sets does not make results unknown', async () => {
  await structure({ a: PURCHASES, b: LEADS })
  await read('campaign', [{ ...WHOLE, spend: 101, impressions: 10_000, measures: ADSET.measures }])
  await read('adset', [ADSET])
  expect(await totals('spend', 'results')).toEqual([
    [101, 2],
    [101, 2],
  ])
})

it('if no goal is known, the account’s own result counts', async () => {
  await structure({})
  await read('campaign', [WHOLE])
  await read('adset', [])
  expect(await totals('spend', 'results')).toEqual([
    [250, 5],
    [250, 5],
  ])
})

it('a deleted ad set keeps its own goal and campaign, even before it was read by its id', async () => {
  await structure({ a: PURCHASES, b: LEADS })
  await read('adset', [ADSET, OTHER])
  await structure({ a: PURCHASES }, NOON - 2 * HOUR)
  expect(await totals('spend', 'leads')).toEqual([
    [200, 5],
    [200, 5],
  ])
  expect((await totals('results'))[0]![0]).toBeInstanceOf(Unknown)
})

it('rows without a campaign count for the account, and only once if the campaigns’ totals contain them', async () => {
  await structure({ a: PURCHASES })
  await read('adset', [ADSET, { ...OTHER, campaignId: null, adsetId: null }])
  expect(await totals('spend')).toEqual([[100], [200]])
  await read('campaign', [{ ...WHOLE, spend: 200 }])
  await read('account', [{ entityId: ACCOUNT.id, spend: 200 }])
  expect(await totals('spend')).toEqual([[200], [200]])
})

it('what is known at a moment is what had been read by then', async () => {
  await structure({ a: PURCHASES })
  await read('adset', [ADSET], NOON - 3 * HOUR)
  await read('campaign', [WHOLE], NOON - HOUR)
  const at = NOON - 2 * HOUR
  const facts = (await loadFacts(room.store, ACCOUNT, { at, knownAt: at, level: 'adset', days: true, hoursSince: null }))(HOUR)
  expect(facts.total(facts.entities('campaign')[0]!, 'spend', DAYS)).toBe(100)
  expect(await totals('spend')).toEqual([[250], [250]])
})
