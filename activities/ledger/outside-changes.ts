/**
 * Finds what somebody else changed at Meta, in Ads Manager or with another tool: the difference between two readings of an entity,
 * except what our own ledger explains. People's changes take precedence over rules, so a change that is missed here would let a
 * rule override a person.
 */

import {
  CHANGEABLE_FIELDS,
  type ChangeableField,
  encodeValue,
  type LedgerValue,
  sameValue,
  valueOf,
} from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { mayHaveArrived } from '../../store/decisions/changes-of-entity.js'
import { holdPause, releaseAllPauses } from '../../store/decisions/pause-holds.js'
import type { Row } from '../../store/tables/tables.js'

/** The holder of a pause that a person made. */
export const PERSON = 'person'

export interface OutsideChange {
  readonly level: Entity['level']
  readonly id: string
  readonly field: ChangeableField
  readonly before: LedgerValue
  readonly after: LedgerValue
}

/** How long a change may stay unsettled, or a write with unknown outcome take to become visible, in milliseconds. */
const LATE = 30 * 60_000
/** In milliseconds. A sync is dated by its start, but its answers may contain a change that we made during it. */
const SYNC = 5 * 60_000

/**
 * Returns the differences between the known entities and Meta's current ones that the ledger does not explain.
 *
 * @param at when Meta was asked, epoch milliseconds
 */
export async function outsideChanges(
  store: Store,
  account: string,
  before: readonly (Entity & { readonly learnedAt: number })[],
  now: readonly Entity[],
  at: number,
): Promise<OutsideChange[]> {
  const known = new Map(before.map((entity) => [`${entity.level}/${entity.id}`, entity]))
  const found: OutsideChange[] = []
  for (const entity of now) {
    const earlier = known.get(`${entity.level}/${entity.id}`)
    // An entity that was read after this request, for example to check a change, is newer than its answer.
    if (earlier === undefined || earlier.learnedAt >= at) continue
    for (const field of CHANGEABLE_FIELDS) {
      const [was, is] = [valueOf(earlier, field), valueOf(entity, field)]
      if (sameValue(was, is)) continue
      const ours = await ledgerExplains(store, account, entity.id, field, is, earlier.learnedAt, at)
      if (!ours) found.push({ level: entity.level, id: entity.id, field, before: was, after: is })
    }
  }
  return found
}

/**
 * Updates the holds of pauses: a person who started an entity released all of them, one who paused it holds it.
 */
export async function honourOutsideChanges(
  store: Store,
  account: string,
  changes: readonly OutsideChange[],
  at: number,
): Promise<void> {
  for (const { field, id, after } of changes) {
    if (field !== 'status') continue
    const status = encodeValue(after)
    if (status === 'ACTIVE') await releaseAllPauses(store, account, id, at)
    if (status === 'PAUSED') await holdPause(store, { account, entityId: id, holder: PERSON, decision: null, since: at })
  }
}

/** The type of the failure if somebody else changed the entity in the meantime. */
export const CHANGED_MEANWHILE = 'changed-meanwhile'

/** Whether a change was not made, or not made again, because somebody outside changed the entity in between. */
export function wasChangedMeanwhile({ outcome, error_json: error }: Pick<Row<'mutations'>, 'outcome' | 'error_json'>): boolean {
  if ((outcome !== 'refused' && outcome !== 'superseded') || error === null) return false
  return (JSON.parse(error) as { readonly type?: unknown } | null)?.type === CHANGED_MEANWHILE
}

/** Returns the value of a field in a stored revision. */
export const valueOfRevision = (row: Row<'entities'>, field: ChangeableField): LedgerValue =>
  valueOf({ ...row, dailyBudget: row.daily_budget, lifetimeBudget: row.lifetime_budget, fields: fieldsOf(row) }, field)

const fieldsOf = ({ fields_json: json }: Row<'entities'>) => JSON.parse(json) as Readonly<Record<string, unknown>>

/** Whether tetik, or a person through it, set the field to this value between two readings. */
export async function ledgerExplains(
  store: Store,
  account: string,
  entityId: string,
  field: ChangeableField,
  value: LedgerValue,
  from: number,
  to: number,
): Promise<boolean> {
  if (value.kind === 'unset') return false
  // For a while, an unconfirmed change may become visible at any time.
  const times = { from, unconfirmedFrom: from - LATE, intendedBy: to + SYNC }
  return await mayHaveArrived(store, { account, entityId, field }, encodeValue(value), times)
}
