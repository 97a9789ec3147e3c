/** What `tetik explain` tells, whether of a decision or of a rule, an entity and a moment. Times bear the account's offset. */

import type { ExplainedLeaf, ExplainedState } from '../../engine/explanation/explanation.js'
import type { Because, EntityReference, Outcome } from '../../engine/rule/decision.js'
import type { Mode } from '../../engine/rule/rule.js'

export interface Explanation {
  /** Of a decision that the store has; null for an evaluation that was made for the asking. */
  readonly decision: string | null
  readonly rule: {
    readonly id: string
    readonly version: string
    readonly description: string
    readonly file: string
    readonly line: number
    readonly commit: string | null
    readonly mode: Mode
  }
  readonly account: { readonly name: string; readonly currency: string | null; readonly timezone: string }
  readonly entity: EntityReference
  /** Names of what the entity is in, `TR | Summer / Women`; absent where nothing says them. */
  readonly within?: string
  readonly at: string
  /** `none`: `where` leaves the entity out. */
  readonly outcome: Outcome | 'none'
  readonly because: Because | null
  /** What held it back, a guardrail's refusal too, as a sentence. */
  readonly note: string | null
  readonly leaves: readonly ExplainedLeaf[]
  /** As it is now, whatever the moment; null where the rule waits with nothing to remember, or there is no store. */
  readonly state: ExplainedState | null
  readonly data: ExplainedData
  /** Names of the steps of `then`. */
  readonly steps: readonly string[]
  readonly carriedOut: CarriedOut | null
  /** What the store last has about the rule and the entity by that moment, where another thing was asked. */
  readonly lastDecision: LastDecision | null
  /** What could not be found out, a sentence each. */
  readonly notes: readonly string[]
}

export type ExplainedData =
  | { readonly kind: 'store'; readonly knownAt: string; readonly syncs: readonly ExplainedSync[] }
  | { readonly kind: 'file'; readonly file: string; readonly since: string | null; readonly until: string | null }

/** The last good sync of its kind that was known by then. */
export interface ExplainedSync {
  readonly kind: string
  readonly since: string | null
  readonly until: string | null
  readonly finishedAt: string
  /** Minutes between it and the moment that was judged. */
  readonly age: number
}

export interface CarriedOut {
  readonly progress: string
  readonly changes: readonly {
    readonly level: string
    readonly entityId: string
    readonly field: string
    readonly before: string
    readonly target: string
    /** `confirmed` was read back from Meta. */
    readonly outcome: string
    readonly error: unknown
    readonly intendedAt: string
    readonly settledAt: string | null
  }[]
  readonly messages: readonly {
    readonly recipient: string
    readonly text: string
    readonly status: string
    readonly error: unknown
    readonly updatedAt: string
  }[]
  readonly approvals: readonly {
    readonly state: string
    readonly answeredBy: string | null
    readonly askedAt: string
    readonly answeredAt: string | null
  }[]
}

export interface LastDecision {
  readonly id: string
  readonly at: string
  readonly outcome: Outcome
  readonly because: string | null
  readonly note: string | null
}

/** Something that is asked about cannot be found; the message says what there is. */
export class ExplainError extends Error {
  override readonly name = 'ExplainError'
}
