import { expect, test } from 'vitest'

import type { Settlement } from '../../engine/change/settlement.js'
import { decisionRow } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import { recordTick } from './decisions.js'
import { budgetChanges, countMutations } from './made-changes.js'
import { findMutation, intendMutation, type Intention, markSent, settleMutation, takeBackSending } from './mutations.js'
import { undoInformation } from './undo.js'

const intention = (change: Partial<Intention> = {}): Intention => ({
  id: 'm',
  decision: null,
  account: 'moda-tr',
  made_by: 'raise-winners',
  level: 'adset',
  entity_id: '120001',
  field: 'daily_budget',
  before: '50000',
  target: '57500',
  intended_at: 10,
  ...change,
})

async function make(store: Store, change: Partial<Intention>, outcome?: Settlement): Promise<void> {
  await intendMutation(store, intention(change))
  if (outcome !== undefined) await settleMutation(store, change.id!, { outcome, at: 99 })
}

test('an existing intention is returned: its target is not computed again', async () => {
  const store = await temporaryStore()
  expect(await intendMutation(store, intention())).toMatchObject({
    isNew: true,
    mutation: { target: '57500', outcome: 'intended' },
  })
  const again = await intendMutation(store, intention({ before: '57500', target: '66125' }))
  expect(again).toMatchObject({ isNew: false, mutation: { before: '50000', target: '57500' } })
})

test('a final outcome stays, and an unknown one may be settled later', async () => {
  const store = await temporaryStore()
  await make(store, { id: 'm' }, 'unknown')
  expect(await settleMutation(store, 'm', { outcome: 'confirmed', at: 20 })).toBe(true)
  expect(await settleMutation(store, 'm', { outcome: 'refused', error: { code: 100 }, at: 30 })).toBe(false)
  expect(await findMutation(store, 'm')).toMatchObject({ outcome: 'confirmed', error_json: null, settled_at: 20 })
  expect(await settleMutation(store, 'nobody', { outcome: 'confirmed', at: 1 })).toBe(false)
})

test('a sending that is taken back is intended again, or refused if the change was ended meanwhile', async () => {
  const store = await temporaryStore()
  const error = { type: 'ended', message: 'Its workflow is gone.' }
  for (const id of ['put-off', 'ended']) {
    await make(store, { id })
    await markSent(store, id, { at: 20, before: '50000', edited: 1 })
    if (id === 'ended') await settleMutation(store, id, { outcome: 'unknown', error, at: 21 })
    await takeBackSending(store, id, 22)
  }
  const unsent = { sent_at: null, last_sent_at: null, edited_before: null }
  expect(await findMutation(store, 'put-off')).toMatchObject({
    ...unsent,
    outcome: 'intended',
    error_json: null,
    settled_at: null,
  })
  const settled = { outcome: 'refused', error_json: JSON.stringify(error), settled_at: 22 }
  expect(await findMutation(store, 'ended')).toMatchObject({ ...unsent, ...settled })
})

test('a mutation of a decision that does not exist is refused', async () => {
  const store = await temporaryStore()
  await expect(intendMutation(store, intention({ decision: 'nobody' }))).rejects.toThrow()
  expect(await findMutation(store, 'm')).toBeUndefined()
})

test('changes that changed or may have changed something are counted, by author and since a time', async () => {
  const store = await temporaryStore()
  await make(store, { id: 'early', intended_at: 5 }, 'confirmed')
  await make(store, { id: 'intended' })
  await make(store, { id: 'confirmed' }, 'confirmed')
  await make(store, { id: 'unknown' }, 'unknown')
  await make(store, { id: 'unchanged' }, 'unchanged')
  await make(store, { id: 'refused' }, 'refused')
  await make(store, { id: 'person', made_by: 'api:token' }, 'confirmed')
  await make(store, { id: 'elsewhere', account: 'other' }, 'confirmed')
  const count = (question: object) => countMutations(store, { account: 'moda-tr', since: 10, ...question })
  expect(await count({})).toBe(4)
  expect(await count({ by: 'rules' })).toBe(3)
  expect(await count({ outcomes: ['refused'] })).toBe(1)
  expect(await count({ since: 5 })).toBe(5)
})

test('counting and intending in one transaction enforces a limit that two changes reach at the same time', async () => {
  const store = await temporaryStore()
  const withinLimit = (id: string) =>
    inTransaction(store, async (transaction) => {
      if ((await countMutations(transaction, { account: 'moda-tr', since: 0 })) >= 3) return false
      await intendMutation(transaction, intention({ id }))
      return true
    })
  const made = await Promise.all(['1', '2', '3', '4', '5'].map(withinLimit))
  expect(made.filter(Boolean)).toHaveLength(3)
})

test('budget changes of an entity are returned in order, without refused ones', async () => {
  const store = await temporaryStore()
  await make(store, { id: 'b', intended_at: 20, before: '57500', target: '60000' })
  await make(store, { id: 'a', intended_at: 10 }, 'confirmed')
  await make(store, { id: 'old', intended_at: 1 }, 'confirmed')
  await make(store, { id: 'no', intended_at: 15 }, 'refused')
  await make(store, { id: 'status', intended_at: 15, field: 'status' }, 'confirmed')
  const changes = await budgetChanges(store, 'moda-tr', '120001', 5)
  expect(changes.map(({ id }) => id)).toEqual(['a', 'b'])
})

test('undo lists the changes, latest first, and who changed the fields since', async () => {
  const store = await temporaryStore()
  await recordTick(store, { states: [], decisions: [decisionRow({ id: 'd1' }), decisionRow({ id: 'd2' })] })
  await make(
    store,
    { id: 'pause', decision: 'd1', field: 'status', before: 'ACTIVE', target: 'PAUSED', intended_at: 1 },
    'confirmed',
  )
  await make(store, { id: 'raise', decision: 'd1', intended_at: 2 }, 'confirmed')
  await make(store, { id: 'again', decision: 'd1', intended_at: 3, before: '57500', target: '60000' }, 'confirmed')
  await make(store, { id: 'no', decision: 'd1', intended_at: 4 }, 'refused')
  await make(store, { id: 'later', decision: 'd2', intended_at: 5 }, 'confirmed')
  await make(store, { id: 'elsewhere', account: 'other', field: 'status', intended_at: 6 }, 'confirmed')
  const undo = await undoInformation(store, 'd1')
  expect(undo.map(({ mutation, supersededBy }) => [mutation.id, supersededBy?.id ?? null])).toEqual([
    ['again', 'later'],
    ['raise', 'later'],
    ['pause', null],
  ])
})
