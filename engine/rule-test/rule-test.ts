/** A rule test that can run: plain data, read from a `*.test.yaml` file and checked against its rules. */

import type { EntityScope } from '../facts/dataset-source.js'
import type { FactAccount } from '../facts/facts.js'
import type { Because, OutcomeOrNone } from '../rule/decision.js'
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
  /** The rules of the files under `rules:`, without those of other accounts. */
  readonly rules: readonly Rule[]
  /** Replaces the account that a rule names. */
  readonly account: FactAccount
  /** Returns a recipient's language; null means the recipient of the account's reports. */
  readonly languageOf: (recipient: string | null) => Language
  readonly entities: readonly TestEntity[]
  /** Estimates of the account. */
  readonly estimates: readonly GivenEstimate[]
  /** Estimates of groups, by name. */
  readonly groupEstimates: ReadonlyMap<string, readonly GivenEstimate[]>
  /** The payload of the event; undefined if there is none, and then rules with `on:` are not evaluated. */
  readonly payload: unknown
  /** Epoch milliseconds, the earliest first. */
  readonly times: readonly number[]
  readonly expectations: readonly Expectation[]
}

/** A day in a test: an ISO date, or `today` or `yesterday`, relative to each time of the test. */
export type TestDay = 'today' | 'yesterday' | { readonly date: string }

export interface TestEntity {
  readonly scope: EntityScope
  readonly key: string
  readonly id: string | null
  readonly name: string
  /** Keys of its campaign and ad set. */
  readonly campaign: string | null
  readonly adset: string | null
  /** The measure that its results are counted in; null for the account's. */
  readonly result: string | null
  /** Budgets in minor units, durations in milliseconds. Contains only what the test gives. */
  readonly attributes: Readonly<Record<string, Value>>
  /** The last day of all of its series. */
  readonly until: TestDay
  /** By measure, the oldest first; money in minor units, null if unknown. */
  readonly series: Readonly<Record<string, readonly (number | null)[]>>
  /** Values of the day of the evaluation, which override the series. */
  readonly today: Readonly<Record<string, number | null>>
  readonly hours: TestHours | null
  /** Reach and frequency, per window. */
  readonly asked: readonly GivenAnswer[]
  readonly estimates: readonly GivenEstimate[]
}

export interface TestHours {
  /** When the last hour ended, epoch milliseconds; null means the end of the last full hour before each time of the test. */
  readonly until: number | null
  readonly series: Readonly<Record<string, readonly (number | null)[]>>
}

export interface Expectation {
  readonly line: number
  readonly column: number
  readonly length: number
  readonly rule: string
  /** The key of the entity within the rule's scope, and its name in the test. */
  readonly entity: { readonly scope: Scope; readonly key: string; readonly name: string }
  readonly at: number
  /** `none`: the rule decides nothing about the entity, because `where` excludes it or there was no event. */
  readonly outcome: OutcomeOrNone
  readonly because: Because | null
  readonly steps: readonly string[] | null
  /** A single text must be one of those sent; a list must be all of them, in order. */
  readonly message: string | readonly string[] | null
}
