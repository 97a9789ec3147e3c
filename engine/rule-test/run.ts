/** Runs a test and returns its failures. */

import { formatLocalMinute } from '../clock/written-time.js'
import type { Because, OutcomeOrNone, TraceLeaf } from '../rule/decision.js'
import type { Scope } from '../value/scope.js'
import { decisionsOf, type TestDecision } from './decisions.js'
import type { Expectation, RuleTest } from './rule-test.js'

export interface TestResult {
  readonly test: RuleTest
  readonly decisions: readonly TestDecision[]
  /** Empty if the test passed. */
  readonly failures: readonly TestFailure[]
}

export interface TestFailure {
  /** An expectation that was not met, or a firing that was not expected. */
  readonly kind: 'unmet' | 'unexpected'
  /** Place of the expectation; for an unexpected firing, of the test. */
  readonly line: number
  readonly column: number
  readonly length: number
  readonly rule: string
  readonly entity: { readonly scope: Scope; readonly name: string }
  /** In the account's time zone. */
  readonly at: string
  readonly expected: ShownDecision
  readonly got: ShownDecision
  readonly note: string | null
  readonly trace: readonly TraceLeaf[]
}

/** A decision, limited to the parts that the expectation mentions, so that expected and actual can be compared line by line. */
export interface ShownDecision {
  readonly outcome: OutcomeOrNone
  readonly because?: Because | null
  readonly steps?: readonly string[]
  readonly message?: string | readonly string[]
}

/**
 * Runs a test. A firing that is not expected also fails the test if an expectation names the same rule and time. A test without
 * expectations expects that nothing fires.
 */
export async function runTest(test: RuleTest): Promise<TestResult> {
  const decisions = await decisionsOf(test)
  const byPlace = new Map(decisions.map((decision) => [placeOf(decision.rule.id, decision.entity.key, decision.at), decision]))
  const unmet = test.expectations.flatMap((expectation) => {
    const decision = byPlace.get(placeOf(expectation.rule, expectation.entity.key, expectation.at))
    return decision === undefined || isMet(expectation, decision) ? [] : [unmetBy(expectation, decision, test)]
  })
  const named = new Set(test.expectations.map(({ rule, entity, at }) => placeOf(rule, entity.key, at)))
  const looked = new Set(test.expectations.map(({ rule, at }) => placeOf(rule, '', at)))
  const unexpected = decisions
    .filter(({ outcome }) => outcome === 'fire')
    .filter(({ rule, at }) => looked.size === 0 || looked.has(placeOf(rule.id, '', at)))
    .filter(({ rule, entity, at }) => !named.has(placeOf(rule.id, entity.key, at)))
    .map((decision) => unexpectedBy(decision, test))
  return { test, decisions, failures: [...unmet, ...unexpected] }
}

const placeOf = (rule: string, entity: string, at: number): string => JSON.stringify([rule, entity, at])

function isMet({ outcome, because, steps, message }: Expectation, decision: TestDecision): boolean {
  if (decision.outcome !== outcome) return false
  if (because !== null && decision.because !== because) return false
  if (steps !== null && !isSame(steps, decision.steps)) return false
  if (message === null) return true
  const sent = decision.messages.map(typed)
  return typeof message === 'string' ? sent.includes(typed(message)) : isSame(message.map(typed), sent)
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index])

/** Replaces the non-breaking spaces that Intl puts into amounts: they look like ordinary ones and cannot be typed. */
const typed = (text: string): string => text.replace(/[\u00a0\u2007\u202f]/g, ' ')

function unmetBy(expectation: Expectation, decision: TestDecision, test: RuleTest): TestFailure {
  const { line, column, length, rule, entity, at, outcome, because, steps, message } = expectation
  return {
    kind: 'unmet',
    line,
    column,
    length,
    rule,
    entity: { scope: entity.scope, name: entity.name },
    at: formatLocalMinute(at, test.account.timezone),
    expected: {
      outcome,
      ...(because === null ? {} : { because }),
      ...(steps === null ? {} : { steps }),
      ...(message === null ? {} : { message }),
    },
    got: {
      outcome: decision.outcome,
      ...(decision.because === null || (because === null && decision.outcome === outcome) ? {} : { because: decision.because }),
      ...(steps === null ? {} : { steps: decision.steps }),
      ...(message === null ? {} : { message: decision.messages.length === 1 ? decision.messages[0]! : decision.messages }),
    },
    note: decision.note,
    trace: decision.trace,
  }
}

function unexpectedBy({ rule, entity, at, note, trace, steps }: TestDecision, test: RuleTest): TestFailure {
  return {
    kind: 'unexpected',
    line: test.line,
    column: 1,
    length: 1,
    rule: rule.id,
    entity: { scope: entity.scope, name: entity.name ?? entity.key },
    at: formatLocalMinute(at, test.account.timezone),
    expected: { outcome: 'none' },
    got: { outcome: 'fire', steps },
    note,
    trace,
  }
}
