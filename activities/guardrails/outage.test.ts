/**
 * The outage guardrail at a tick: rules that depend on results are held while those are near zero or the data is stale, and the
 * owner is notified.
 */

import { beforeEach, describe, expect, it } from 'vitest'

import { addDays } from '../../engine/clock/zone.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { type Insight, saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { findMessage, settleMessage } from '../../store/messages/messages.js'
import { replaceRules } from '../../store/rules/rules.js'
import { type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { insightOf } from '../../test/support/rows.js'
import { composeSyncNotice } from '../messages/sync-notice.js'
import { entityOf } from '../sync/sync-structure.js'
import { evaluateRules } from '../tick/evaluate-rules.js'

const TODAY = '2026-03-10'
const FIRST = addDays(TODAY, -14)
const HOUR = 3_600_000
const RULES = `
rules:
  - { id: rests-on-results, account: moda-tr, scope: adset, where: id = "s1", every: 30m, when: "cpa[last_3d] > 10 TRY", then: [pause], mode: act }
  - { id: rests-on-spend, account: moda-tr, scope: adset, where: id = "s2", every: 30m, when: "spend[last_3d] > 10 TRY", then: [pause], mode: act }
`

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  const nodes = [campaign(), ...['s1', 's2', 's3', 's4'].map((id) => adset({ id, name: id }))]
  const common = { account: 'moda-tr', learnedAt: NOON - 60_000 }
  await saveStructure(room.store, { ...common, levels: ['campaign', 'adset', 'ad'], entities: nodes.map(entityOf) })
  const days = Array.from({ length: 15 }, (_, back) => addDays(TODAY, -back))
  const rows = days.flatMap((day) => ['s1', 's2'].map((entityId) => insightOf({ entityId, day, measures: { purchases: 5 } })))
  await saveInsights(room.store, { ...common, level: 'adset', since: FIRST, until: TODAY, resolution: 'day', rows })
  const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text: RULES }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON })
})

/**
 * Stores hours: each hour of the last two weeks has two purchases, each of today's has `purchasesToday`.
 *
 * @param silentSince the first day whose hours have no conversions, though the day itself has
 */
async function hours(purchasesToday: number, silentSince = TODAY): Promise<void> {
  const row = (entityId: string, result: string, day: string, hour: number): Insight => {
    const measures = { purchases: 0, leads: 0, [result]: day === TODAY ? purchasesToday : day >= silentSince ? 0 : 2 }
    return insightOf({ entityId, day, hour, spend: 10_000, measures })
  }
  const days = Array.from({ length: 15 }, (_, back) => addDays(TODAY, -back))
  const moments = days.flatMap((day) => Array.from({ length: day === TODAY ? 12 : 24 }, (_, hour) => [day, hour] as const))
  const rows = moments.flatMap(([day, hour]) => [row('s1', 'purchases', day, hour), row('s2', 'leads', day, hour)])
  const range = { account: 'moda-tr', since: FIRST, until: TODAY }
  await saveInsights(room.store, { ...range, level: 'adset', resolution: 'hour', rows, learnedAt: NOON - 60_000 })
  await synced(NOON - 60_000)
}

async function synced(startedAt: number): Promise<void> {
  for (const kind of ['structure', 'days', 'hours'] as const) {
    const range = kind === 'structure' ? { since: null, until: null } : { since: FIRST, until: TODAY }
    await finishSync(room.store, await beginSync(room.store, { account: 'moda-tr', kind, ...range, startedAt }), startedAt + 1)
  }
}

let ticks = 0
async function tick(at: number) {
  room.clock.now = at
  const rules = ['rests-on-results', 'rests-on-spend']
  return await room.run(evaluateRules(room.dependencies), { account: 'moda-tr', at, rules, tick: `tick ${++ticks}` })
}
const reasonOf = async (rule: string) =>
  (await room.store.db.selectFrom('decisions').selectAll().where('rule', '=', rule).orderBy('at', 'desc').executeTakeFirst())
    ?.note

