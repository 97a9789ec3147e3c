import { describe, expect, test } from 'vitest'

import type { Because } from '../../engine/rule/decision.js'
import { PROGRESS, type Progress } from '../../engine/rule/progress.js'
import { decisionRow, stateRow } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import { intendMessage, settleMessage } from '../messages/messages.js'
import { ruleStates } from '../rules/rule-states.js'
import {
  changedDecisions,
  decisionsBeginning,
  forgetDecisions,
  lastDecision,
  latestChange,
  listDecisions,
} from './decision-list.js'
import { countFirings, findDecision, openDecisions, recordTick, setProgress } from './decisions.js'
import { intendMutation, settleMutation } from './mutations.js'
import { holdPause } from './pause-holds.js'

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)

describe('recording a tick', () => {
  test('stores states and decisions together', async () => {
    const store = await temporaryStore()
    const recorded = await recordTick(store, { states: [stateRow({ state: 'pending' })], decisions: [decisionRow({ id: 'd1' })] })
    expect(recorded).toEqual(['d1'])
    expect(await ruleStates(store, 'moda-tr')).toEqual([stateRow({ state: 'pending' })])
    expect(await findDecision(store, 'd1')).toMatchObject({ outcome: 'fire', change_number: 1 })
  })

  test('stores neither if one of them cannot be stored', async () => {
    const store = await temporaryStore()
    const broken = decisionRow({ id: 'd2', outcome: 'perhaps' as 'fire' })
    await expect(recordTick(store, { states: [stateRow()], decisions: [decisionRow({ id: 'd1' }), broken] })).rejects.toThrow(
      'CHECK',
    )
    expect(await ruleStates(store, 'moda-tr')).toEqual([])
    expect(await findDecision(store, 'd1')).toBeUndefined()
  })

  test('twice changes nothing: recorded decisions and their progress stay', async () => {
    const store = await temporaryStore()
    const tick = { states: [stateRow()], decisions: [decisionRow({ id: 'd1', progress: 'planned' })] }
    await recordTick(store, tick)
    await setProgress(store, 'd1', { progress: 'done', note: 'paused', at: 2 })
    expect(await recordTick(store, tick)).toEqual([])
    expect(await findDecision(store, 'd1')).toMatchObject({ progress: 'done', note: 'paused' })
  })
})

describe('progress', () => {
  const ENDS = ['done', 'refused', 'failed', 'stopped'] as const

  test.each(PROGRESS.flatMap((from) => PROGRESS.map((to) => [from, to] as const)))('from %s to %s', async (from, to) => {
    const store = await temporaryStore()
    await recordTick(store, { states: [], decisions: [decisionRow({ id: 'd', progress: from })] })
    const moved = await setProgress(store, 'd', { progress: to, at: 9 })
    const isOpen = (progress: Progress) => ['planned', 'running', 'waiting'].includes(progress)
    const forwards =
      isOpen(from) &&
      ((to === 'planned' && from === 'planned') || to === 'running' || to === 'waiting' || ENDS.some((end) => end === to))
    expect(moved).toBe(forwards || (ENDS.some((end) => end === from) && from === to))
    expect((await findDecision(store, 'd'))?.progress).toBe(moved ? to : from)
  })

  test('of an unknown decision does not change', async () => {
    expect(await setProgress(await temporaryStore(), 'nobody', { progress: 'done', at: 1 })).toBe(false)
  })

  test('a step without a note leaves the note', async () => {
    const store = await temporaryStore()
    await recordTick(store, { states: [], decisions: [decisionRow({ id: 'd', progress: 'planned' })] })
    await setProgress(store, 'd', { progress: 'running', note: 'pausing', carriedOutBy: { workflow: 'w', run: 'r' }, at: 2 })
    await setProgress(store, 'd', { progress: 'waiting', at: 3 })
    expect(await findDecision(store, 'd')).toMatchObject({ note: 'pausing', workflow_id: 'w', run_id: 'r', updated_at: 3 })
  })

  test('open decisions are those that have not ended, oldest first', async () => {
    const store = await temporaryStore()
    const decisions = PROGRESS.map((progress, index) => decisionRow({ id: progress, progress, at: 100 - index }))
    await recordTick(store, {
      states: [],
      decisions: [...decisions, decisionRow({ id: 'other', account: 'b', progress: 'planned' })],
    })
    expect(ids(await openDecisions(store, 'moda-tr'))).toEqual(['waiting', 'running', 'planned'])
    expect(ids(await openDecisions(store, 'moda-tr', ['planned']))).toEqual(['planned'])
  })
})

