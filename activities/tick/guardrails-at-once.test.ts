/** Guardrails when several carry-outs ask at the same time: each sees what the others were allowed. */

import { describe, expect, it } from 'vitest'

import type { MetaAdset } from '../../connectors/meta/node.js'
import type { Guardrails, Settings } from '../../engine/account/account.js'
import { HOUR } from '../../engine/clock/zone.js'
import type { Step } from '../../engine/rule/rule.js'
import { saveStructure } from '../../store/account/entities.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { mutationsOfDecision } from '../../store/decisions/mutations.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { applyMutation } from '../change/apply-mutation.js'
import type { PreparedChange } from '../change/contract.js'
import { prepareStep } from '../change/prepare-step.js'
import { entityOf } from '../sync/sync-structure.js'

const ADSETS = ['s1', 's2', 's3', 's4', 's5']
const RAISE: Step = { kind: 'budget', change: { kind: 'relative', ratio: 0.2 }, min: null, max: null }

/** A campaign of five ad sets with 500 TRY a day each, and a decision of one rule for each. */
async function openRoom(guardrails: Partial<Guardrails>, step: Step, change: Partial<MetaAdset> = {}): Promise<ActivityRoom> {
  const account = { ...ACCOUNT, guardrails: { ...ACCOUNT.guardrails, ...guardrails } }
  const settings: Settings = { ...SETTINGS, accounts: [account] }
  const room = await openActivityRoom(settings)
  const nodes = [campaign(), ...ADSETS.map((id) => adset({ id, name: id, ...change }))]
  for (const node of nodes) room.meta.nodes.set(node.id, node)
  await saveStructure(room.store, {
    account: account.name,
    levels: ['campaign', 'adset', 'ad'],
    entities: nodes.map(entityOf),
    learnedAt: NOON - 60_000,
  })
  await replaceRules(room.store, { rules: [ruleOf({ then: [step] })], commitSha: null, loadedAt: NOON - 60_000 })
  const decisions = ADSETS.map((id) => decisionRow({ id, entity_key: id, entity_id: id, entity_name: id, progress: 'planned' }))
  await recordTick(room.store, { states: [], decisions })
  return room
}

/** Prepares all at once; those that are allowed are applied at once as well, while others still ask. */
const carryOutAll = ({ run, dependencies }: ActivityRoom): Promise<PreparedChange[]> =>
  Promise.all(
    ADSETS.map(async (decision) => {
      const prepared = await run(prepareStep(dependencies), { decision, step: 0, mutation: `${decision}/0` })
      if (prepared.kind === 'change') await run(applyMutation(dependencies), { account: 'moda-tr', mutation: `${decision}/0` })
      return prepared
    }),
  )
const allowed = (all: readonly PreparedChange[]) => all.filter(({ kind }) => kind === 'change').length
const reasons = (all: readonly PreparedChange[]) =>
  new Set(all.map((one) => (one.kind === 'refused' ? one.reason?.code : one.kind)))

describe('carry-outs that ask at the same time', () => {
  it('never pause the last delivering ad set of a campaign together', async () => {
    const room = await openRoom({}, { kind: 'pause' })
    const all = await carryOutAll(room)
    expect(allowed(all)).toBe(4)
    expect(reasons(all)).toEqual(new Set(['change', 'last-adset']))
    expect(room.meta.writes).toHaveLength(4)
  })

  it('never raise budgets above the account’s ceiling together', async () => {
    // The budgets are 2,500 TRY a day; each raise adds 100, and there is room for two.
    const room = await openRoom({ ceiling: 270_000 }, RAISE)
    const all = await carryOutAll(room)
    expect(allowed(all)).toBe(2)
    expect(reasons(all)).toEqual(new Set(['change', 'ceiling']))
    expect([...room.meta.nodes.values()].reduce((sum, node) => sum + (node.daily_budget ?? 0), 0)).toBe(270_000)
  })

  it.each([
    ['hour', { actionsPerHour: 3 }, 'actions-per-hour'],
    ['day', { actionsPerDay: 2 }, 'actions-per-day'],
  ])('never do more in a %s than is allowed', async (_name, guardrails, reason) => {
    const room = await openRoom(guardrails, { kind: 'pause' })
    const all = await carryOutAll(room)
    expect(allowed(all)).toBe(Object.values(guardrails)[0])
    expect(reasons(all)).toEqual(new Set(['change', reason]))
  })
})

