import { beforeEach, describe, expect, it } from 'vitest'

import { prepareChange } from '../../activities/change/prepare-change.js'
import { undoAsJson, undoForPeople } from '../../cli/views/undo.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { findRequest } from '../../store/decisions/requested-changes.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { decisionRow } from '../../test/support/rows.js'
import { writeDownChange } from '../temporal/start-change.js'
import { planUndo } from './undo.js'

let room: ActivityRoom
let at: number
beforeEach(async () => {
  room = await openActivityRoom()
  at = room.clock.now
  const decisions = ['d1', 'd2'].map((id) => decisionRow({ id, account: 'moda-tr' }))
  await recordTick(room.store, { states: [], decisions })
})

async function change(
  id: string,
  field: string,
  before: string,
  target: string,
  more: { decision?: string | null; madeBy?: string } = {},
) {
  const { decision = 'd1', madeBy = 'pause-expensive' } = more
  const row = {
    id,
    decision,
    account: 'moda-tr',
    made_by: madeBy,
    level: 'adset',
    entity_id: 's1',
    field,
    before,
    target,
  } as const
  await intendMutation(room.store, { ...row, intended_at: ++at })
  await settleMutation(room.store, id, { outcome: 'confirmed', at: ++at })
}
const plan = () => planUndo(room.store, ACCOUNT, room.meta.client, 'd1', { groups: [], now: room.clock.now })

describe('undoing a decision', () => {
  it('restores values that nobody has changed since', async () => {
    await change('m1', 'status', 'ACTIVE', 'PAUSED')
    room.meta.set('s1', { status: 'PAUSED' })
    expect(await plan()).toMatchObject([
      {
        entityName: 'Kış | Soğuk kitle',
        because: null,
        change: { field: 'status', target: 'ACTIVE', madeBy: { kind: 'person', name: 'undo' } },
      },
    ])
  })

  it('restores the value before the first of several changes', async () => {
    await change('m1', 'daily_budget', '50000', '55000')
    await change('m2', 'daily_budget', '55000', '60000')
    room.meta.set('s1', { daily_budget: 60_000 })
    expect(await plan()).toMatchObject([{ before: '50000', after: '60000', change: { target: '50000' } }])
  })

  it('warns of what guardrails would refuse a rule, and stores the warnings with the change', async () => {
    await change('m1', 'daily_budget', '90000', '55000')
    room.meta.set('s1', { daily_budget: 55_000 })
    const [item] = await plan()
    expect(item!.warnings).toEqual(expect.arrayContaining([expect.stringContaining('is a step of 63.6%')]))
    const { id } = await writeDownChange(room.store, item!.change!, room.clock.now)
    expect(JSON.parse((await findRequest(room.store, id))!.warnings_json)).toEqual(item!.warnings)
    const shown = undoForPeople({ decision: 'd1', rule: 'r', items: [{ ...item!, restored: null }] })
    for (const warning of item!.warnings) expect(shown).toContain(`    warning: ${warning}\n`)
    expect(JSON.parse(undoAsJson({ decision: 'd1', rule: 'r', items: [{ ...item!, restored: null }] }))).toMatchObject({
      items: [{ warnings: item!.warnings }],
    })
  })

  it('has nothing to do if the decision restored the value itself', async () => {
    await change('m1', 'status', 'ACTIVE', 'PAUSED')
    await change('m2', 'status', 'PAUSED', 'ACTIVE')
    expect(await plan()).toEqual([])
  })

  it('leaves values that were changed since, in Ads Manager, by the API or by another rule', async () => {
    await change('m1', 'daily_budget', '50000', '55000')
    room.meta.set('s1', { daily_budget: 70_000 })
    expect(await plan()).toMatchObject([{ because: 'it is TRY\u00a0700.00 now: somebody changed it since', change: null }])
    room.meta.set('s1', { daily_budget: 55_000 })
    expect(await plan()).toMatchObject([{ because: null }])
    // A person has set the same value again: the latest change is theirs.
    await change('m2', 'daily_budget', '55000', '55000', { decision: null, madeBy: 'api:token' })
    expect(await plan()).toMatchObject([{ because: 'a person changed it since', change: null }])
  })

  it('is the same change however often it is requested', async () => {
    await change('m1', 'status', 'ACTIVE', 'PAUSED')
    room.meta.set('s1', { status: 'PAUSED' })
    const [first, second] = [await plan(), await plan()]
    expect(first[0]?.change?.id).toBe(second[0]?.change?.id)
  })

  it('restores names and labels, and reports what it cannot restore', async () => {
    await change('m1', 'name', 'a', 'Kış | Soğuk kitle')
    await change('m2', 'copy', '', '{"mark":" | copy 1","name":null}')
    await change('m3', 'bid_amount', '', '9000')
    room.meta.set('s1', { bid_amount: 9_000 })
    expect((await plan()).map(({ field, because, change }) => [field, because, change?.target, change?.restoresFrom])).toEqual([
      ['bid_amount', 'there was none before, and Meta cannot remove a bid', undefined, undefined],
      ['copy', 'the copy stays; it was created paused', undefined, undefined],
      ['name', null, 'a', 'Kış | Soğuk kitle'],
    ])
  })

  it('is refused if somebody changes the value before it is made', async () => {
    await change('m1', 'daily_budget', '50000', '55000')
    room.meta.set('s1', { daily_budget: 55_000 })
    const [item] = await plan()
    const { id } = await writeDownChange(room.store, item!.change!, room.clock.now)
    room.meta.set('s1', { daily_budget: 70_000 })
    const prepared = await room.run(prepareChange(room.dependencies), { mutation: id })
    expect(prepared).toMatchObject({ kind: 'refused' })
    expect(room.meta.writes).toEqual([])
  })
})
