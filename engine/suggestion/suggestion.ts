/** A proposed change with its reason and its expected effect. Nothing is changed until someone applies it. */

import type { Facts } from '../facts/facts.js'

/** `pace` ends the month on plan; `waste` stops spend without results; `move` shifts budget from expensive results to cheap ones; `fatigue` is an audience that has seen the ads too often. */
type SuggestionKind = 'pace' | 'waste' | 'move' | 'fatigue'

export interface SuggestedChange {
  readonly level: 'campaign' | 'adset'
  readonly entityId: string
  readonly name: string | null
  readonly field: 'status' | 'daily_budget'
  /** The value at the time of the suggestion: if it has changed since, nothing is applied. A status, or minor units as digits. */
  readonly before: string
  readonly target: string
}

/** The expected outcome, with its 80% range. */
export interface Effect {
  /** `month_spend`: the month's total after the change; `daily_spend` and `daily_results`: the difference per day. */
  readonly measure: 'month_spend' | 'daily_spend' | 'daily_results'
  /** Money in minor units. */
  readonly low: number
  readonly expected: number
  readonly high: number
}

export interface Suggestion {
  readonly kind: SuggestionKind
  /** Identifies the subject: the same each time the suggestion is computed. */
  readonly key: string
  /** Empty if only a person can make the change, such as a new creative. */
  readonly changes: readonly SuggestedChange[]
  readonly reason: { readonly en: string; readonly tr: string }
  readonly effect: Effect
}

export interface SuggestionContext {
  readonly facts: Facts
  /** The largest budget step that the account's guardrails allow, as a ratio. */
  readonly largestStep: number
  /** Ids of entities to leave alone: protected, or already changed by another suggestion. */
  readonly except?: ReadonlySet<string>
  /** Ids of entities changed in the last few days: the effect is not known yet, so they are left alone too. */
  readonly changed?: ReadonlySet<string>
}

/** The standard normal quantile of an 80% range. */
export const FOUR_FIFTHS = 1.2816
