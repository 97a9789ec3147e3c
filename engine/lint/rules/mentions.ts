import type { Expression } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import type { Condition, Rule } from '../../rule/rule.js'
import { placedLeaves } from './guarantees.js'

type Attribute = Expression & { readonly kind: 'attribute' }

/** Returns every part of every expression in a condition. */
export const expressionsOf = (condition: Condition | null): Expression[] =>
  placedLeaves(condition).flatMap(({ leaf }) => sidesOf(leaf.comparison).flatMap((side) => [...withinExpression(side)]))

/** Whether `where` or `when` contains an attribute for which `isSuch` is true. */
export const mentions = ({ where, when }: Pick<Rule, 'where' | 'when'>, isSuch: (attribute: Attribute) => boolean): boolean =>
  [where, when].some((condition) => expressionsOf(condition).some((part) => part.kind === 'attribute' && isSuch(part)))
