/** A field with its old value may have been changed and changed back, which Meta's date of the last edit shows. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { findMutation, intendMutation, markSent } from '../../store/decisions/mutations.js'
import { requestChange } from '../../store/decisions/requested-changes.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { adset, metaError } from '../../test/support/meta-double.js'
import { requestRow } from '../../test/support/rows.js'
import { applyMutation } from '../change/apply-mutation.js'
import { prepareChange } from '../change/prepare-change.js'
import { personChanges } from './person-changes.js'

let room: ActivityRoom
let edited = 1_000
/** Whether the answers of the next writes are lost, before or after Meta made the changes. */
let lost: 'before' | 'after' | null = null

beforeEach(async () => {
  room = await openActivityRoom()
  ;[edited, lost] = [1_000, null]
  room.meta.nodes.set('s1', adset({ daily_budget: 50_000, updated_time: edited }))
  const fail = (when: typeof lost): void => {
    if (lost === when) throw metaError('unknown-outcome', { mayHaveBeenCarriedOut: true })
  }
  room.meta.before = (call) => void (call === 'write' && fail('before'))
  room.meta.afterWrite = () => {
    edit({})
    fail('after')
  }
})
afterEach(() => room.store.close())

const edit = (change: Parameters<ActivityRoom['meta']['set']>[1]): void =>
  room.meta.set('s1', { ...change, updated_time: (edited += 1_000) })
async function prepare(id: string, field: 'status' | 'daily_budget' | 'name', target: string, known: string | null = null) {
  await requestChange(room.store, requestRow({ id, entity_id: 's1', field, target, known, requested_at: room.clock.now }))
  return await room.run(prepareChange(room.dependencies), { mutation: id })
}
async function preparePauseAndBudget(): Promise<void> {
  await prepare('pause', 'status', 'PAUSED')
  await prepare('budget', 'daily_budget', '60000')
}
const apply = (id: string) => room.run(applyMutation(room.dependencies), { mutation: id })
const outcome = async (id: string) => (await findMutation(room.store, id))?.outcome
async function lose(id: string, when: 'before' | 'after'): Promise<void> {
  lost = when
  await expect(apply(id)).rejects.toMatchObject({ type: 'unknown-outcome' })
  lost = null
}

describe('between preparing and the first sending', () => {
  it('a person’s change and change back count as the latest, and nothing is sent', async () => {
    await prepare('pause', 'status', 'PAUSED')
    edit({ status: 'PAUSED' })
    edit({ status: 'ACTIVE' })
    await expect(apply('pause')).rejects.toMatchObject({ type: 'changed-meanwhile', nonRetryable: true })
    expect(room.meta.writes).toEqual([])
    expect(await outcome('pause')).toBe('refused')
  })

  it('a value that an earlier change of ours once set counts as a person’s when it reappears', async () => {
    for (const [id, target] of [
      ['first', '60000'],
      ['second', '50000'],
    ] as const) {
      await prepare(id, 'daily_budget', target)
      await apply(id)
    }
    await prepare('third', 'daily_budget', '70000')
    edit({ daily_budget: 60_000 })
    await expect(apply('third')).rejects.toMatchObject({ type: 'changed-meanwhile', nonRetryable: true })
    expect(room.meta.writes).toHaveLength(2)
  })

  it('an earlier change of ours that arrives only then is overwritten', async () => {
    await prepare('first', 'daily_budget', '60000')
    await lose('first', 'before')
    await prepare('second', 'daily_budget', '70000')
    edit({ daily_budget: 60_000 })
    expect(await apply('second')).toMatchObject({ outcome: 'confirmed', before: '60000' })
  })

  it('our own change of another field prevents nothing', async () => {
    await preparePauseAndBudget()
    await apply('budget')
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
  })

  it('our own change of another field whose answer was lost prevents nothing', async () => {
    await preparePauseAndBudget()
    await lose('budget', 'after')
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
    expect(await apply('budget')).toMatchObject({ outcome: 'confirmed' })
  })
})

