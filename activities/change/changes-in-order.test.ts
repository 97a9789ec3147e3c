/** Changes whose answers are lost, and what people and other rules do before the next attempt. Runs against the sandbox. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { countMutations } from '../../store/decisions/made-changes.js'
import { findMutation, intendMutation, markSent, settleMutation as settle } from '../../store/decisions/mutations.js'
import { holdPause, pauseHolders } from '../../store/decisions/pause-holds.js'
import { requestChange } from '../../store/decisions/requested-changes.js'
import { lastPersonChange } from '../../test/support/person-changes.js'
import { ADSET, openSandboxRoom, type SandboxRoom } from '../../test/support/sandbox-room.js'
import { syncStructure } from '../sync/sync-structure.js'
import { applyMutation } from './apply-mutation.js'
import { checkKept } from './keep-change.js'
import { settleMutation } from './settle-mutation.js'

const MINUTE = 60_000
const LOST = { name: 'lost', kind: 'connection-reset', when: 'after', match: { method: 'POST', times: 1 } }
const NEVER_CAME = { name: 'never-came', kind: 'connection-reset', match: { method: 'POST', times: 1 } }

let room: SandboxRoom
beforeEach(async () => {
  room = await openSandboxRoom()
  await room.inAdsManager({ daily_budget: 50_000 })
  // Moves the clock on, so that earlier edits have another date: Meta's dates have whole seconds.
  await new Promise((resolve) => setTimeout(resolve, 1_100 - (Date.now() % 1_000)))
})
afterEach(() => room.close())

type Field = 'daily_budget' | 'status' | 'name'

/** Writes a change to the ledger the way it is prepared: with Meta's current value. */
async function intend(id: string, field: Field, target: string, madeBy = 'api:token'): Promise<void> {
  await room.run(syncStructure(room.dependencies), { account: 'moda-tr' })
  await intendMutation(room.store, {
    id,
    account: 'moda-tr',
    made_by: madeBy,
    level: 'adset',
    entity_id: ADSET,
    field,
    before: String(await room.atMeta(field)),
    target,
    intended_at: room.dependencies.now(),
  })
}
const apply = (id: string) => room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: id })
const giveUp = (id: string) =>
  room.run(settleMutation(room.dependencies), { mutation: id, error: { type: 'Timeout', message: 'No answer came in time.' } })
const sync = () => room.run(syncStructure(room.dependencies), { account: 'moda-tr' })
const outcome = async (id: string) => (await findMutation(room.store, id))?.outcome
const holders = async () => (await pauseHolders(room.store, 'moda-tr', ADSET)).map(({ holder }) => holder)
const lose = async (id: string) => {
  await expect(apply(id)).rejects.toMatchObject({ type: 'unknown-outcome', nonRetryable: false })
  await room.faults()
}

