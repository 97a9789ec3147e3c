/** Rules, the state of each, and what people requested of them. Conventions as in `../tables.ts`. */

import type { Generated } from 'kysely'

/** Every version of every rule that was ever loaded; `loaded` marks the loaded set. */
export interface RuleTable {
  id: string
  version: string
  file: string
  /** The git commit, where the files are in a checkout. */
  commit_sha: string | null
  rule_json: string
  loaded: number
  loaded_at: number
}

/** The state of a rule with an entity. No row means *waiting*. */
export interface RuleStateTable {
  account: string
  rule: string
  entity_key: string
  state: 'waiting' | 'pending' | 'fired' | 'resting'
  /** Since when the condition was true at every evaluation. */
  pending_since: number | null
  resting_until: number | null
  /** Whether `clear` was true since the last firing. */
  cleared: number
  /** Last outcome with its reason (`hold:when`), so that only changes are stored as decisions. */
  last_outcome: string | null
  /** 1 while the message about this was sent and it was not over since. */
  announced: number
  /** 1 where the last firing was only observed. */
  observed: Generated<number>
  /** When the last firing was that acted, or asked for approval; null if there was none. */
  acted_at: Generated<number | null>
  evaluated_at: number
}

/** When a rule last had its turn for an account, whether or not it found an entity. */
export interface RuleEvaluationTable {
  account: string
  rule: string
  evaluated_at: number
}

/** A person wants a rule evaluated now, though it is not due. */
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

/** A rule that is silent for a while, for one entity or (with an empty key) for all. */
export interface SnoozeTable {
  rule: string
  entity_key: string
  until: number
  snoozed_by: string
  snoozed_at: number
}
