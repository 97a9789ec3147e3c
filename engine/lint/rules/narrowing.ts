/** Whether a rule chooses among the entities of an account, or applies to all of them. */

import type { Expression } from '../../expression/syntax.js'
import { operandsOf, sidesOf } from '../../expression/walk.js'
import type { Rule } from '../../rule/rule.js'
import { ownerOf } from '../logic/atom.js'
import { type Demand, guarantees, type Leaf } from './guarantees.js'

/** Attributes that distinguish entities. A state that all of them may share (active, paused) is not one. */
const CHOOSING = ['name', 'labels', 'id', 'objective', 'daily_budget', 'lifetime_budget', 'budget_level']
const OF_ITS_OWN = ['age', 'last_edit']

export interface NarrowingOptions {
  /** Whether a condition on the age or the time since the last change counts as choosing. */
  readonly byAge: boolean
}

/** Whether the conditions restrict the rule to some entities, by metrics of their own or by distinguishing attributes. */
export const isNarrowed = (around: readonly Demand[], rule: Rule, options: NarrowingOptions): boolean =>
  around.some((demand) => guarantees(demand, (leaf, wanted) => narrows(leaf, wanted, rule, options)))

function narrows({ comparison }: Leaf, wanted: boolean, rule: Rule, { byAge }: NarrowingOptions): boolean {
  const parts = sidesOf(comparison).flatMap((side) => [...outsideOfAggregates(side)])
  if (parts.some((part) => isOwnNumber(part, rule))) return true
  const isText = comparison.kind === 'matches' || comparison.kind === 'contains' || comparison.kind === 'in'
  const isEqual = comparison.kind === 'compare' && comparison.operator === '='
  const isUnequal = comparison.kind === 'compare' && comparison.operator === '!='
  // Excluding some names still leaves nearly all entities.
  const leavesOut = isUnequal ? wanted : (isText || isEqual) && !wanted
  if (leavesOut || (comparison.kind === 'matches' && /^[*]+$/.test(comparison.pattern))) return false
  return parts.some((part) => {
    if (part.kind === 'payload') return true
    if (part.kind !== 'attribute' || isOfAll(ownerOf(part.owner, rule.scope), rule)) return false
    return CHOOSING.includes(part.attribute) || (byAge && OF_ITS_OWN.includes(part.attribute))
  })
}

/** Yields the parts of an expression except those inside aggregates, which are about all entities together. */
function* outsideOfAggregates(expression: Expression): Generator<Expression> {
  yield expression
  if (expression.kind === 'aggregate') return
  for (const operand of operandsOf(expression)) yield* outsideOfAggregates(operand)
}

/** Whether the part is a metric of the entity, or of its ad set or campaign; or its rank among the others. */
function isOwnNumber(part: Expression, rule: Rule): boolean {
  switch (part.kind) {
    case 'metric':
    case 'forecast':
      return !isOfAll(ownerOf(part.owner, rule.scope), rule)
    case 'aggregate':
      return part.function === 'rank' || part.function === 'percentile'
    default:
      return false
  }
}

export const isOfAll = (owner: Rule['scope'], { scope }: Pick<Rule, 'scope'>): boolean =>
  owner !== scope && (owner === 'account' || owner === 'group')