describe('a person’s change whose answer was lost after Meta took it', () => {
  it('is not made again over the person’s own correction, and the ledger says that it was made', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(LOST)
    await lose('first')
    await intend('second', 'daily_budget', '40100')
    expect(await apply('second')).toMatchObject({ outcome: 'confirmed', before: '80000' })
    expect(await apply('first')).toMatchObject({ outcome: 'confirmed' })
    expect(await room.written('daily_budget')).toEqual([50_000, 80_000, 40_100])
    expect(await room.atMeta('daily_budget')).toBe('40100')
  })

  it('is not made again over a correction in Ads Manager, and counts as one that may have been made', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(LOST)
    await lose('first')
    await room.inAdsManager({ daily_budget: 90_200 })
    await expect(apply('first')).rejects.toMatchObject({ type: 'changed-meanwhile', nonRetryable: true })
    expect(await room.atMeta('daily_budget')).toBe('90200')
    expect(await outcome('first')).toBe('superseded')
    expect(await countMutations(room.store, { account: 'moda-tr', since: 0 })).toBe(1)
    expect(
      await room.run(settleMutation(room.dependencies), { mutation: 'first', error: { type: 'x', message: 'x' } }),
    ).toMatchObject({ outcome: 'superseded' })
  })

  it('is not made again if somebody reverted it in Ads Manager', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(LOST)
    await lose('first')
    await room.inAdsManager({ daily_budget: 50_000 })
    await expect(apply('first')).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(await room.atMeta('daily_budget')).toBe('50000')
    expect(await outcome('first')).toBe('superseded')
  })

  it('of a pause is not made again after the person started it, and leaves no hold behind', async () => {
    await intend('pause', 'status', 'PAUSED')
    await room.faults(LOST)
    await lose('pause')
    await intend('start', 'status', 'ACTIVE')
    expect(await apply('start')).toMatchObject({ outcome: 'confirmed', before: 'PAUSED' })
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed' })
    expect(await room.atMeta('status')).toBe('ACTIVE')
    expect(await holders()).toEqual([])
  })

  it('gives way to a correction that was only requested so far', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(NEVER_CAME)
    await lose('first')
    await requestChange(room.store, {
      id: 'second',
      account: 'moda-tr',
      made_by: 'api:token',
      level: 'adset',
      entity_id: ADSET,
      field: 'daily_budget',
      target: '40100',
      known: '50000',
      restores_from: null,
      approved_before: null,
      requested_at: room.dependencies.now(),
    })
    await expect(apply('first')).rejects.toMatchObject({ type: 'superseded', nonRetryable: true })
    expect(await room.atMeta('daily_budget')).toBe('50000')
  })
})

describe('a change that Meta makes long after its connection broke', () => {
  const LATE = { name: 'late', kind: 'late-write', delay: 1_500, match: { method: 'POST', times: 1 } }
  const checkKeptOf = (mutation: string) => room.run(checkKept(room.dependencies), { mutation })

  const overtaken = async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(LATE)
    await lose('first')
    await intend('second', 'daily_budget', '40100')
    expect(await apply('second')).toMatchObject({ outcome: 'confirmed', before: '50000', mayBeOvertaken: true })
    expect(await checkKeptOf('second')).toEqual({ kind: 'kept' })
    await expect.poll(() => room.atMeta('daily_budget'), { timeout: 5_000 }).toBe('80000')
  }

  it('does not stay if the person corrected it meanwhile: the correction is made once more', async () => {
    await overtaken()
    const restore = await checkKeptOf('second')
    expect(restore).toMatchObject({ kind: 'restore' })
    const { mutation } = restore as { mutation: string }
    expect(await checkKeptOf('second')).toMatchObject({ kind: 'restore', mutation })
    expect(await apply(mutation)).toMatchObject({ outcome: 'confirmed', before: '80000', target: '40100' })
    expect([await room.atMeta('daily_budget'), await checkKeptOf('second')]).toEqual(['40100', { kind: 'kept' }])
    // It was our own change that came late; nobody else edited it.
    await sync()
    expect(await findMutation(room.store, 'first')).toMatchObject({ outcome: 'unknown' })
    room.forward(3 * MINUTE)
    expect(await checkKeptOf('second')).toEqual({ kind: 'over' })
  })

  it('counts from its last sending, so that a correction is watched even if the first sending was long ago', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(NEVER_CAME)
    await lose('first')
    room.forward(3 * MINUTE)
    await room.faults(NEVER_CAME)
    await lose('first')
    await giveUp('first')
    await intend('second', 'daily_budget', '40100')
    expect(await apply('second')).toMatchObject({ outcome: 'confirmed', mayBeOvertaken: true })
  })

  it('is not what Ads Manager’s same value is taken for where Meta had refused it', async () => {
    await intend('first', 'daily_budget', '80000')
    const at = room.dependencies.now()
    await markSent(room.store, 'first', { at, before: '50000', edited: null })
    await settle(room.store, 'first', { outcome: 'refused', error: { type: 'invalid-request', message: 'No.' }, at })
    await intend('second', 'daily_budget', '40100')
    await room.inAdsManager({ daily_budget: 80_000 })
    await expect(apply('second')).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(await room.atMeta('daily_budget')).toBe('80000')
  })

  it('is not what a person set by hand to the same value', async () => {
    await intend('pause', 'status', 'PAUSED')
    await room.faults(NEVER_CAME)
    await lose('pause')
    await intend('start', 'status', 'ACTIVE')
    expect(await apply('start')).toMatchObject({ mayBeOvertaken: true })
    await room.inAdsManager({ status: 'PAUSED' })
    expect(await checkKeptOf('start')).toEqual({ kind: 'over' })
    expect(await room.atMeta('status')).toBe('PAUSED')
  })

  it('is left alone where somebody had a later word in Ads Manager or through us', async () => {
    await overtaken()
    await room.inAdsManager({ daily_budget: 90_200 })
    expect(await checkKeptOf('second')).toEqual({ kind: 'over' })
    await intend('third', 'daily_budget', '80000')
    expect(await checkKeptOf('second')).toEqual({ kind: 'over' })
  })
})

