import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'

import { encodeValue } from '../../engine/change/ledger-value.js'
import { findEntity } from '../../store/account/entities.js'
import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { ad, adset, metaError } from '../../test/support/meta-double.js'
import { copyMark } from '../ledger/copy-target.js'
import { applyMutation } from './apply-mutation.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

const ID = 'carry-out/run/0'
const MARK = copyMark(ID)
const intend = (name: string | null = null, source: { level: 'campaign' | 'adset'; id: string } = { level: 'adset', id: 's1' }) =>
  intendMutation(room.store, {
    id: ID,
    decision: null,
    account: 'moda-tr',
    made_by: 'copies',
    level: source.level,
    entity_id: source.id,
    field: 'copy',
    before: '',
    target: encodeValue({ kind: 'copy', mark: MARK, name }),
    intended_at: room.clock.now,
  })
const apply = () => room.run(applyMutation(room.dependencies), { account: 'moda-tr', mutation: ID })
const row = () => findMutation(room.store, ID)
const made = () => room.meta.writes.filter((write) => write.endsWith('copied')).length
const lost = () => metaError('unknown-outcome', { mayHaveBeenCarriedOut: true })

describe('a copy', () => {
  it('is made once, paused, and its id is stored', async () => {
    await intend()
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    const copy = (await row())?.result
    expect(await findEntity(room.store, 'adset', copy!)).toMatchObject({ status: 'PAUSED', name: `Kış | Soğuk kitle${MARK}` })
    await apply()
    expect(made()).toBe(1)
  })

  it('gets the name from the step', async () => {
    await intend('Kış | ikinci')
    await apply()
    expect((await findEntity(room.store, 'adset', (await row())!.result!))?.name).toBe('Kış | ikinci')
  })

  it('is found by its mark and not made twice if the answer was lost', async () => {
    await intend()
    room.meta.afterWrite = () => {
      throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome' })
    expect((await row())?.outcome).toBe('unknown')
    room.meta.afterWrite = () => {}
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect([made(), (await row())?.result]).toEqual([1, 's1-copy-1'])
  })

  it('that Meta does not list yet is waited for, and is made again only when it can no longer appear', async () => {
    await intend()
    room.meta.before = (call, id) => {
      if (call === 'write' && id === 's1') throw lost()
    }
    await expect(apply()).rejects.toMatchObject({ type: 'unknown-outcome' })
    room.meta.before = () => {}
    await expect(apply()).rejects.toMatchObject({ type: 'not-visible-yet', nonRetryable: false })
    expect(made()).toBe(0)
    room.clock.now += 90_000
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(made()).toBe(1)
  })

  it('is renamed and not made again after a crash between making and renaming it', async () => {
    await intend('Kış | ikinci')
    room.meta.before = (call, id) => {
      if (call === 'write' && id === 's1-copy-1') throw metaError('temporarily-unavailable', { retryable: true })
    }
    await expect(apply()).rejects.toThrow()
    room.meta.before = () => {}
    // Renaming removes its mark, so that only the stored id finds it.
    room.meta.set('s1-copy-1', { name: 'Kış | ikinci' })
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(made()).toBe(1)
  })

  it('that Meta refuses is recorded as refused, with Meta’s reason', async () => {
    await intend()
    room.meta.before = (call) => {
      if (call === 'write') throw metaError('invalid-request')
    }
    await expect(apply()).rejects.toMatchObject({ type: 'invalid-request', nonRetryable: true })
    expect(await row()).toMatchObject({ outcome: 'refused', result: null })
  })
})

describe('the contents of a copied campaign', () => {
  const fill = () => {
    for (const id of ['a1', 'a2', 'a3', 'a4']) room.meta.addAd(ad({ id, name: `Kış | ${id}` }))
    room.meta.addAd(ad({ id: 'a5', adset_id: 's2', name: 'Kış | a5' }))
  }
  const CAMPAIGN = { level: 'campaign', id: 'c1' } as const
  /** Of each copy: its source, and the source of its parent. */
  const places = () =>
    [...room.meta.copies].map(([copy, source]) => {
      const node = room.meta.nodes.get(copy) as unknown as { level: string; adset_id: string; campaign_id: string }
      const parent = node.level === 'campaign' ? null : node.level === 'ad' ? node.adset_id : node.campaign_id
      return `${source} in ${parent === null ? 'the account' : room.meta.copies.get(parent)}`
    })
  const WHOLE = ['c1 in the account', ...['s1', 's2'].map((id) => `${id} in c1`), 'a5 in s2', ...['a1', 'a2', 'a3', 'a4'].map((id) => `${id} in s1`)] // prettier-ignore
  beforeEach(fill)

  it('are copied one by one, however many they are', async () => {
    await intend(null, CAMPAIGN)
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(places().sort()).toEqual([...WHOLE].sort())
    await apply()
    expect(room.meta.writes).toHaveLength(8)
  })

  it('are each copied once, whichever answers are lost and whichever calls never arrive', async () => {
    const fault = fc.record({ write: fc.nat(9), made: fc.boolean(), lists: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 4 }), async (faults) => {
        room = await openActivityRoom()
        fill()
        await intend(null, CAMPAIGN)
        let writes = 0
        const hit = (made: boolean) => {
          const at = faults.find((one) => one.write === writes && one.made === made)
          if (at === undefined) return
          room.meta.showsCopies = at.lists
          writes += 1
          throw lost()
        }
        room.meta.before = (call) => {
          if (call === 'write') hit(false)
        }
        room.meta.afterWrite = () => {
          hit(true)
          writes += 1
        }
        for (let turn = 0; turn < 20 && (await row())?.outcome !== 'confirmed'; turn += 1) {
          await apply().catch(() => {})
          // A copy that was made appears within the time that tetik waits for it.
          room.meta.showsCopies = true
          room.clock.now += turn % 2 === 0 ? 15_000 : 90_000
        }
        expect(places().sort()).toEqual([...WHOLE].sort())
      }),
      { numRuns: 60 },
    )
  })

  it('are copied except for what Meta refuses, which the error names, and the ledger counts the copy as made', async () => {
    await intend(null, CAMPAIGN)
    room.meta.before = (call, id) => {
      if (call === 'write' && id === 'a2') throw metaError('invalid-request')
    }
    const failed = { type: 'incomplete-copy', nonRetryable: true }
    await expect(apply()).rejects.toMatchObject(failed)
    expect(places().sort()).toEqual(WHOLE.filter((one) => one !== 'a2 in s1').sort())
    expect(await row()).toMatchObject({ outcome: 'confirmed', result: 'c1-copy-1' })
    // Repeating the attempt, as after a lost result, ends the same way.
    await expect(apply()).rejects.toMatchObject({ ...failed, message: expect.stringContaining('Kış | a2') as string })
  })

  it('continue where they were after Meta’s rate limit', async () => {
    await intend(null, CAMPAIGN)
    room.meta.before = (call, id) => {
      if (call === 'write' && id === 'a2') throw metaError('rate-limited', { retryable: true })
    }
    await expect(apply()).rejects.toMatchObject({ type: 'rate-limited', nonRetryable: false })
    room.meta.before = () => {}
    // Objects added to the source in the meantime are not part of the copy.
    room.meta.nodes.set('s3', adset({ id: 's3' }))
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    expect(places().sort()).toEqual([...WHOLE].sort())
  })
})

describe('bids, names and labels', () => {
  const set = (field: string, before: string, target: string) =>
    intendMutation(room.store, {
      id: ID,
      decision: null,
      account: 'moda-tr',
      made_by: 'shapes',
      level: 'adset',
      entity_id: 's1',
      field,
      before,
      target,
      intended_at: room.clock.now,
    })

  it.each([
    ['bid_amount', '', '8000', 's1 bid_amount 8000'],
    ['name', 'Kış | Soğuk kitle', 'Kış | yeni', 's1 name Kış | yeni'],
    ['labels', '[]', '["a","b"]', 's1 labels a,b'],
  ])('%s is written once and read back', async (field, before, target, written) => {
    await set(field, before, target)
    expect(await apply()).toMatchObject({ outcome: 'confirmed' })
    await apply()
    expect(room.meta.writes).toEqual([written])
  })

  it('do not overwrite what somebody else set in the meantime', async () => {
    await set('bid_amount', '9000', '8000')
    room.meta.set('s1', { bid_amount: 9_500 })
    await expect(apply()).rejects.toMatchObject({ type: 'changed-meanwhile' })
    expect(room.meta.writes).toEqual([])
  })
})
