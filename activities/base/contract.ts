/**
 * Types that the contracts of several rooms share. Inputs and results are readable in Temporal's history: accounts and
 * recipients appear by name, and texts, traces and targets stay in the store wherever an id is enough.
 */

/** Milliseconds; `MESSAGE_WAITS` in temporal.config.ts explains them. */
export interface MessageWaits {
  readonly reference: number
  readonly delivery: number
}

export interface CallsToMeta {
  readonly kind: string
  readonly calls: number
  readonly failed: number
}

/** Carry-outs that were running when the account's rules were stopped. */
export interface CarryOutsToEnd {
  readonly workflows: readonly string[]
  readonly reason: string
}

/** The account's rules are stopped: nothing was done. The sentence says why. */
export interface Stopped {
  readonly stopped: string
}

export interface ErrorSummary {
  readonly type: string
  readonly message: string
}
