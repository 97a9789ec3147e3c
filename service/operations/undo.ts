/** Undoes what a decision changed at Meta: plans it for showing; each value is then restored as a person's change. */

import { createHash } from 'node:crypto'

import { personWarnings } from '../../activities/change/person-warnings.js'
import { entityOf } from '../../activities/sync/sync-structure.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import type { Account, Group } from '../../engine/account/account.js'
import { isPersons } from '../../engine/change/author.js'
import { changeInWords } from '../../engine/change/in-words.js'
import { type LedgerValue, sameValue, targetOf, valueInWords, valueOf } from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import type { Store } from '../../store/base/store.js'
import { type Mutation } from '../../store/decisions/mutations.js'
import { undoInformation } from '../../store/decisions/undo.js'
import type { WantedChange } from '../temporal/start-change.js'

/** One value that the decision changed, once or several times. */
export interface UndoItem {
  readonly level: Mutation['level']
  readonly entityId: string
  /** Null if the entity no longer exists at Meta. */
  readonly entityName: string | null
  readonly field: string
  /** The value before the decision, which would be restored. */
  readonly before: string
  /** The value that the decision set. */
  readonly after: string
  /** `budget ₺575.00 → ₺500.00` */
  readonly words: string
  /** Why it is not restored; null where it can be. */
  readonly because: string | null
  /** What guardrails would refuse a rule; empty if nothing is restored. */
  readonly warnings: readonly string[]
  /** The change that restores it; null if nothing is restored. */
  readonly change: WantedChange | null
}

/** The first and last of a decision's changes of one value. */
interface ChangedValue {
  readonly first: Mutation
  readonly last: Mutation
  readonly supersededBy: Mutation | null
}

type RestorableField = WantedChange['field']
const RESTORABLE: readonly string[] = [
  'status',
  'daily_budget',
  'lifetime_budget',
  'bid_amount',
  'name',
  'labels',
] satisfies RestorableField[]

/**
 * Returns what undoing the decision would restore, latest change first. Reads each value from Meta: one that differs from what the
 * decision set was changed since, and is left alone.
 *
 * @throws MetaError
 */
export async function planUndo(
  store: Store,
  account: Account,
  meta: Pick<MetaClient, 'readEntity'>,
  decision: string,
  { groups, now }: { readonly groups: readonly Group[]; readonly now: number },
): Promise<UndoItem[]> {
  const made = await undoInformation(store, decision)
  const values = new Map<string, ChangedValue>()
  // Latest first, so that the last one seen of a value has the value before the decision.
  for (const { mutation, supersededBy } of made) {
    const key = `${mutation.level}/${mutation.entity_id}/${mutation.field}`
    const known = values.get(key)
    values.set(key, known === undefined ? { first: mutation, last: mutation, supersededBy } : { ...known, first: mutation })
  }
  const items: UndoItem[] = []
  for (const { first, last, supersededBy } of values.values()) {
    if (first.before === last.target) continue
    const current = await readNow(meta, last)
    const because = whyNot({ first, last, supersededBy }, current?.value ?? null, current !== null, account.currency)
    const { field } = last
    const warnings =
      because === null && current !== null && isGuarded(field)
        ? await personWarnings(store, account, groups, current.entity, { field, target: first.before }, now)
        : []
    items.push({
      level: last.level,
      entityId: last.entity_id,
      entityName: current?.name ?? null,
      field: last.field,
      before: first.before,
      after: last.target,
      words:
        last.field === 'copy'
          ? 'the copy'
          : changeInWords({ field: last.field, before: last.target, target: first.before }, account).summary,
      because,
      warnings,
      change: because === null ? { ...changeOf(account, decision, last, first.before), warnings } : null,
    })
  }
  return items
}

/** Guardrails only concern statuses and budgets. */
const isGuarded = (field: string): field is 'status' | 'daily_budget' | 'lifetime_budget' =>
  field === 'status' || field === 'daily_budget' || field === 'lifetime_budget'

async function readNow(
  meta: Pick<MetaClient, 'readEntity'>,
  { level, entity_id: id, field }: Mutation,
): Promise<{ readonly name: string; readonly value: LedgerValue | null; readonly entity: Entity } | null> {
  const node = await meta.readEntity(level as 'adset', id).catch((error: unknown) => {
    if (error instanceof Error && 'kind' in error && error.kind === 'not-found') return null
    throw error
  })
  if (node === null) return null
  const entity = entityOf(node)
  return { name: node.name, value: RESTORABLE.includes(field) ? valueOf(entity, field as RestorableField) : null, entity }
}

function whyNot(
  { first, last, supersededBy }: ChangedValue,
  value: LedgerValue | null,
  isThere: boolean,
  currency: string,
): string | null {
  if (!isThere) return 'it no longer exists at Meta'
  if (last.field === 'copy') return `the copy${last.result === null ? '' : ` ${last.result}`} stays; it was created paused`
  if (!RESTORABLE.includes(last.field)) return 'it cannot be restored from here'
  if (first.before === '') return 'there was none before, and Meta cannot remove a bid'
  if (supersededBy !== null) {
    const who = isPersons(supersededBy) ? 'a person' : supersededBy.made_by
    return `${who} changed it since`
  }
  const now = value ?? { kind: 'unset' }
  return sameValue(now, targetOf(last))
    ? null
    : `it is ${valueInWords(now, { language: 'en', currency })} now: somebody changed it since`
}

/** The request's id is derived from the change that it undoes, so that repeating an undo is the same change. */
const changeOf = (account: Account, decision: string, last: Mutation, target: string): WantedChange => ({
  id: `undo-${createHash('sha256').update(`${decision} ${last.id}`).digest('hex').slice(0, 16)}`,
  account: account.name,
  madeBy: { kind: 'person', name: 'undo' },
  level: last.level,
  entityId: last.entity_id,
  field: last.field as RestorableField,
  target,
  restoresFrom: last.target,
})
