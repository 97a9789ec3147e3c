/** What tetik did within a report's period, and what was open when it was made. */

export interface ReportActivity {
  /** Firings of the period by outcome. Those that only sent a report are left out. */
  readonly decisions: DecisionCounts
  /** Changes at Meta that were read back, the earliest first. */
  readonly changes: readonly ReportChange[]
  /** Number of changes that were sent, but not yet known to be made. */
  readonly doubtful: number
  /** What guardrails, limits or people refused, the earliest first. */
  readonly refusals: readonly ReportRefusal[]
  /** Unresolved alerts, the furthest from the expected value first. */
  readonly alerts: readonly ReportAlert[]
  /** Approvals that are waiting, the one that expires first at the top. */
  readonly approvals: readonly ReportApproval[]
  /** Reasons of the suggestions that nobody has applied or dismissed yet, in both languages. */
  readonly suggestions: readonly { readonly en: string; readonly tr: string }[]
  /** The stop that applies to the account's rules; null if there is none. */
  readonly stop: { readonly reason: string; readonly by: string; readonly since: number } | null
}

export interface DecisionCounts {
  readonly carriedOut: number
  /** Firings of rules that only observe. */
  readonly observed: number
  readonly refused: number
  readonly failed: number
  /** Ended by a stop, or because the rule was removed. */
  readonly stopped: number
  /** Not completed yet, or waiting for approval. */
  readonly underWay: number
}

export interface ReportChange {
  /** `status`, `daily_budget`, `lifetime_budget`, `bid_amount`, `name`, `labels`, `copy`. */
  readonly field: string
  /** A status, minor units as digits, a name, or JSON. */
  readonly before: string
  readonly target: string
  readonly entity: string
  /** The id of the rule; null if a person made the change. */
  readonly rule: string | null
  readonly at: number
}

interface ReportRefusal {
  readonly rule: string
  readonly entity: string
  readonly at: number
}

export interface ReportAlert {
  /** Null for the account itself. */
  readonly entity: string | null
  readonly metric: string
  /** In the metric's own unit, money in minor units; null if the metric had no value. */
  readonly value: number | null
  readonly lo: number
  readonly hi: number
  /** The day on which it was first found, in the account's time zone. */
  readonly since: string
}

interface ReportApproval {
  readonly rule: string
  readonly entity: string
  /** Epoch milliseconds. */
  readonly until: number
}
