/** Whatever answers are lost and in whatever order attempts run, a person's latest change is never overwritten. */

import fc from 'fast-check'
import { expect, it } from 'vitest'

import { findMutation, intendMutation } from '../../store/decisions/mutations.js'
import { requestChange } from '../../store/decisions/requested-changes.js'
import { openActivityRoom } from '../../test/support/activity-room.js'
import { adset, metaError } from '../../test/support/meta-double.js'
import { requestRow } from '../../test/support/rows.js'
import { applyMutation } from './apply-mutation.js'
import { prepareChange } from './prepare-change.js'

type Fault = 'none' | 'lost-before' | 'lost-after'
type Step =
  | { readonly kind: 'rule'; readonly fault: Fault }
  /** `waits`: prepared, and not tried before a later `retry`. */
  | { readonly kind: 'person'; readonly fault: Fault; readonly waits: boolean }
  /** A person in Ads Manager sets a value of their own, or one that a change of ours had set before. */
  | { readonly kind: 'outside'; readonly again: number | null }
  | { readonly kind: 'retry'; readonly which: number; readonly fault: Fault }

const fault = fc.constantFrom<Fault>('none', 'lost-before', 'lost-after')
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('person' as const), fault, waits: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rule' as const), fault }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('outside' as const), again: fc.option(fc.nat(6)) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('retry' as const), which: fc.nat(6), fault }) },
)

interface Made {
  readonly id: string
  readonly value: number
  readonly isPersons: boolean
}

async function play(steps: readonly Step[]): Promise<void> {
  const room = await openActivityRoom()
  const { store, meta, dependencies, run } = room
  meta.nodes.set('s1', adset({ daily_budget: 50_000 }))
  let next: Fault = 'none'
  const edit = (): void => meta.set('s1', { updated_time: room.clock.now })
  meta.before = (call) => {
    if (call === 'write' && next === 'lost-before') throw metaError('unknown-outcome', { mayHaveBeenCarriedOut: true })
  }
  meta.afterWrite = () => {
    edit()
    if (next === 'lost-after') throw metaError('unknown-outcome', { mayHaveBeenCarriedOut: true })
  }

  /** Every value that was set or requested for the field, in order. */
  const words: { readonly id: string | null; readonly value: number; readonly isPersons: boolean }[] = []
  const changes: Made[] = []
  const overwritten: string[] = []
  const apply = async ({ id, value }: Made, how: Fault): Promise<void> => {
    next = how
    const before = meta.writes.length
    await run(applyMutation(dependencies), { mutation: id }).catch(() => undefined)
    next = 'none'
    const own = words.findIndex((word) => word.id === id)
    const hasWritten = meta.writes.length > before
    if (hasWritten && words.slice(own + 1).some(({ isPersons }) => isPersons)) overwritten.push(`${id} ${value}`)
  }
  const isOpen = async ({ id }: Made): Promise<boolean> =>
    ['intended', 'unknown'].includes((await findMutation(store, id))?.outcome ?? 'none')

  /** Only values of confirmed changes, because a person’s value looks the same as one of ours that may still arrive. */
  const madeBefore = async (): Promise<number[]> => {
    const rows = await Promise.all(changes.map(({ id }) => findMutation(store, id)))
    return rows.filter((row) => row?.outcome === 'confirmed').map((row) => Number(row!.target))
  }

  for (const [index, one] of steps.entries()) {
    // Longer than clocks may differ.
    room.clock.now += 5_000
    if (one.kind === 'outside') {
      const old = one.again === null ? [] : await madeBefore()
      const value = old.length === 0 ? 60_000 + index * 100 : old[one.again! % old.length]!
      meta.set('s1', { daily_budget: value })
      edit()
      words.push({ id: null, value, isPersons: true })
    } else if (one.kind === 'retry') {
      const again = changes[one.which % Math.max(1, changes.length)]
      if (again !== undefined && (await isOpen(again))) await apply(again, one.fault)
    } else {
      const value = 60_000 + index * 100
      const made = { id: `${one.kind}-${index}`, value, isPersons: one.kind === 'person' }
      words.push(made)
      changes.push(made)
      if (made.isPersons) {
        await requestChange(
          store,
          requestRow({ id: made.id, entity_id: 's1', target: String(value), requested_at: room.clock.now }),
        )
        await run(prepareChange(dependencies), { mutation: made.id })
      } else {
        await intendMutation(store, {
          ...{ id: made.id, account: 'moda-tr', made_by: 'a-rule', level: 'adset', entity_id: 's1', field: 'daily_budget' },
          ...{ before: String(meta.nodes.get('s1')!.daily_budget), target: String(value), intended_at: room.clock.now },
          edited_when_prepared: meta.nodes.get('s1')!.updated_time,
        })
      }
      if (one.kind === 'rule' || !one.waits) await apply(made, one.fault)
    }
  }
  for (const made of changes) if (await isOpen(made)) await apply(made, 'none')

  expect(overwritten).toEqual([])
  expect(await Promise.all(changes.map(isOpen))).not.toContain(true)
  const last = words.findLastIndex(({ isPersons }) => isPersons)
  const now = meta.nodes.get('s1')!.daily_budget
  // A rule may write after the last person, but may only overwrite a value that is not the person's.
  const rulesSince = words.slice(last + 1).map(({ value }) => value)
  if (last >= 0) expect([words[last]!.value, ...rulesSince]).toContain(now)
  // A change that the ledger calls refused was never written.
  for (const { id, value } of changes) {
    const row = await findMutation(store, id)
    if (row?.outcome === 'refused') expect(meta.writes).not.toContain(`s1 daily_budget ${value}`)
    if (row?.outcome === 'confirmed') expect(meta.writes).toContain(`s1 daily_budget ${value}`)
  }
  await store.close()
}

it('holds for any sequence of changes, lost answers, edits in Ads Manager and tries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), (steps) => play(steps)),
    { numRuns: 80 },
  )
}, 180_000)
