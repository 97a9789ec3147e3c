/** Comparisons with numbers that are only known to be "at least" so much. */

import { compare } from '../../expression/evaluate/comparison.js'
import type { ComparisonOperator } from '../../expression/syntax.js'
import type { Value } from '../../value/value.js'
import { type Column, valueAt } from './column.js'
import { numberOfTruth, type Truths } from './truths.js'

/**
 * Corrects the result of taking the column's numbers for plain ones: a number that is "at least" so much may be more, and a result
 * that more of it would reverse is unknown.
 *
 * @param operator as it reads with the column on its left
 * @param other what is on the other side, by place
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
