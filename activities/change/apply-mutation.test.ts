import { ApplicationFailure } from '@temporalio/common'
import { beforeEach, describe, expect, it } from 'vitest'

import { findEntity } from '../../store/account/entities.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { pauseHolders } from '../../store/decisions/pause-holds.js'
import { stopRules } from '../../store/rules/stops.js'
import { type ActivityRoom, NOON, openActivityRoom } from '../../test/support/activity-room.js'
import { metaError } from '../../test/support/meta-double.js'
import { lastPersonChange } from '../../test/support/person-changes.js'
import { decisionRow } from '../../test/support/rows.js'
import { keepReading } from '../sync/save-entity.js'
import { applyMutation } from './apply-mutation.js'
import { settleMutation } from './settle-mutation.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

const ID = 'carry-out/run/0'
const intend = (change: { madeBy?: string; target?: string; field?: 'daily_budget'; before?: string } = {}) =>
  intendMutation(room.store, {
    id: ID,
    decision: null,
    account: 'moda-tr',
    made_by: change.madeBy ?? 'pause-expensive',
    level: 'adset',
    entity_id: 's1',
    field: change.field ?? 'status',
    before: change.before ?? 'ACTIVE',
    target: change.target ?? 'PAUSED',
    intended_at: room.clock.now,
  })
const apply = () => room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: ID })
const outcome = async () => (await findMutation(room.store, ID))?.outcome
const lost = () => metaError('unknown-outcome', { mayHaveBeenCarriedOut: true })

