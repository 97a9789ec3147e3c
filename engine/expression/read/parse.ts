/** From a line of text to a typed comparison or expression, or to everything that is wrong with it. Never throws. */

import { type Fault, isError, type Reading } from '../../diagnostic/fault.js'
import type { Comparison, Expression } from '../syntax.js'
import { checkComparison, checkExpression } from './check.js'
import { parseComparisonTree, parseExpressionTree } from './parser.js'
import type { Vocabulary } from './vocabulary.js'

/** One line of a condition: `cpa[last_3d] > 1.5 * target_cpa`. Spans are offsets in `source`. */
export function parseComparison(source: string, vocabulary: Vocabulary): Reading<Comparison> {
  const { tree, faults } = parseComparisonTree(source)
  const checked = checkComparison(tree, vocabulary)
  return reading(checked.comparison, [...faults, ...checked.faults.filter((fault) => !isEcho(fault, faults))])
}

/** One expression, as a message's braces hold it. */
export function parseExpression(source: string, vocabulary: Vocabulary): Reading<Expression> {
  const { tree, faults } = parseExpressionTree(source)
  const checked = checkExpression(tree, vocabulary)
  return reading(checked.expression, [...faults, ...checked.faults])
}

/** Of a line that could not be read to its end, nothing is missing; and a strange letter within a name makes two of it. */
function isEcho({ code, span }: Fault, ofForm: readonly Fault[]): boolean {
  if (ofForm.length > 0 && code === 'missing-comparison') return true
  const strange = ofForm.filter((fault) => fault.code === 'unexpected-character')
  return strange.some((fault) => fault.span.start === span.end || fault.span.end === span.start)
}

function reading<T>(value: T, faults: readonly Fault[]): Reading<T> {
  const sorted = [...faults].sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end)
  return { value: sorted.some(isError) ? null : value, faults: sorted }
}
