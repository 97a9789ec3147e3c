/** Reads a line of text as a typed comparison or expression, or returns all its faults. Never throws. */

import { type Fault, isError, type Reading } from '../../diagnostic/fault.js'
import type { Comparison, Expression } from '../syntax.js'
import { checkComparison, checkExpression } from './check.js'
import { parseComparisonTree, parseExpressionTree } from './parser.js'
import type { Vocabulary } from './vocabulary.js'

/** Reads one line of a condition: `cpa[last_3d] > 1.5 * target_cpa`. Spans are offsets in `source`. */
export function parseComparison(source: string, vocabulary: Vocabulary): Reading<Comparison> {
  const { tree, faults } = parseComparisonTree(source)
  const checked = checkComparison(tree, vocabulary)
  return reading(checked.comparison, [...faults, ...checked.faults.filter((fault) => !isEcho(fault, faults))])
}

/** Reads one expression, as in the braces of a message. */
export function parseExpression(source: string, vocabulary: Vocabulary): Reading<Expression> {
  const { tree, faults } = parseExpressionTree(source)
  const checked = checkExpression(tree, vocabulary)
  return reading(checked.expression, [...faults, ...checked.faults])
}

/**
 * Whether a fault only follows from a syntax fault: if a line could not be read to its end, its comparison is not really missing;
 * and a strange character within a name makes two unknown names of it.
 */
function isEcho({ code, span }: Fault, ofForm: readonly Fault[]): boolean {
  if (ofForm.length > 0 && code === 'missing-comparison') return true
  const strange = ofForm.filter((fault) => fault.code === 'unexpected-character')
  return strange.some((fault) => fault.span.start === span.end || fault.span.end === span.start)
}

function reading<T>(value: T, faults: readonly Fault[]): Reading<T> {
  const sorted = [...faults].sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end)
  return { value: sorted.some(isError) ? null : value, faults: sorted }
}
