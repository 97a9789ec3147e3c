/**
 * When people last changed an entity, in Ads Manager, in the panel or through the API, by kind of change. `hands_off` uses this.
 */

import { HANDS_OFF_KINDS, type HandsOffKind } from '../../engine/account/account.js'
import { CHANGEABLE_FIELDS, sameValue } from '../../engine/change/ledger-value.js'
import type { Entity } from '../../store/account/entities.js'
import { revisionsSince } from '../../store/account/entity-revisions.js'
import type { Store } from '../../store/base/store.js'
import { changesOfPersons, unmadeChanges } from '../../store/decisions/changes-of-entity.js'
import { authorOf } from './author-of.js'
import { ledgerExplains, valueOfRevision, wasChangedMeanwhile } from './outside-changes.js'

export type PersonChanges = Readonly<Record<HandsOffKind, number | null>>

export const NO_PERSON: PersonChanges = { status: null, budget: null, bid: null }
export const NOBODY: Readonly<Record<HandsOffKind, string | null>> = { status: null, budget: null, bid: null }

interface Asked {
  readonly account: string
  readonly entity: { readonly level: Entity['level']; readonly id: string }
  /** Earlier changes are ignored, epoch milliseconds. */
  readonly since: number
}

/** Returns for each kind the time of the last change since `since`, in epoch milliseconds; null if there was none. */
export async function personChanges(store: Store, asked: Asked): Promise<PersonChanges> {
  const last = new Map<HandsOffKind, number>()
  const note = (field: string, at: number | null): void => {
    const kind = kindOf(field)
    if (kind !== null && at !== null && at >= asked.since) last.set(kind, Math.max(at, last.get(kind) ?? 0))
  }
  for (const { field, at } of await throughUs(store, asked)) note(field, at)
  await outside(store, asked, last, note)
  return Object.fromEntries(HANDS_OFF_KINDS.map((kind) => [kind, last.get(kind) ?? null])) as PersonChanges
}

/** Returns null for fields that `hands_off` does not cover: a name, labels, a copy. */
function kindOf(field: string): HandsOffKind | null {
  if (field === 'status') return 'status'
  if (field === 'daily_budget' || field === 'lifetime_budget') return 'budget'
  return field === 'bid_amount' ? 'bid' : null
}

/**
 * Returns people's changes through tetik: made, in progress, or replaced by a later one of theirs; and outside changes that a
 * rule's change ran into.
 */
async function throughUs(store: Store, { account, entity: { id: entityId }, since }: Asked) {
  const asked = { account, entityId, since }
  // If a person undid a rule's change between two readings, no revision shows it.
  const met = (await unmadeChanges(store, asked)).filter(wasChangedMeanwhile)
  return [...(await changesOfPersons(store, asked)), ...met.map(({ field, settled_at: at }) => ({ field, at }))]
}

/** Notes the differences between successive revisions that our own ledger does not explain. */
async function outside(
  store: Store,
  { account, entity, since }: Asked,
  known: ReadonlyMap<HandsOffKind, number>,
  note: (field: string, at: number) => void,
): Promise<void> {
  const revisions = await revisionsSince(store, account, { level: entity.level, id: entity.id, since })
  for (const [index, revision] of revisions.entries()) {
    const earlier = revisions[index - 1]
    if (earlier === undefined) continue
    for (const field of CHANGEABLE_FIELDS) {
      const [was, is] = [valueOfRevision(earlier, field), valueOfRevision(revision, field)]
      if (sameValue(was, is) || revision.learned_at <= (known.get(kindOf(field)!) ?? 0)) continue
      const ours = await ledgerExplains(store, account, entity.id, field, is, earlier.learned_at, revision.learned_at)
      if (!ours) note(field, revision.learned_at)
    }
  }
}

/**
 * Returns who made these changes, from Meta's activity log, which is read hourly. Changes by another app or by Meta itself count as
 * a person's, and the app or Meta is named. Null for changes made through tetik, whose author is in the ledger, and if the log has
 * no entry yet.
 */
export async function authorsOf(
  store: Store,
  account: string,
  entity: Pick<Entity, 'level' | 'id' | 'dailyBudget'>,
  changes: PersonChanges,
): Promise<Readonly<Record<HandsOffKind, string | null>>> {
  const fields = {
    status: 'status',
    budget: entity.dailyBudget === null ? 'lifetime_budget' : 'daily_budget',
    bid: 'bid_amount',
  } as const
  const found: Record<HandsOffKind, string | null> = { ...NOBODY }
  for (const kind of HANDS_OFF_KINDS) {
    const at = changes[kind]
    const author = at === null ? null : await authorOf(store, account, entity, fields[kind], at)
    if (author === null || author.kind === 'tetik') continue
    found[kind] = author.kind === 'meta' ? 'Meta' : author.kind === 'app' ? author.application : author.name
  }
  return found
}
