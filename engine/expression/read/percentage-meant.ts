/** Which percentages bare numbers compared with a percentage were meant to be: ratios (`0.9` is `90%`), or per cents (`1.5` is `1.5%`). */

import type { Expression } from '../syntax.js'
import type { Tree } from './syntax-tree.js'
import { didYouMeanNumber } from './written-number.js'

type ReadAs = 'ratio' | 'per cent'

/** Of a rate, less than this is surely a ratio: `0.015` is no rate of 0.015%. */
const SURELY_RATIO = 0.1

/**
 * `value` is one of the `numbers` that are compared with `subject`, all of which are read in the same way; or it is a term of a
 * sum with it (`isTerm`). Where both ways make sense, both are offered.
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

/** A percentile is anything from 0% to 100%, and 1 is the whole of it. */
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

/** A click-through rate is a few per cent, where a value of the account's may be any share. */
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

/** The bare numbers among what is compared. */
export const bareNumbers = (trees: readonly Tree[]): readonly number[] => trees.flatMap((tree) => bareNumber(tree) ?? [])

function bareNumber(tree: Tree): number | null {
  if (tree.kind === 'number') return tree.unit === null ? tree.value : null
  const inner = tree.kind === 'negate' ? bareNumber(tree.operand) : null
  return inner === null ? null : -inner
}