describe('a change at Meta', () => {
  it('is written once and read back, and the rule then holds the pause', async () => {
    await intend()
    expect(await apply()).toMatchObject({ outcome: 'confirmed', before: 'ACTIVE', target: 'PAUSED' })
    expect(room.meta.writes).toEqual(['s1 status PAUSED'])
    expect(await outcome()).toBe('confirmed')
    expect((await findEntity(room.store, 'adset', 's1'))?.status).toBe('PAUSED')
    expect((await pauseHolders(room.store, 'moda-tr', 's1')).map(({ holder }) => holder)).toEqual(['pause-expensive'])
  })

  it('writes nothing if it is retried after its outcome was recorded', async () => {
    await intend()
    await apply()
    await apply()
    expect(room.meta.writes).toHaveLength(1)
  })

  it('is confirmed by reading, not by writing again, if the answer to the write was lost', async () => {
    await intend()
    room.meta.afterWrite = () => {
      throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome', nonRetryable: false })
    expect(await outcome()).toBe('unknown')
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(room.meta.writes).toHaveLength(1)
  })

  it('is written by the next attempt if the request was lost before the write', async () => {
    await intend()
    room.meta.before = (call) => {
      if (call === 'write') throw lost()
    }
    await expect(apply()).rejects.toThrow(ApplicationFailure)
    room.meta.before = () => {}
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(room.meta.writes).toHaveLength(1)
  })

  it('that Meta refuses stays refused in the ledger', async () => {
    await intend()
    room.meta.before = (call) => {
      if (call === 'write') throw metaError('invalid-request')
    }
    await expect(apply()).rejects.toMatchObject({ type: 'invalid-request', nonRetryable: true })
    expect(await outcome()).toBe('refused')
    room.meta.before = () => {}
    await expect(apply()).rejects.toMatchObject({ nonRetryable: true })
    expect(room.meta.writes).toEqual([])
  })

  it('with an unknown outcome is not recorded as refused because the token expires', async () => {
    await intend()
    room.meta.afterWrite = () => {
      throw lost()
    }
    await expect(apply()).rejects.toThrow()
    room.meta.before = () => {
      throw metaError('authentication')
    }
    await expect(apply()).rejects.toMatchObject({ type: 'authentication', nonRetryable: true })
    expect(await outcome()).toBe('unknown')
  })

  it('is not made if somebody else changed the value in the meantime', async () => {
    await intend({ target: 'ACTIVE' })
    room.meta.set('s1', { status: 'ARCHIVED' })
    await expect(apply()).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(room.meta.writes).toEqual([])
    expect(await outcome()).toBe('refused')
  })

  it('of a budget that somebody else changed reports both amounts formatted for people', async () => {
    await intend({ field: 'daily_budget', before: '25503', target: '30000' })
    room.meta.set('s1', { daily_budget: 40_000 })
    const why = 'Somebody else changed it in the meantime: daily budget was TRY\u00a0255.03 and is TRY\u00a0400.00 now.'
    await expect(apply()).rejects.toMatchObject({ type: 'changed-meanwhile', message: why })
  })

  it('is not made again if somebody reverted it before it was read back', async () => {
    await keepReading(room.store, 'moda-tr', room.meta.nodes.get('s1')!, room.clock.now)
    await intend()
    room.meta.afterWrite = () => {
      throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome' })
    room.meta.afterWrite = () => {}
    // Reverted in Ads Manager: Meta dates every edit there.
    room.meta.set('s1', { status: 'ACTIVE', updated_time: 2 })
    await expect(apply()).rejects.toMatchObject({ type: 'changed-meanwhile', nonRetryable: true })
    expect(room.meta.writes).toEqual(['s1 status PAUSED'])
    expect(room.meta.nodes.get('s1')?.status).toBe('ACTIVE')
    // Both readings have the same value, so only the date shows that a person changed it.
    expect(await lastPersonChange(room.store, 'moda-tr', { level: 'adset', id: 's1' }, 0)).toBeGreaterThan(NOON)
  })

  it('does not count as sent if Meta’s rate limit rejects it, and is refused if the limit lasts too long', async () => {
    await intend()
    room.meta.before = (call) => {
      if (call === 'write') throw metaError('rate-limited', { retryable: true })
    }
    await expect(apply()).rejects.toMatchObject({ type: 'rate-limited', nonRetryable: false })
    expect(await outcome()).toBe('intended')
    const error = { type: 'rate-limited', message: 'The budget of an ad set may change only 4 times an hour' }
    expect(await room.run(settleMutation(room.dependencies), { mutation: ID, error })).toEqual({ outcome: 'refused' })
  })

  it('stays unknown after one lost answer, even if Meta’s rate limit rejects the next attempt', async () => {
    await intend()
    room.meta.before = (call) => {
      if (call === 'write') throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome' })
    room.meta.before = (call) => {
      if (call === 'write') throw metaError('rate-limited', { retryable: true })
    }
    await expect(apply()).rejects.toMatchObject({ type: 'rate-limited' })
    expect(await outcome()).toBe('unknown')
  })

  it('is not needed if the value is set already; the person who paused it and the rule then both hold the pause', async () => {
    await intend()
    room.meta.set('s1', { status: 'PAUSED' })
    expect(await apply()).toMatchObject({ outcome: 'unchanged' })
    expect(room.meta.writes).toEqual([])
    const holders = await pauseHolders(room.store, 'moda-tr', 's1')
    expect(holders.map(({ holder }) => holder).sort()).toEqual(['pause-expensive', 'person'])
  })

  describe('of a rule that was stopped before the change was sent', () => {
    const decided = async (id: string, by: string, to: string) => {
      await recordTick(room.store, { states: [], decisions: [decisionRow({ id: 'd', progress: 'running' })] })
      const of = { account: 'moda-tr', level: 'adset', entity_id: 's1', field: 'status', before: 'ACTIVE' } as const
      room.meta.set('s1', { status: to === 'PAUSED' ? 'ACTIVE' : 'PAUSED' })
      const before = to === 'PAUSED' ? 'ACTIVE' : 'PAUSED'
      await intendMutation(room.store, { ...of, id, decision: 'd', made_by: by, before, target: to, intended_at: room.clock.now })
      room.meta.before = (call) => {
        if (call === 'write') throw metaError('rate-limited', { retryable: true })
      }
      const run = () => room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: id })
      await expect(run()).rejects.toMatchObject({ type: 'rate-limited' })
      room.meta.before = () => {}
      const stop = { account: 'moda-tr', reason: 'DUR', stoppedBy: 'owner' }
      await stopRules(room.store, { ...stop, since: (room.clock.now += 1_000) })
      return run
    }

    it('is not sent any more, and the error names the stop', async () => {
      const run = await decided('d/0', 'a-rule', 'PAUSED')
      const message = 'The account’s rules are stopped: DUR (owner).'
      await expect(run()).rejects.toMatchObject({ type: 'stopped', nonRetryable: true, message })
      expect(room.meta.writes).toEqual([])
      expect((await findMutation(room.store, 'd/0'))?.outcome).toBe('refused')
    })

    it.each([
      ['releases the rule’s own pause', 'd/release', 'a-rule', 'ACTIVE'],
      ['pauses again what a launch set active', 'run/publish/campaign/back', 'launch:spring', 'PAUSED'],
    ])('is sent all the same where it %s', async (_, id, by, to) => {
      const run = await decided(id, by, to)
      expect(await run()).toMatchObject({ outcome: 'confirmed' })
    })
  })

  it('of a person makes the person the holder of the pause', async () => {
    await intend({ madeBy: 'api:panel' })
    await apply()
    expect((await pauseHolders(room.store, 'moda-tr', 's1')).map(({ holder }) => holder)).toEqual(['person'])
  })
})
