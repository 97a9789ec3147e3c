/** Changes at Meta, and who holds what paused. Conventions as in `../tables.ts`. */

import type { Generated } from 'kysely'

import type { Settlement } from '../../engine/change/settlement.js'

/** The ledger of changes at Meta, written before a change is tried. `before` and `after` are what undo needs. */
export interface MutationTable {
  /** `<decision>/<step>`, of a person’s change its request: trying again finds the same row. */
  id: string
  decision: string | null
  account: string
  /** A rule's id, or `api:<who>`. */
  made_by: string
  level: 'campaign' | 'adset' | 'ad'
  entity_id: string
  /** `status`, `daily_budget`, `lifetime_budget`, `bid_amount`, `name`, `labels` (a JSON list), `copy` (of this entity). */
  field: string
  before: string
  target: string
  /** Where it is `superseded` and `sent_at` is set, it is not known whether it had been made before that. */
  outcome: 'intended' | Settlement
  /** Of a copy: its id, as soon as that is known. */
  result: Generated<string | null>
  error_json: string | null
  intended_at: number
  settled_at: number | null
  /** Of two changes of one field the higher number is the later one. Of a person's change it is that of its request. */
  order_number: number
  /** When it was first sent to Meta; null while it certainly was not. */
  sent_at: Generated<number | null>
  /** When it was last sent to Meta: from then on counts how long it may still arrive. Null where `sent_at` is. */
  last_sent_at: Generated<number | null>
  /** When Meta answered that it took the change; null where no answer was heard. */
  answered_at: Generated<number | null>
  /** Meta's own date of the entity's last edit, as read when the change was prepared; null where nothing was read for it. */
  edited_when_prepared: Generated<number | null>
  /** The same, as read just before the first sending. */
  edited_before: Generated<number | null>
  /** The same, as read when the change was confirmed. */
  edited_after: Generated<number | null>
}

/**
 * A change that a person requested, stored by the part that authenticated them, before a workflow is started: the workflow gets
 * only its id. Once it was prepared it has a row in `mutations` under the same id.
 */
export interface RequestedChangeTable {
  id: string
  account: string
  /** `api:<who>`, or `suggestion:<id>`. */
  made_by: string
  level: 'campaign' | 'adset' | 'ad'
  entity_id: string
  field: 'status' | 'daily_budget' | 'lifetime_budget' | 'bid_amount' | 'name' | 'labels'
  target: string
  /** What the field was as far as the store knew when it was asked for; null where it did not know. */
  known: string | null
  /** Of an undo: nothing is done where the value is no longer this one. */
  restores_from: string | null
  /** Of a suggestion that was approved: guardrails are asked, and nothing is done where the value is no longer this one. */
  approved_before: string | null
  order_number: number
  requested_at: number
  /** A sentence that says why it was not even begun; null otherwise. */
  refusal: string | null
  refused_at: number | null
  /** What the guardrails would have refused a rule for when it was asked for: a JSON list of sentences in English. */
  warnings_json: Generated<string>
}

/** Who is at work on a field of an entity: nobody else reads and writes it meanwhile. */
export interface FieldClaimTable {
  account: string
  entity_id: string
  field: string
  holder: string
  /** Of the change that is at work. */
  order_number: number
  /** Not renewed until then, it holds nobody back. */
  until: number
}

/** What is copied into the copy of a campaign or ad set: each object under the source, ad sets before their ads. */
export interface CopiedPartTable {
  mutation: string
  /** The order in which they are made, from 0. */
  position: number
  level: 'adset' | 'ad'
  source_id: string
  /** What the source is in: the copied object itself, or another part's `source_id`. */
  source_parent: string
  name: string
  /** planned | sent (before its call) | made | refused */
  state: string
  copy_id: string | null
  sent_at: number | null
  error_json: string | null
}

/** Who holds an entity paused. It may start when nobody does. */
export interface PauseHoldTable {
  account: string
  entity_id: string
  holder: string
  decision: string | null
  since: number
  released_at: number | null
}