test('firings of a rule are counted over all of its entities since a moment, without those refused before any change', async () => {
  const store = await temporaryStore()
  await recordTick(store, {
    states: [],
    decisions: [
      decisionRow({ id: '1', at: 9 }),
      decisionRow({ id: '2', at: 10, entity_key: 'x' }),
      decisionRow({ id: '3', at: 11, entity_key: 'y' }),
      decisionRow({ id: '4', at: 12, outcome: 'hold' }),
      decisionRow({ id: '5', at: 13, rule: 'another' }),
    ],
  })
  expect(await countFirings(store, { account: 'moda-tr', rule: 'pause-expensive', since: 10, observedToo: true })).toBe(2)
  await recordTick(store, {
    states: [],
    decisions: [decisionRow({ id: '6', at: 14, progress: 'refused' }), decisionRow({ id: '7', at: 15, progress: 'refused' })],
  })
  expect(await countFirings(store, { account: 'moda-tr', rule: 'pause-expensive', since: 10, observedToo: true })).toBe(2)
  // Refused at its second step, after the first had changed something.
  await intendMutation(store, {
    id: 'm',
    decision: '7',
    account: 'moda-tr',
    made_by: 'pause-expensive',
    level: 'adset',
    entity_id: '120001',
    field: 'status',
    before: 'ACTIVE',
    target: 'PAUSED',
    intended_at: 15,
  })
  expect(await countFirings(store, { account: 'moda-tr', rule: 'pause-expensive', since: 10, observedToo: true })).toBe(3)
})

describe('the list', () => {
  test('pages through everything once, newest first, however many decisions have the same time', async () => {
    const store = await temporaryStore()
    const decisions = Array.from({ length: 25 }, (_, index) =>
      decisionRow({ id: `d${String(index).padStart(2, '0')}`, at: index >> 2 }),
    )
    await recordTick(store, { states: [], decisions })
    const seen: string[] = []
    for (let after: { at: number; id: string } | undefined; ;) {
      const rows = await listDecisions(store, { limit: 4, ...(after === undefined ? {} : { after }) })
      seen.push(...ids(rows))
      after = rows.at(-1)
      if (rows.length < 4) break
    }
    expect(seen).toEqual(decisions.map(({ id }) => id).reverse())
  })

  test('filters by account, rule, outcome, progress and entity, by its id or key', async () => {
    const store = await temporaryStore()
    await recordTick(store, {
      states: [],
      decisions: [
        decisionRow({ id: '1', at: 1, account: 'b' }),
        decisionRow({ id: '2', at: 2, rule: 'r2' }),
        decisionRow({ id: '3', at: 3, outcome: 'hold', progress: 'none' }),
        decisionRow({ id: '4', at: 4, entity_id: '77', entity_key: 'k' }),
      ],
    })
    const list = async (filter: object) => ids(await listDecisions(store, { limit: 10, ...filter }))
    expect(await list({ account: 'b' })).toEqual(['1'])
    expect(await list({ rule: 'r2' })).toEqual(['2'])
    expect(await list({ outcome: 'hold' })).toEqual(['3'])
    expect(await list({ progress: 'none' })).toEqual(['3'])
    expect(await list({ entity: '77' })).toEqual(['4'])
    expect(await list({ entity: 'k' })).toEqual(['4'])
    expect(await list({ account: 'nobody' })).toEqual([])
  })

  test('numbers changes one by one: progress, mutations and messages of a decision count as its changes', async () => {
    const store = await temporaryStore()
    await recordTick(store, { states: [], decisions: [decisionRow({ id: 'a', progress: 'planned' }), decisionRow({ id: 'b' })] })
    const start = await latestChange(store)
    expect(start).toBe(2)
    const news = async (work: () => Promise<unknown>) => {
      const before = await latestChange(store)
      await work()
      return ids(await changedDecisions(store, before, 10))
    }
    const mutation = {
      id: 'm',
      decision: 'a',
      account: 'moda-tr',
      made_by: 'r',
      level: 'adset',
      entity_id: '1',
      field: 'status',
    } as const
    expect(await news(() => setProgress(store, 'a', { progress: 'running', at: 2 }))).toEqual(['a'])
    expect(await news(() => intendMutation(store, { ...mutation, before: 'ACTIVE', target: 'PAUSED', intended_at: 1 }))).toEqual([
      'a',
    ])
    expect(await news(() => settleMutation(store, 'm', { outcome: 'confirmed', at: 2 }))).toEqual(['a'])
    expect(await news(() => settleMutation(store, 'm', { outcome: 'confirmed', at: 2 }))).toEqual([])
    const message = { id: 'n', decision: 'b', account: 'moda-tr', recipient: 'owner', text: 'x', created_at: 1 }
    expect(await news(() => intendMessage(store, message))).toEqual(['b'])
    expect(await news(() => settleMessage(store, { kind: 'id', id: 'n' }, { status: 'sent', at: 2 }))).toEqual(['b'])
    expect(await news(() => settleMessage(store, { kind: 'id', id: 'n' }, { status: 'sent', at: 2 }))).toEqual([])
    expect(ids(await changedDecisions(store, 0, 10))).toEqual(['a', 'b'])
  })
})

