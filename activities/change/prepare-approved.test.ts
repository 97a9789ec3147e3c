/** Suggestions that somebody applied: they are checked again before anything is written, with the guardrails of rules. */

import { beforeEach, describe, expect, it } from 'vitest'

import { saveStructure } from '../../store/account/entities.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { findMutation } from '../../store/decisions/mutations.js'
import { type ChangeRequest, findRequest, requestChange } from '../../store/decisions/requested-changes.js'
import { type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { requestRow } from '../../test/support/rows.js'
import { entityOf } from '../sync/sync-structure.js'
import { applyMutation } from './apply-mutation.js'
import { prepareChange } from './prepare-change.js'

const account = 'moda-tr'

let room: ActivityRoom
beforeEach(async () => {
  const settings = {
    ...SETTINGS,
    accounts: SETTINGS.accounts.map((one) => ({ ...one, guardrails: { ...one.guardrails, ceiling: 1_000_000 } })),
  }
  room = await openActivityRoom(settings)
  const nodes = [campaign(), ...['s1', 's2'].map((id) => adset({ id, name: id }))]
  for (const node of nodes) room.meta.nodes.set(node.id, node)
  const structure = {
    account,
    levels: ['campaign', 'adset', 'ad'] as const,
    entities: nodes.map(entityOf),
    learnedAt: NOON - 60_000,
  }
  await saveStructure(room.store, structure)
  for (const kind of ['structure', 'days'] as const) {
    const range = kind === 'structure' ? { since: null, until: null } : { since: '2026-01-01', until: '2026-03-10' }
    await finishSync(
      room.store,
      await beginSync(room.store, { account, kind, ...range, startedAt: NOON - 60_000 }),
      NOON - 59_000,
    )
  }
})

/** As the API stores it when somebody applies a suggestion, and as its workflow names it. */
async function prepare(of: Partial<ChangeRequest>) {
  const wanted = { id: 'suggestion-1-0', account, made_by: 'suggestion:1', entity_id: 's1', target: '55000' }
  const request = await requestChange(room.store, requestRow({ ...wanted, approved_before: '50000', requested_at: NOON, ...of }))
  return await room.run(prepareChange(room.dependencies), { mutation: request.id })
}

describe('an approved suggestion', () => {
  it('is written to the ledger and made at Meta', async () => {
    expect(await prepare({})).toMatchObject({ kind: 'change' })
    expect(await findMutation(room.store, 'suggestion-1-0')).toMatchObject({
      made_by: 'suggestion:1',
      before: '50000',
      target: '55000',
      outcome: 'intended',
    })
    await room.run(applyMutation(room.dependencies), { account, mutation: 'suggestion-1-0' })
    expect(room.meta.writes).toEqual(['s1 daily_budget 55000'])
  })

  it('is the same change if it is prepared again after a crash', async () => {
    await prepare({})
    expect(await prepare({ target: '99000', approved_before: '1' })).toMatchObject({ kind: 'change' })
    expect(await findMutation(room.store, 'suggestion-1-0')).toMatchObject({ target: '55000' })
  })

  it('is not made if somebody has changed the value since', async () => {
    const node = room.meta.nodes.get('s1')!
    room.meta.nodes.set('s1', { ...node, daily_budget: 70_000 })
    expect(await prepare({})).toMatchObject({ kind: 'refused', note: expect.stringContaining('no longer as it was') as string })
    expect(await findMutation(room.store, 'suggestion-1-0')).toBeUndefined()
  })

  it('is refused by guardrails, with the reason', async () => {
    const held = expect.stringContaining('20%') as string
    expect(await prepare({ target: '90000' })).toMatchObject({ kind: 'refused', note: held })
    // The person who requested it reads why, although the ledger has no row for it.
    expect(await findRequest(room.store, 'suggestion-1-0')).toMatchObject({ refusal: held })
    const pause = { field: 'status', target: 'PAUSED', approved_before: 'ACTIVE' } as const
    expect(await prepare({ ...pause, id: 'suggestion-2-0' })).toMatchObject({ kind: 'change' })
    expect(await prepare({ ...pause, id: 'suggestion-3-0', entity_id: 's2' })).toMatchObject({ kind: 'refused' })
    expect(room.meta.writes).toEqual([])
  })

  it('is checked by guardrails, while a person’s own change is not', async () => {
    const own = { id: 'k-1', made_by: 'api:token', target: '90000', approved_before: null }
    expect(await prepare(own)).toMatchObject({ kind: 'change' })
  })
})
