/** Changes at Meta, and who holds which pauses. Conventions as in `./tables.ts`. */

import type { Generated } from 'kysely'

import type { Settlement } from '../../engine/change/settlement.js'

/** The ledger of changes at Meta; a row is written before its change is sent. Undo needs `before` and `target`. */
export interface MutationTable {
  /** `<decision>/<step>`, or for a person’s change the id of its request, so that a retry finds the same row. */
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
  /** If it is `superseded` and `sent_at` is set, it is not known whether it had been made before. */
  outcome: 'intended' | Settlement
  /** For a copy its id, as soon as that is known. */
  result: Generated<string | null>
  error_json: string | null
  intended_at: number
  settled_at: number | null
  /** Of two changes of a field, the one with the higher number is later. A person's change has the number of its request. */
  order_number: number
  /** When it was first sent to Meta; null if it certainly was not sent. */
  sent_at: Generated<number | null>
  /** When it was last sent to Meta: how long it may still arrive counts from then. Null if `sent_at` is. */
  last_sent_at: Generated<number | null>
  /** When Meta answered that it accepted the change; null if no answer arrived. */
  answered_at: Generated<number | null>
  /** Meta's date of the entity's last edit, as read when the change was prepared; null if nothing was read for it. */
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
  /** The field's value in the store when the change was requested; null if the store had none. */
  known: string | null
  /** For an undo: nothing is done unless the field still has this value. */
  restores_from: string | null
  /** For an applied suggestion: guardrails are checked, and nothing is done unless the field still has this value. */
  approved_before: string | null
  order_number: number
  requested_at: number
  /** Why it was never started, as a sentence; else null. */
  refusal: string | null
  refused_at: number | null
  /** Why guardrails would have refused the change to a rule when it was requested: a JSON list of sentences in English. */
  warnings_json: Generated<string>
}

/** A claim on a field of an entity: nobody else reads and writes the field meanwhile. */
export interface FieldClaimTable {
  account: string
  entity_id: string
  field: string
  holder: string
  /** The number of the change that is being applied. */
  order_number: number
  /** When the claim expires unless it is renewed. */
  until: number
}

/** An object that is copied into the copy of a campaign or ad set; ad sets come before their ads. */
export interface CopiedPartTable {
  mutation: string
  /** The order in which they are made, from 0. */
  position: number
  level: 'adset' | 'ad'
  source_id: string
  /** The parent of the source: the copied object itself, or another part's `source_id`. */
  source_parent: string
  name: string
  /** planned | sent (before its call) | made | refused */
  state: string
  copy_id: string | null
  sent_at: number | null
  error_json: string | null
}

/** Who holds the pause of an entity. It may start when nobody does. */
export interface PauseHoldTable {
  account: string
  entity_id: string
  holder: string
  decision: string | null
  since: number
  released_at: number | null
}
