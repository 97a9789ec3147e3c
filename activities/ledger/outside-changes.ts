/**
 * What somebody else changed at Meta: in Ads Manager, or by another tool. It is read off two states of an entity, less what
 * our own ledger explains. A person's change wins over rules, so what is missed here would be a rule against a person.
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

/** Who holds a pause that was made in Ads Manager. */
export const PERSON = 'person'

export interface OutsideChange {
  readonly level: Entity['level']
  readonly id: string
  readonly field: ChangeableField
  readonly before: LedgerValue
  readonly after: LedgerValue
}

/** How long a change may be unsettled, or a write with unknown outcome become visible, milliseconds. */
const LATE = 30 * 60_000
/** A sync's answer is dated by its beginning; a change of ours during it may be in the answer all the same. */
const SYNC = 5 * 60_000

/**
 * The changes between what was known and what Meta says now that the ledger does not explain.
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
    // What was learned later than this answer, by a read-back, is the newer truth.
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
 * Keeps the holds as the person wants them: who started an entity ended every pause, who paused it holds it.
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

/** The failure of a change that somebody else's came between. */
export const CHANGED_MEANWHILE = 'changed-meanwhile'

/** Whether a change was not made, or not made again, because somebody outside changed the entity in between. */
export function wasChangedMeanwhile({ outcome, error_json: error }: Pick<Row<'mutations'>, 'outcome' | 'error_json'>): boolean {
  if ((outcome !== 'refused' && outcome !== 'superseded') || error === null) return false
  return (JSON.parse(error) as { readonly type?: unknown } | null)?.type === CHANGED_MEANWHILE
}

/** The value of a revision as the store keeps it. */
export const valueOfRevision = (row: Row<'entities'>, field: ChangeableField): LedgerValue =>
  valueOf({ ...row, dailyBudget: row.daily_budget, lifetimeBudget: row.lifetime_budget, fields: fieldsOf(row) }, field)

const fieldsOf = ({ fields_json: json }: Row<'entities'>) => JSON.parse(json) as Readonly<Record<string, unknown>>

/** Whether we, or a person through us, made the field this between two readings of it. */
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
  // An unconfirmed change may become visible at any time for a while.
  const times = { from, unconfirmedFrom: from - LATE, intendedBy: to + SYNC }
  return await mayHaveArrived(store, { account, entityId, field }, encodeValue(value), times)
}
