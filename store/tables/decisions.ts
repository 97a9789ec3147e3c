/** Decisions, and what carrying them out stores for each. Conventions as in `./tables.ts`. */

import type { Generated } from 'kysely'

import type { Because, Outcome } from '../../engine/rule/decision.js'
import type { Progress } from '../../engine/rule/progress.js'
import type { Mode } from '../../engine/rule/rule.js'
import type { Scope } from '../../engine/value/scope.js'

export interface DecisionTable {
  id: string
  account: string
  rule: string
  version: string
  scope: Scope
  entity_key: string
  entity_id: string | null
  entity_name: string | null
  /** The time that was evaluated. */
  at: number
  /** Only what was known by then was used. */
  known_at: number
  outcome: Outcome
  because: Because | null
  mode: Mode
  steps_json: string
  trace_json: string
  progress: Progress
  /** A sentence about the progress: which guardrail refused, what failed. */
  note: string | null
  workflow_id: string | null
  /** The run of that workflow; null before it began, and for decisions of an earlier tetik. */
  run_id: Generated<string | null>
  /** The outside event that triggered it (`hook_events`); null if a schedule did. */
  event: Generated<string | null>
  created_at: number
  updated_at: number
  /** Increases with every change to this decision or to something that belongs to it. Only the store sets it. */
  change_number: Generated<number>
}

/** Counters that only increase: for live pages, which ask what has changed, and for the order of changes. */
export interface CounterTable {
  name: 'decision-changes' | 'change-order'
  value: number
}

/** A question whether something may be done, which is asked once and answered once. */
export interface ApprovalTable {
  /** `<decision>-<step>`: the step's index, or `rule` for all of them. */
  id: string
  decision: string
  account: string
  state: 'waiting' | 'approved' | 'rejected' | 'expired' | 'withdrawn'
  /** The values that the approved change depends on, at the time of asking: `{ "<level>/<id>/daily_budget": "50000" }`. */
  values_json: string
  asked_at: number
  expires_at: number
  /** A recipient's name, or `api:<who>`. */
  answered_by: string | null
  answered_at: number | null
}

/** A step that sent a message or called a webhook, written before it was tried. */
export interface SentStepTable {
  decision: string
  step: number
  at: number
}