describe('finding', () => {
  test('by the beginning of an id, and the last one about an entity by a moment', async () => {
    const store = await temporaryStore()
    const decisions = [decisionRow({ id: 'ab-1', at: 1 }), decisionRow({ id: 'ab-2', at: 2 }), decisionRow({ id: 'b-1', at: 3 })]
    await recordTick(store, { states: [], decisions })
    expect(ids(await decisionsBeginning(store, 'ab', 5))).toEqual(['ab-2', 'ab-1'])
    expect(ids(await decisionsBeginning(store, 'a%', 5))).toEqual([])
    const { account, rule, entity_key: entityKey } = decisions[0]!
    expect(await lastDecision(store, { account, rule, entityKey, by: 2 })).toMatchObject({ id: 'ab-2' })
    expect(await lastDecision(store, { account, rule, entityKey, by: 0 })).toBeUndefined()
  })
})

describe('forgetting', () => {
  test('keeps the last of each outcome per rule and entity, and newer decisions', async () => {
    const store = await temporaryStore()
    const row = (id: string, at: number, outcome: 'fire' | 'hold' | 'unknown', entity_key = 'e') =>
      decisionRow({ id, at, outcome, entity_key, progress: 'none' })
    await recordTick(store, {
      states: [],
      decisions: [
        row('fire', 1, 'fire'),
        row('old-hold', 2, 'hold'),
        row('unknown', 3, 'unknown'),
        row('hold-a', 4, 'hold'),
        row('hold-b', 4, 'hold'),
        row('other', 5, 'hold', 'e2'),
        row('new', 100, 'fire', 'e3'),
        row('newer', 101, 'fire', 'e3'),
      ],
    })
    expect(await forgetDecisions(store, 50)).toBe(2)
    const kept = ids(await listDecisions(store, { limit: 100 }))
    expect(kept.sort()).toEqual(['fire', 'hold-b', 'new', 'newer', 'other', 'unknown'])
  })

  test('keeps the last of each reason to hold, even if another came more often', async () => {
    const store = await temporaryStore()
    const row = (id: string, at: number, because: Because | null) =>
      decisionRow({ id, at, outcome: because === null ? 'unknown' : 'hold', because, progress: 'none' })
    const decisions = [row('for', 1, 'for'), row('when', 2, 'when'), row('cooldown', 3, 'cooldown'), row('unknown', 4, null)]
    await recordTick(store, { states: [], decisions: [...decisions, row('when-2', 5, 'when'), row('unknown-2', 6, null)] })
    expect(await forgetDecisions(store, 50)).toBe(2)
    const kept = ids(await listDecisions(store, { limit: 100 }))
    expect(kept.sort()).toEqual(['cooldown', 'for', 'unknown-2', 'when-2'])
  })

  test('keeps decisions that are open, and those that changed, held or sent something', async () => {
    const store = await temporaryStore()
    const done = (id: string, at: number) => decisionRow({ id, at, progress: 'done' })
    await recordTick(store, {
      states: [],
      decisions: [
        done('mutated', 1),
        done('sent', 2),
        done('held', 3),
        decisionRow({ id: 'open', at: 4, progress: 'waiting' }),
        done('nothing', 5),
        done('last', 6),
      ],
    })
    const common = {
      account: 'moda-tr',
      decision: 'mutated',
      made_by: 'r',
      level: 'adset',
      entity_id: '1',
      field: 'status',
    } as const
    await intendMutation(store, { ...common, id: 'm', before: 'ACTIVE', target: 'PAUSED', intended_at: 1 })
    await intendMessage(store, { id: 'n', decision: 'sent', account: 'moda-tr', recipient: 'owner', text: 'x', created_at: 1 })
    await holdPause(store, { account: 'moda-tr', entityId: '1', holder: 'r', decision: 'held', since: 1 })
    expect(await forgetDecisions(store, 50)).toBe(1)
    expect(await findDecision(store, 'nothing')).toBeUndefined()
  })
})
