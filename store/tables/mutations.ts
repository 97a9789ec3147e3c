/** Changes at Meta, and who holds what paused. Conventions as in `../tables.ts`. */

import type { Generated } from 'kysely'

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
  /** intended | confirmed | unchanged | refused | unknown */
  outcome: string
  /** Of a copy: its id, as soon as that is known. */
  result: Generated<string | null>
  error_json: string | null
  intended_at: number
  settled_at: number | null
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
