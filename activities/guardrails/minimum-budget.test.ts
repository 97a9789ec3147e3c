/** Meta's minimum budgets, from Meta's answer to the guardrail's refusal. */

import { describe, expect, it } from 'vitest'

import type { MetaAdset, MetaCampaign } from '../../connectors/meta/node.js'
import { HOUR } from '../../engine/clock/zone.js'
import { findMinimumBudgets } from '../../store/account/minimum-budgets.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { replaceRules } from '../../store/rules/rules.js'
import { NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { adset, campaign, metaError } from '../../test/support/meta-double.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { prepareStep } from '../change/prepare-step.js'
import { syncStructure } from '../sync/sync-structure.js'

const ROWS = [
  {
    currency: 'TRY',
    min_daily_budget_imp: 20_000,
    min_daily_budget_high_freq: 30_000,
    min_daily_budget_low_freq: 45_000,
    min_daily_budget_video_views: 30_000,
  },
]

async function lowered(change: Partial<MetaAdset>, above: Partial<MetaCampaign> = {}) {
  const room = await openActivityRoom()
  room.meta.account = { min_daily_budget: 20_000 }
  room.meta.minimumBudgets = ROWS
  for (const node of [campaign(above), adset(change), adset({ id: 's2', daily_budget: null, ...change })]) {
    room.meta.nodes.set(node.id, node)
  }
  await room.run(syncStructure(room.dependencies), { account: 'moda-tr' })
  const level = above.daily_budget === undefined ? 'adset' : 'campaign'
  const id = level === 'adset' ? 's1' : 'c1'
  const step = { kind: 'budget', change: { kind: 'relative', ratio: -0.2 }, min: null, max: null } as const
  await replaceRules(room.store, { rules: [ruleOf({ scope: level, then: [step] })], commitSha: null, loadedAt: NOON })
  const decision = decisionRow({ scope: level, entity_key: id, entity_id: id, progress: 'planned' })
  await recordTick(room.store, { states: [], decisions: [decision] })
  return await room.run(prepareStep(room.dependencies), { decision: 'd', step: 0, mutation: 'd/0' })
}

describe('a budget of 500 TRY that a rule lowers to 400', () => {
  it.each([
    ['OFFSITE_CONVERSIONS', 45_000],
    ['LINK_CLICKS', null],
    ['REACH', null],
    ['A_GOAL_OF_TOMORROW', null],
  ])('for %s is held to Meta’s smallest', async (optimization_goal, limit) => {
    const prepared = await lowered({ optimization_goal })
    expect(prepared.kind === 'refused' ? prepared.reason : null).toEqual(
      limit === null
        ? null
        : {
            code: 'minimum-budget',
            facts: { target: { kind: 'money', value: 40_000 }, limit: { kind: 'money', value: limit } },
          },
    )
  })

  it('with a bid cap must stay above five bids', async () => {
    const bid = { optimization_goal: 'LINK_CLICKS', bid_strategy: 'LOWEST_COST_WITH_BID_CAP', bid_amount: 9_000 }
    expect(await lowered(bid)).toMatchObject({ kind: 'refused', reason: { code: 'minimum-budget' } })
    expect(await lowered({ ...bid, bid_amount: 7_000 })).toMatchObject({ kind: 'change' })
  })

  it('of a campaign must suffice for the most demanding of its ad sets', async () => {
    const above = { daily_budget: 50_000 }
    const none = { daily_budget: null }
    expect(await lowered({ ...none, optimization_goal: 'VALUE' }, above)).toMatchObject({ reason: { code: 'minimum-budget' } })
    expect(await lowered({ ...none, optimization_goal: 'REACH' }, above)).toMatchObject({ kind: 'change' })
  })
})

it('minimum budgets are read once a day, and a sync continues if Meta does not return them', async () => {
  const room = await openActivityRoom()
  room.meta.minimumBudgets = ROWS
  const sync = () => room.run(syncStructure(room.dependencies), { account: 'moda-tr' })
  const known = async () => (await findMinimumBudgets(room.store, 'moda-tr'))?.learnedAt
  await sync()
  const first = await known()
  room.clock.now += HOUR
  await sync()
  expect(await known()).toBe(first)
  room.clock.now += 24 * HOUR
  const refused = {
    ...room.dependencies,
    meta: () => ({ ...room.meta.client, readMinimumBudgets: () => Promise.reject(metaError('rate-limited')) }),
  }
  await room.run(syncStructure(refused), { account: 'moda-tr' })
  expect([await known(), room.lines.some((line) => line.includes('minimum budgets'))]).toEqual([first, true])
  await sync()
  expect(await known()).toBeGreaterThan(first!)
})
