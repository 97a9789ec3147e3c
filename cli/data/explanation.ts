/** The data that `tetik explain` shows, for a decision or for a rule, an entity and a moment. Times have the account's UTC offset. */

import type { ExplainedEvaluation, ExplainedState } from '../../engine/explanation/explanation.js'
import type { FactEntity } from '../../engine/facts/facts.js'
import type { Mode } from '../../engine/rule/rule.js'
import type { Decision } from '../../engine/rule/state/tick.js'

export interface Explanation extends ExplainedEvaluation {
  /** The id of a stored decision; null for an evaluation made by this command. */
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
  readonly entity: FactEntity
  /** The path of the entity, `TR | Summer / Women`; absent if unknown. */
  readonly within?: string
  readonly at: string
  /** What held it back, including a guardrail's refusal, as a sentence. */
  readonly note: string | null
  /** The current state, whatever the moment; null if none is stored, or there is no database. */
  readonly state: ExplainedState | null
  readonly data: ExplainedData
  /** Names of the steps of `then`. */
  readonly steps: readonly string[]
  readonly carriedOut: CarryOutResults | null
  /** The last stored decision on the rule and the entity up to that moment, unless a decision itself is explained. */
  readonly lastDecision: LastDecision | null
  /** What could not be determined, a sentence each. */
  readonly notes: readonly string[]
}

export type ExplainedData =
  | { readonly kind: 'store'; readonly knownAt: string; readonly syncs: readonly ExplainedSync[] }
  | { readonly kind: 'file'; readonly file: string; readonly since: string | null; readonly until: string | null }

/** The last successful sync of its kind that was known by then. */
export interface ExplainedSync {
  readonly kind: string
  readonly since: string | null
  readonly until: string | null
  readonly finishedAt: string
  /** Minutes between the sync and the moment of the evaluation. */
  readonly age: number
}

export interface CarryOutResults {
  readonly progress: string
  readonly changes: readonly {
    readonly level: string
    readonly entityId: string
    readonly field: string
    readonly before: string
    readonly target: string
    /** `confirmed`: read back from Meta. */
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

export interface LastDecision extends Pick<Decision, 'outcome' | 'because' | 'note'> {
  readonly id: string
  readonly at: string
}

/** What was asked for cannot be found; the message says what exists. */
export class ExplainError extends Error {
  override readonly name = 'ExplainError'
}