describe('one change that is prepared twice', () => {
  it('is in the ledger once and returns the same both times, whichever of the two tries is first', async () => {
    const room = await openRoom({ ceiling: 1_000_000 }, RAISE)
    const prepare = () => room.run(prepareStep(room.dependencies), { decision: 's1', step: 0, mutation: 's1/0' })
    const [first, second] = await Promise.all([prepare(), prepare()])
    expect(first).toMatchObject({ kind: 'change' })
    expect(second).toEqual(first)
    room.meta.set('s1', { daily_budget: 60_000 })
    expect(await prepare()).toEqual(first)
    expect(await mutationsOfDecision(room.store, 's1')).toMatchObject([{ before: '50000', target: '60000' }])
  })
})

describe('a budget that another rule is changing', () => {
  it('is left alone until that change has ended', async () => {
    const room = await openRoom({ ceiling: 1_000_000 }, RAISE)
    const other = decisionRow({ id: 'other', entity_key: 's1', entity_id: 's1', entity_name: 's1', progress: 'planned' })
    await recordTick(room.store, { states: [], decisions: [other] })
    const prepare = (decision: string) =>
      room.run(prepareStep(room.dependencies), { decision, step: 0, mutation: `${decision}/0` })
    expect(await prepare('s1')).toMatchObject({ kind: 'change' })
    expect(await prepare('other')).toMatchObject({ kind: 'refused', reason: { code: 'budget-under-way' } })
    await room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: 's1/0' })
    expect(await prepare('other')).toMatchObject({ kind: 'change' })
  })
})

describe('the last delivering ad set of a campaign', () => {
  const DAY = 24 * HOUR
  it.each([
    ['is over', { end_time: NOON - DAY }],
    ['has not begun', { start_time: NOON + DAY }],
    ['has issues that keep it from delivering', { effective_status: 'WITH_ISSUES' }],
  ])('is the last even if all others are active in name only: each %s', async (_why, change) => {
    const room = await openRoom({}, { kind: 'pause' }, change)
    expect(reasons(await carryOutAll(room))).toEqual(new Set(['last-adset']))
  })
})

describe('a change long after its tick, for example after a wait', () => {
  const prepare = (room: ActivityRoom, decision: string) =>
    room.run(prepareStep(room.dependencies), { decision, step: 0, mutation: `${decision}/0` })

  it('is checked against the account as it is now: others were paused since, and this ad set is the last', async () => {
    const room = await openRoom({}, { kind: 'pause' })
    expect(await prepare(room, 's1')).toMatchObject({ kind: 'change' })
    await room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: 's1/0' })
    room.clock.now += 6 * HOUR
    for (const id of ['s3', 's4', 's5']) room.meta.set(id, { status: 'PAUSED' })
    expect(await prepare(room, 's2')).toMatchObject({ kind: 'refused', reason: { code: 'last-adset' } })
  })

  it('is checked against the budgets as they are now: others were raised since, and there is no room below the ceiling', async () => {
    const room = await openRoom({ ceiling: 300_000 }, RAISE)
    expect(await prepare(room, 's1')).toMatchObject({ kind: 'change' })
    room.clock.now += 6 * HOUR
    room.meta.set('s5', { daily_budget: 95_000 })
    expect(await prepare(room, 's2')).toMatchObject({ kind: 'refused', reason: { code: 'ceiling' } })
  })

  it('reads the account once for all changes at the same time', async () => {
    const room = await openRoom({}, { kind: 'pause' })
    let readings = 0
    room.meta.before = (call, what) => void (call === 'read' && what === 'adset' && (readings += 1))
    for (const id of ['s1', 's2', 's3']) await prepare(room, id)
    expect(readings).toBe(1)
  })
})
