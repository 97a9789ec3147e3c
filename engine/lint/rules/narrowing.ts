/** Whether a rule chooses among the entities of an account, or takes all of them. */

import type { Expression } from '../../expression/syntax.js'
import { operandsOf, sidesOf } from '../../expression/walk.js'
import type { Rule } from '../../rule/rule.js'
import { ownerOf } from '../logic/atom.js'
import { type Demand, guarantees, type Leaf } from './guarantees.js'

/** What distinguishes some from the others: a name, a label, a budget, a time of its own. What they all may be (active, paused) does not. */
const CHOOSING = ['name', 'labels', 'id', 'objective', 'daily_budget', 'lifetime_budget', 'budget_level']
const OF_ITS_OWN = ['age', 'last_edit']

export interface NarrowingOptions {
  /** Whether an age, or the time since the last change, chooses. */
  readonly byAge: boolean
}

/** Whether what surrounds a step makes it about some entities, by their own numbers or by what they are called. */
export const isNarrowed = (around: readonly Demand[], rule: Rule, options: NarrowingOptions): boolean =>
  around.some((demand) => guarantees(demand, (leaf, wanted) => narrows(leaf, wanted, rule, options)))

function narrows({ comparison }: Leaf, wanted: boolean, rule: Rule, { byAge }: NarrowingOptions): boolean {
  const parts = sidesOf(comparison).flatMap((side) => [...outsideOfAggregates(side)])
  if (parts.some((part) => isOwnNumber(part, rule))) return true
  const isText = comparison.kind === 'matches' || comparison.kind === 'contains' || comparison.kind === 'in'
  const isEqual = comparison.kind === 'compare' && comparison.operator === '='
  const isUnequal = comparison.kind === 'compare' && comparison.operator === '!='
  // All but one name are still nearly all.
  const leavesOut = isUnequal ? wanted : (isText || isEqual) && !wanted
  if (leavesOut || (comparison.kind === 'matches' && /^[*]+$/.test(comparison.pattern))) return false
  return parts.some((part) => {
    if (part.kind === 'payload') return true
    if (part.kind !== 'attribute' || isOfAll(ownerOf(part.owner, rule.scope), rule)) return false
    return CHOOSING.includes(part.attribute) || (byAge && OF_ITS_OWN.includes(part.attribute))
  })
}

/** What is within `sum` and `mean` is of all entities together. */
function* outsideOfAggregates(expression: Expression): Generator<Expression> {
  yield expression
  if (expression.kind === 'aggregate') return
  for (const operand of operandsOf(expression)) yield* outsideOfAggregates(operand)
}

/** What an entity, or its campaign or ad set, did itself; or how it compares with the others. */
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
