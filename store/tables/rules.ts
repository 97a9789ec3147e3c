/** Rules, their states, and what people requested of them. Conventions as in `./tables.ts`. */

import type { Generated } from 'kysely'

/** Every version of every rule that was ever loaded; `loaded` marks the loaded set. */
export interface RuleTable {
  id: string
  version: string
  file: string
  /** The git commit, if the files are in a checkout. */
  commit_sha: string | null
  rule_json: string
  loaded: number
  loaded_at: number
}

/** The state of a rule for an entity. No row means *waiting*. */
export interface RuleStateTable {
  account: string
  rule: string
  entity_key: string
  state: 'waiting' | 'pending' | 'fired' | 'resting'
  /** Since when the condition has been true at every evaluation. */
  pending_since: number | null
  resting_until: number | null
  /** Whether `clear` has been true since the last firing. */
  cleared: number
  /** The last outcome with its reason (`hold:when`), so that only changes are stored as decisions. */
  last_outcome: string | null
  /** 1 if the message was sent and the condition has been true since. */
  announced: number
  /** 1 if the last firing was only observed. */
  observed: Generated<number>
  /** When the rule last acted on the entity, or asked for approval; null if never. */
  acted_at: Generated<number | null>
  evaluated_at: number
}

/** When a rule was last evaluated for an account, whether or not it selected an entity. */
export interface RuleEvaluationTable {
  account: string
  rule: string
  evaluated_at: number
}

/** A person's request to evaluate a rule now, although it is not due. */
export interface EvaluationRequestTable {
  account: string
  rule: string
  requested_at: number
}

/** The stop switch, for one account or for `*`. */
export interface StopTable {
  account: string
  reason: string
  stopped_by: string
  since: number
  resumed_at: number | null
}

/** A rule that somebody silenced for a while, for one entity or (with an empty key) for all. */
export interface SnoozeTable {
  rule: string
  entity_key: string
  until: number
  snoozed_by: string
  snoozed_at: number
}
