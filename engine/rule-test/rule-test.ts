/** A rule test as it runs: plain data, read from a `*.test.yaml` file and checked against the rules it names. */

import type { EntityScope } from '../facts/dataset-source.js'
import type { FactAccount } from '../facts/facts.js'
import type { Because, Outcome } from '../rule/decision.js'
import type { Rule } from '../rule/rule.js'
import type { Language } from '../text/value-text.js'
import type { Scope } from '../value/scope.js'
import type { Value } from '../value/value.js'
import type { GivenEstimate } from './estimates.js'
import type { GivenAnswer } from './given-reach.js'

export interface RuleTest {
  readonly name: string
  /** As the user named it. */
  readonly file: string
  readonly line: number
  /** All rules of the files that the test's file names. */
  readonly rules: readonly Rule[]
  /** Stands for whatever account a rule names. */
  readonly account: FactAccount
  /** Null is the one whom the account's reports go to. */
  readonly languageOf: (recipient: string | null) => Language
  readonly entities: readonly TestEntity[]
  /** Of the account, and of its groups by name. */
  readonly estimates: readonly GivenEstimate[]
  readonly groupEstimates: ReadonlyMap<string, readonly GivenEstimate[]>
  /** Of the event; undefined where none came, and then rules with `on:` have no turn. */
  readonly payload: unknown
  /** Epoch milliseconds, the earliest first. */
  readonly times: readonly number[]
  readonly expectations: readonly Expectation[]
}

/** A day as a test names it: an ISO date, or today and yesterday of each moment that is judged. */
export type TestDay = 'today' | 'yesterday' | { readonly date: string }

export interface TestEntity {
  readonly scope: EntityScope
  readonly key: string
  readonly id: string | null
  readonly name: string
  /** Keys of what it is in. */
  readonly campaign: string | null
  readonly adset: string | null
  /** Measure that its results are counted in; null where the account's counts. */
  readonly result: string | null
  /** Budgets in minor units, durations in milliseconds. What the test does not say is left out. */
  readonly attributes: Readonly<Record<string, Value>>
  /** The day that all of its series end with. */
  readonly until: TestDay
  /** By measure, the oldest first; money in minor units, null where not known. */
  readonly series: Readonly<Record<string, readonly (number | null)[]>>
  /** Of the day that is judged, in place of what the series has for it. */
  readonly today: Readonly<Record<string, number | null>>
  readonly hours: TestHours | null
  /** Reach and frequency, by the window. */
  readonly asked: readonly GivenAnswer[]
  readonly estimates: readonly GivenEstimate[]
}

export interface TestHours {
  /** When the last hour ended, epoch milliseconds; null is the end of the last full hour of each moment. */
  readonly until: number | null
  readonly series: Readonly<Record<string, readonly (number | null)[]>>
}

export interface Expectation {
  readonly line: number
  readonly column: number
  readonly length: number
  readonly rule: string
  /** Key of the entity within the rule's scope, and how the test calls it. */
  readonly entity: { readonly scope: Scope; readonly key: string; readonly name: string }
  readonly at: number
  /** `none`: the rule decides nothing about the entity, for `where` leaves it out or no event came. */
  readonly outcome: Outcome | 'none'
  readonly because: Because | null
  readonly steps: readonly string[] | null
  /** A single text is among those that are sent; a list is all of them. */
  readonly message: string | readonly string[] | null
}