it('a correction does not wait for more than some seconds while the earlier change hangs at Meta', async () => {
  await room.close()
  room = await openSandboxRoom({ headers: 12_000 })
  await intend('first', 'daily_budget', '80000')
  await room.faults({ name: 'hangs', kind: 'timeout-after-write', match: { method: 'POST', times: 1 } })
  const first = apply('first').then(
    () => 'done',
    ({ type }: { type: string }) => type,
  )
  await expect.poll(() => room.atMeta('daily_budget')).toBe('80000')
  await intend('second', 'daily_budget', '40100')
  const order: string[] = []
  void first.then((end) => order.push(end))
  await apply('second').then(({ outcome: end }) => order.push(end))
  await first
  expect(order).toEqual(['confirmed', 'unknown-outcome'])
  expect(await apply('first')).toMatchObject({ outcome: 'confirmed' })
  expect(await room.atMeta('daily_budget')).toBe('40100')
})

describe('a change that never reached Meta', () => {
  it('is made by the next try where nobody was there meanwhile', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(NEVER_CAME)
    await lose('first')
    expect(await apply('first')).toMatchObject({ outcome: 'confirmed', before: '50000' })
    expect(await room.written('daily_budget')).toEqual([50_000, 80_000])
  })

  it('is made by the next try though a change of ours of another field moved Meta’s date of the last edit', async () => {
    await intend('first', 'daily_budget', '80000')
    await room.faults(NEVER_CAME)
    await lose('first')
    await intend('pause', 'status', 'PAUSED', 'a-rule')
    await apply('pause')
    expect(await apply('first')).toMatchObject({ outcome: 'confirmed' })
    expect(await room.atMeta('daily_budget')).toBe('80000')
  })

  it('is not made at all once a later one took its place, whichever is tried first', async () => {
    await intend('first', 'daily_budget', '80000')
    await intend('second', 'daily_budget', '40100')
    expect(await apply('second')).toMatchObject({ outcome: 'confirmed' })
    await expect(apply('first')).rejects.toMatchObject({ type: 'superseded' })
    expect(await room.written('daily_budget')).toEqual([50_000, 40_100])
    expect([await outcome('first'), await countMutations(room.store, { account: 'moda-tr', since: 0 })]).toEqual([
      'superseded',
      1,
    ])
  })
})

describe('whatever process is killed, and wherever', () => {
  it('before the sending: the next try sends it', async () => {
    await intend('first', 'daily_budget', '80000')
    await markSent(room.store, 'first', { at: room.dependencies.now(), before: '50000', edited: null })
    expect(await apply('first')).toMatchObject({ outcome: 'confirmed' })
    expect(await room.written('daily_budget')).toEqual([50_000, 80_000])
  })

  it('between the sending and the reading: the next try only reads', async () => {
    await intend('first', 'daily_budget', '80000')
    await markSent(room.store, 'first', { at: room.dependencies.now(), before: '50000', edited: null })
    await room.inAdsManager({ daily_budget: 80_000 })
    expect(await apply('first')).toMatchObject({ outcome: 'confirmed', before: '50000' })
    expect(await room.written('daily_budget')).toEqual([50_000, 80_000])
  })

  it('two tries and two changes at once never read and write the field in turns', async () => {
    await room.faults({ name: 'slow', kind: 'slow', delay: 300, match: { path: ADSET } })
    await intend('first', 'daily_budget', '80000', 'a-rule')
    await Promise.all([apply('first'), apply('first')])
    await intend('second', 'daily_budget', '40100')
    await intend('other', 'name', 'Erkek')
    const before = (await room.requests()).length
    await Promise.all([apply('second'), apply('second'), apply('other')])
    expect(await room.written('daily_budget')).toEqual([50_000, 80_000, 40_100])
    const methods = (await room.requests()).slice(before).map(({ method }) => method)
    // Another field does not wait: both are read before either is written.
    expect(methods.slice(0, 2)).toEqual(['GET', 'GET'])
  })
})

