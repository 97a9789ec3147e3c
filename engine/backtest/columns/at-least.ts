/** Comparisons with numbers of which only a lower bound is known ("at least"). */

import { compare } from '../../expression/evaluate/comparison.js'
import type { ComparisonOperator } from '../../expression/syntax.js'
import type { Value } from '../../value/value.js'
import { type Column, valueAt } from './column.js'
import { numberOfTruth, type Truths } from './truths.js'

/**
 * Corrects a comparison that treated the column's bounds as exact numbers. The actual number may be higher than its bound, so a result
 * that a higher number would change becomes unknown.
 *
 * @param operator the operator with the column on its left
 * @param other returns the value on the other side for an index
 */
export function settleAtLeast(
  operator: ComparisonOperator,
  { bytes, words }: Truths,
  column: Column,
  other: (place: number) => Value,
): void {
  const { atLeast, atLeastWords } = column
  switch (operator) {
    case '>':
    case '>=':
      for (let i = 0; i < words.length; i++) words[i] = words[i]! | atLeastWords[i]!
      break
    case '<':
    case '<=':
      for (let i = 0; i < words.length; i++) words[i] = words[i]! & ~(atLeastWords[i]! << 1)
      break
    case '=':
    case '!=':
      for (let i = 0; i < bytes.length; i++)
        if (atLeast[i] === 1) bytes[i] = numberOfTruth(compare(operator, valueAt(column, i), other(i)))
  }
}