describe('while the account’s results are abnormally near zero', () => {
  it('what depends on results is held, all else continues, and the owner is notified once', async () => {
    // Read a minute before noon: the hour that ends at noon is unknown, those before it are known.
    await hours(0)
    const first = await tick(NOON)
    expect(first.carryOuts.map(({ rule }) => rule)).toEqual(['rests-on-spend'])
    expect(await reasonOf('rests-on-results')).toContain('abnormally near zero: 0 so far today, where 22 are usual')
    expect(first.messages).toHaveLength(1)
    const { message } = first.messages[0]!
    expect((await findMessage(room.store, message))?.text).toContain('olağan dışı')
    await settleMessage(room.store, { kind: 'id', id: message }, { status: 'accepted', at: NOON })
    expect((await tick(NOON + 60_000)).messages).toEqual([])
  })

  it('nothing is held if Meta stopped reporting conversions by the hour, because then nothing is known', async () => {
    await hours(0, addDays(TODAY, -1))
    const { carryOuts, messages } = await tick(NOON)
    expect([carryOuts.map(({ rule }) => rule).sort(), messages]).toEqual([['rests-on-results', 'rests-on-spend'], []])
  })

  it('nothing is held if results are as usual', async () => {
    await hours(2)
    const { carryOuts, messages } = await tick(NOON)
    expect([carryOuts.map(({ rule }) => rule).sort(), messages]).toEqual([['rests-on-results', 'rests-on-spend'], []])
  })

  it.each(['PROFILE_VISIT', 'REACH'])(
    'also if there is an ad set for %s, whose results cannot be counted by the hour',
    async (goal) => {
      const other = { optimization_goal: goal, promoted_object: null }
      const entities = [
        campaign(),
        ...['s1', 's2', 's3', 's4'].map((id) => adset({ id, name: id, ...(id === 's2' ? other : {}) })),
      ]
      const levels = ['campaign', 'adset', 'ad'] as const
      await saveStructure(room.store, { account: 'moda-tr', levels, entities: entities.map(entityOf), learnedAt: NOON - 30_000 })
      await hours(0)
      await tick(NOON)
      expect(await reasonOf('rests-on-results')).toContain('abnormally near zero: 0 so far today')
    },
  )

  it('also if ad sets have results of different kinds', async () => {
    const leads = { optimization_goal: 'LEAD_GENERATION' }
    const entities = [campaign(), ...['s1', 's2', 's3', 's4'].map((id) => adset({ id, name: id, ...(id === 's2' ? leads : {}) }))]
    const levels = ['campaign', 'adset', 'ad'] as const
    const learnedAt = NOON - 30_000
    await saveStructure(room.store, { account: 'moda-tr', levels, entities: entities.map(entityOf), learnedAt })
    await hours(0)
    expect((await tick(NOON)).carryOuts.map(({ rule }) => rule)).toEqual(['rests-on-spend'])
  })
})

describe('while the data is stale', () => {
  it('what depends on results is held, and the owner is notified once', async () => {
    await hours(2)
    const first = await tick(NOON + 2 * HOUR + 1)
    expect(first.carryOuts.map(({ rule }) => rule)).toEqual(['rests-on-spend'])
    expect(await reasonOf('rests-on-results')).toContain('data is stale')
    expect(first.messages).toHaveLength(1)
    await settleMessage(room.store, { kind: 'id', id: first.messages[0]!.message }, { status: 'accepted', at: NOON })
    expect((await tick(NOON + 3 * HOUR)).messages).toEqual([])
    await synced(NOON + 4 * HOUR)
    expect((await tick(NOON + 4 * HOUR + 60_000)).carryOuts.map(({ rule }) => rule)).toContain('rests-on-results')
  })

  it('an owner who was notified that the account cannot be read gets no second notice', async () => {
    await hours(2)
    room.clock.now = NOON + 2 * HOUR
    const error = { type: 'authentication', message: 'The access token has expired.' }
    expect((await room.run(composeSyncNotice(room.dependencies), { account: 'moda-tr', error })).send).not.toBeNull()
    expect((await tick(NOON + 2 * HOUR + 1)).messages).toEqual([])
  })
})
