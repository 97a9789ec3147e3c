/** What tetik did within a period, and what was open at a report's moment. */

export interface ReportActivity {
  /** Firings of the period by their outcome. Those that only sent a report are left out. */
  readonly decisions: DecisionCounts
  /** Changes at Meta that were read back, the earliest first. */
  readonly changes: readonly ReportChange[]
  /** Changes that were sent and of which nobody knows yet whether they were made. */
  readonly doubtful: number
  /** What guardrails, limits or people refused, the earliest first. */
  readonly refusals: readonly ReportRefusal[]
  /** What is unusual and not resolved, the furthest from what was expected first. */
  readonly alerts: readonly ReportAlert[]
  /** Questions of rules that wait for a word, the one that ends first first. */
  readonly approvals: readonly ReportApproval[]
  /** What could be done and waits for a word, in both languages. */
  readonly suggestions: readonly { readonly en: string; readonly tr: string }[]
  /** The stop switch that holds the account's rules; null where none does. */
  readonly stop: { readonly reason: string; readonly by: string; readonly since: number } | null
}

export interface DecisionCounts {
  readonly carriedOut: number
  /** Of rules that only observe. */
  readonly observed: number
  readonly refused: number
  readonly failed: number
  /** Ended by a stop, or because the rule went away. */
  readonly stopped: number
  /** Not at its end yet, or waiting for a word. */
  readonly underWay: number
}

export interface ReportChange {
  /** `status`, `daily_budget`, `lifetime_budget`, `bid_amount`, `name`, `labels`, `copy`. */
  readonly field: string
  /** A status, minor units as digits, a name, or JSON. */
  readonly before: string
  readonly target: string
  readonly entity: string
  /** A rule's id; null where a person made it. */
  readonly rule: string | null
  readonly at: number
}

interface ReportRefusal {
  readonly rule: string
  readonly entity: string
  readonly at: number
}

export interface ReportAlert {
  /** Null where it is the account itself. */
  readonly entity: string | null
  readonly metric: string
  /** In the metric's own unit, money in minor units; null where there is none. */
  readonly value: number | null
  readonly lo: number
  readonly hi: number
  /** The account's day on which it was first seen. */
  readonly since: string
}

interface ReportApproval {
  readonly rule: string
  readonly entity: string
  /** Epoch milliseconds. */
  readonly until: number
}
