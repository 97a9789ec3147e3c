/**
 * Whether a bare number that is compared with a percentage was meant as a ratio (`0.9` is `90%`) or as per cent (`1.5` is `1.5%`).
 */

import type { Expression } from '../syntax.js'
import type { Tree } from './syntax-tree.js'
import { didYouMeanNumber } from './written-number.js'

type ReadAs = 'ratio' | 'per cent'

/** Compared with a rate, a number below this is certainly a ratio: `0.015` does not mean 0.015%. */
const SURELY_RATIO = 0.1

/**
 * Returns the hint for `value`, one of the `numbers` that are compared with `subject`; all of them are read in the same way. With
 * `isTerm` the number is added to or subtracted from `subject` instead. If both readings make sense, the hint offers both.
 */
export function hintForPercentage(value: number, numbers: readonly number[], subject: Expression, isTerm: boolean): string {
  const readings = readingsOf(numbers, subject, isTerm).map((reading) => inPercent(value, reading))
  return didYouMeanNumber([...new Set(readings)])!
}

function readingsOf(numbers: readonly number[], subject: Expression, isTerm: boolean): readonly ReadAs[] {
  const largest = Math.max(...numbers.map(Math.abs))
  if (largest > 1) return ['per cent']
  if (isPercentile(subject)) return ['ratio']
  const isOfRate = isRate(subject)
  if (largest === 1) return isOfRate && !isTerm ? ['per cent'] : ['ratio', 'per cent']
  const isSure = !isOfRate || largest < SURELY_RATIO || numbers.some((number) => number < 0)
  return isSure ? ['ratio'] : ['ratio', 'per cent']
}

const inPercent = (value: number, reading: ReadAs): string =>
  `${Number((reading === 'ratio' ? value * 100 : value).toPrecision(12))}%`

/** Whether the expression is a percentile, which is between 0% and 100%: 1 means 100%. */
function isPercentile(expression: Expression): boolean {
  switch (expression.kind) {
    case 'aggregate':
      return expression.function === 'percentile'
    case 'negate':
      return isPercentile(expression.operand)
    case 'arithmetic':
      return isPercentile(expression.left) || isPercentile(expression.right)
    default:
      return false
  }
}

/** Whether the expression is a rate such as `ctr`, usually a few per cent. A value of the account may be any share. */
function isRate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'metric':
    case 'forecast':
    case 'expected':
      return true
    case 'negate':
      return isRate(expression.operand)
    case 'aggregate':
      return expression.operand !== null && isRate(expression.operand)
    case 'arithmetic':
      return isRate(expression.left) || isRate(expression.right)
    default:
      return false
  }
}

/** Returns the bare numbers among the compared expressions. */
export const bareNumbers = (trees: readonly Tree[]): readonly number[] => trees.flatMap((tree) => bareNumber(tree) ?? [])

function bareNumber(tree: Tree): number | null {
  if (tree.kind === 'number') return tree.unit === null ? tree.value : null
  const inner = tree.kind === 'negate' ? bareNumber(tree.operand) : null
  return inner === null ? null : -inner
}
