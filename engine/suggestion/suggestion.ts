/** What could be done, with its reason and what it should bring. It waits for a person's word. */

import type { Facts } from '../facts/facts.js'

/** `pace` ends the month on plan; `waste` stops spend without results; `move` takes budget from expensive to cheap; `fatigue` is an audience that has seen enough. */
type SuggestionKind = 'pace' | 'waste' | 'move' | 'fatigue'

export interface SuggestedChange {
  readonly level: 'campaign' | 'adset'
  readonly entityId: string
  readonly name: string | null
  readonly field: 'status' | 'daily_budget'
  /** As it was when it was suggested: where it is another, nothing is changed. A status, or minor units as digits. */
  readonly before: string
  readonly target: string
}

/** The expected effect, as an 80 % interval. */
export interface Effect {
  /** `month_spend`: the month's total as it would become; `daily_spend` and `daily_results`: change a day. */
  readonly measure: 'month_spend' | 'daily_spend' | 'daily_results'
  /** Money in minor units. */
  readonly low: number
  readonly expected: number
  readonly high: number
}

export interface Suggestion {
  readonly kind: SuggestionKind
  /** What it is about: the same at every look. */
  readonly key: string
  /** None where only a person can do it: a new creative. */
  readonly changes: readonly SuggestedChange[]
  readonly reason: { readonly en: string; readonly tr: string }
  readonly effect: Effect
}

export interface SuggestionContext {
  readonly facts: Facts
  /** The largest step of a budget that the account's guardrails let pass, as a ratio. */
  readonly largestStep: number
  /** Ids of what is to be left alone: it is protected, or another suggestion changes it. */
  readonly except?: ReadonlySet<string>
  /** Ids of what was changed in the last days: nobody knows yet what it will bring, so that it is left alone too. */
  readonly changed?: ReadonlySet<string>
}

/** Normal quantile of a range that holds four fifths. */
export const FOUR_FIFTHS = 1.2816