describe('rules among themselves', () => {
  beforeEach(async () => {
    await room.inAdsManager({ status: 'PAUSED' })
    await sync()
    await holdPause(room.store, {
      account: 'moda-tr',
      entityId: ADSET,
      holder: 'a-rule',
      decision: null,
      since: room.dependencies.now(),
    })
    await new Promise((resolve) => setTimeout(resolve, 1_100 - (Date.now() % 1_000)))
  })

  it('a start whose answer was lost is known to be made where another rule paused it since, and its hold is let go', async () => {
    await intend('start', 'status', 'ACTIVE', 'a-rule')
    await room.faults(LOST)
    await lose('start')
    await intend('pause', 'status', 'PAUSED', 'b-rule')
    expect(await apply('pause')).toMatchObject({ outcome: 'confirmed', before: 'ACTIVE' })
    expect(await apply('start')).toMatchObject({ outcome: 'confirmed' })
    expect(await room.atMeta('status')).toBe('PAUSED')
    expect(await holders()).toEqual(['b-rule'])
    expect(await lastPersonChange(room.store, 'moda-tr', { level: 'adset', id: ADSET }, 0)).toBeNull()
  })

  it('a start that a person took back in Ads Manager leaves the pause to the person', async () => {
    await intend('start', 'status', 'ACTIVE', 'a-rule')
    await room.faults(LOST)
    await lose('start')
    await room.inAdsManager({ status: 'PAUSED' })
    await expect(apply('start')).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect([await outcome('start'), await holders()]).toEqual(['superseded', ['person']])
  })

  it('a rule’s change does not come after a person’s that is still being made', async () => {
    await intend('person', 'daily_budget', '80000')
    await room.faults(NEVER_CAME)
    await lose('person')
    await intend('rule', 'daily_budget', '60000', 'a-rule')
    await expect(apply('rule')).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(await outcome('rule')).toBe('refused')
    expect(await apply('person')).toMatchObject({ outcome: 'confirmed' })
  })
})

describe('an outcome that stayed unknown', () => {
  const lostPermanently = async (fault: object) => {
    await intend('first', 'daily_budget', '80000', 'a-rule')
    await room.faults(fault)
    await lose('first')
    expect(await giveUp('first')).toEqual({ outcome: 'unknown' })
  }

  it('is settled as made by a sync that finds it', async () => {
    await lostPermanently(LOST)
    await sync()
    expect(await outcome('first')).toBe('confirmed')
  })

  it('is settled as refused by a sync that finds nothing edited, once it can no longer arrive', async () => {
    await lostPermanently(NEVER_CAME)
    await sync()
    expect(await outcome('first')).toBe('unknown')
    room.forward(3 * MINUTE)
    await sync()
    expect(await outcome('first')).toBe('refused')
  })

  it('is settled as superseded by a sync that finds a person’s value', async () => {
    await lostPermanently(LOST)
    await room.inAdsManager({ daily_budget: 90_200 })
    room.forward(3 * MINUTE)
    await sync()
    expect(await outcome('first')).toBe('superseded')
  })

  it('is found out by a sync though the worker that would have recorded it is gone', async () => {
    await intend('first', 'daily_budget', '80000', 'a-rule')
    await room.faults(LOST)
    await lose('first')
    await sync()
    expect(await outcome('first')).toBe('confirmed')
    expect(await giveUp('first')).toMatchObject({ outcome: 'confirmed', target: '80000' })
  })
})