describe('before a change is sent again', () => {
  it('our own unconfirmed change of another field explains the edit', async () => {
    await preparePauseAndBudget()
    await lose('pause', 'before')
    await lose('budget', 'after')
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
  })

  it('so does one that was sent before it and arrived after it', async () => {
    await preparePauseAndBudget()
    await lose('budget', 'before')
    await lose('pause', 'before')
    edit({ daily_budget: 60_000 })
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
  })

  it('so does one that is being sent during the reading', async () => {
    await preparePauseAndBudget()
    await lose('pause', 'before')
    await markSent(room.store, 'budget', { at: room.clock.now + 1_000, before: '50000', edited })
    edit({ daily_budget: 60_000 })
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
  })

  it('so does one that was corrected by a later one', async () => {
    await preparePauseAndBudget()
    await lose('pause', 'before')
    await lose('budget', 'after')
    await prepare('correction', 'daily_budget', '55000')
    await apply('correction')
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
  })

  it('one that was sent twice explains an edit between the two sendings', async () => {
    await prepare('pause', 'status', 'PAUSED')
    await prepare('name', 'name', 'Yeni')
    await prepare('budget', 'daily_budget', '60000')
    await lose('pause', 'before')
    await lose('budget', 'before')
    await apply('name')
    await apply('budget')
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
  })

  it('an edit in Ads Manager before our change of another field is not explained by it', async () => {
    await prepare('pause', 'status', 'PAUSED')
    await lose('pause', 'after')
    edit({ status: 'ACTIVE' })
    await prepare('budget', 'daily_budget', '60000')
    await apply('budget')
    await expect(apply('pause')).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(room.meta.nodes.get('s1')!.status).toBe('ACTIVE')
  })

  it('a change that is first seen long after it was sent does not explain later edits', async () => {
    await preparePauseAndBudget()
    await lose('pause', 'before')
    await lose('budget', 'after')
    edit({ status: 'PAUSED' })
    edit({ status: 'ACTIVE' })
    room.clock.now += 10 * 60_000
    await apply('budget')
    await expect(apply('pause')).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(room.meta.nodes.get('s1')!.status).toBe('ACTIVE')
  })
})

it('a request that waited is refused if the field was changed and changed back meanwhile', async () => {
  const at = room.clock.now
  await requestChange(
    room.store,
    requestRow({ id: 'pause', entity_id: 's1', field: 'status', target: 'PAUSED', known: 'ACTIVE', requested_at: at }),
  )
  room.clock.now += 600_000
  room.meta.set('s1', { updated_time: at + 300_000 })
  expect(await room.run(prepareChange(room.dependencies), { mutation: 'pause' })).toMatchObject({ kind: 'refused' })
})

it('a request is refused if the field was edited a moment after it, however soon it is prepared', async () => {
  const at = room.clock.now
  await requestChange(
    room.store,
    requestRow({ id: 'budget', entity_id: 's1', target: '80000', known: '50000', requested_at: at }),
  )
  room.clock.now += 8_000
  room.meta.set('s1', { daily_budget: 90_200, updated_time: at + 4_000 })
  expect(await room.run(prepareChange(room.dependencies), { mutation: 'budget' })).toMatchObject({ kind: 'refused' })
})

it('a request is refused if somebody set the value that an earlier change of ours had set long before', async () => {
  const at = room.clock.now
  edited = at - 60_000
  for (const [id, target] of [
    ['first', '60000'],
    ['second', '50000'],
  ] as const) {
    await prepare(id, 'daily_budget', target)
    await apply(id)
  }
  await requestChange(room.store, requestRow({ id: 'third', entity_id: 's1', target: '70000', known: '50000', requested_at: at }))
  room.clock.now += 8_000
  room.meta.set('s1', { daily_budget: 60_000, updated_time: at + 4_000 })
  expect(await room.run(prepareChange(room.dependencies), { mutation: 'third' })).toMatchObject({ kind: 'refused' })
})

it('a suggestion that a person applied does not give way to a rule’s change that was not sent', async () => {
  const target = '60000'
  await requestChange(
    room.store,
    requestRow({
      id: 's-1',
      made_by: 'suggestion:s',
      entity_id: 's1',
      target,
      approved_before: '50000',
      requested_at: room.clock.now,
    }),
  )
  await intendMutation(room.store, {
    ...{ id: 's-1', account: 'moda-tr', made_by: 'suggestion:s', level: 'adset', entity_id: 's1', field: 'daily_budget' },
    ...{ before: '50000', target, intended_at: room.clock.now, order_number: 1 },
  })
  await lose('s-1', 'before')
  await intendMutation(room.store, {
    ...{ id: 'r-1', account: 'moda-tr', made_by: 'a-rule', level: 'adset', entity_id: 's1', field: 'daily_budget' },
    ...{ before: '50000', target: '57500', intended_at: room.clock.now },
  })
  await expect(apply('r-1')).rejects.toMatchObject({ type: 'changed-meanwhile' })
  expect(await apply('s-1')).toMatchObject({ outcome: 'confirmed' })
  const asked = { account: 'moda-tr', entity: { level: 'adset', id: 's1' }, since: 0 } as const
  expect((await personChanges(room.store, asked)).budget).not.toBeNull()
})
