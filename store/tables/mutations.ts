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

/** Who holds an entity paused. It may start when nobody does. */
export interface PauseHoldTable {
  account: string
  entity_id: string
  holder: string
  decision: string | null
  since: number
  released_at: number | null
}
