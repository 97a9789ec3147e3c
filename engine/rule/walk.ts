/** The comparisons and expressions of a condition. */

import type { Expression } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import type { Condition } from './rule.js'

export type Leaf = Condition & { readonly kind: 'leaf' }

/** Yields the comparisons of a condition, in the order of the file. */
export function* leavesOf(condition: Condition | null): Generator<Leaf> {
  if (condition === null) return
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const inner of condition.conditions) yield* leavesOf(inner)
      break
    case 'not':
      yield* leavesOf(condition.condition)
      break
    case 'leaf':
      yield condition
  }
}

/** Yields every expression of a condition, each followed by those within it. */
export function* expressionsOfCondition(condition: Condition | null): Generator<Expression> {
  for (const { comparison } of leavesOf(condition)) for (const side of sidesOf(comparison)) yield* withinExpression(side)
}
