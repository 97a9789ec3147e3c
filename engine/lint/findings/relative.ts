/** Rules that pause or lower the worst entities relative to the others: however good all are, some are always the worst. */

import type { Expression } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import type { Rule } from '../../rule/rule.js'
import { ownerOf } from '../logic/atom.js'
import type { Finding } from '../rules/finding.js'
import { guarantees, type Leaf, placedLeaves } from '../rules/guarantees.js'
import { judgementsOf } from '../rules/judgements.js'
import type { AccountReading, RuleReading } from '../rules/rule-reading.js'
import { asksFirst } from '../rules/steps.js'

export function* relativeFindings({ rule, accounts, always }: RuleReading): Generator<Finding> {
  const index = rule.then.findIndex((step) => step.kind === 'pause' || (isCut(step) && step.min === null))
  const [reading] = accounts
  if (index < 0 || reading === undefined || rule.limit !== null || asksFirst(rule, index)) return
  for (const { leaf, alongside } of placedLeaves(rule.when)) {
    if (!isRelative(leaf, rule)) continue
    const around = [...always, ...alongside]
    if (around.some((demand) => guarantees(demand, (other, isWanted) => isBar(other, isWanted, reading)))) continue
    const pauses = rule.then[index]!.kind === 'pause'
    yield {
      code: 'relative-pause',
      at: { rule, path: leaf.path },
      message: `\`${leaf.text}\` is always true of some, however good all are: each time ${pauses ? 'fewer are left' : 'the others get less'}`,
      hint: 'add a fixed threshold, such as `cpa[last_7d] > 1.5 * target_cpa`, or a minimum number of entities: `count() >= 5`',
    }
    return
  }
}

type Cut = Rule['then'][number] & { readonly kind: 'budget' | 'bid' }

const isCut = (step: Rule['then'][number]): step is Cut =>
  (step.kind === 'budget' || step.kind === 'bid') && step.change.kind === 'relative' && step.change.ratio < 0

/**
 * Whether the leaf is true of some entities whatever the numbers are: a rank, a percentile, or a comparison with the mean of all
 * or with the same metric of the entity's parent.
 */
function isRelative({ comparison }: Leaf, { scope }: Pick<Rule, 'scope'>): boolean {
  const sides = sidesOf(comparison)
  const isRanking = (part: Expression) =>
    part.kind === 'aggregate' && (part.function === 'rank' || part.function === 'percentile')
  if (sides.some((side) => [...withinExpression(side)].some(isRanking))) return true
  const [one, other] = sides.filter((side) => side.kind === 'metric')
  if (one === undefined) return false
  if (sides.some((side) => side.kind === 'aggregate' && side.function === 'mean')) return true
  // The account's cost is an average of its ad sets' costs, so comparing with it is relative too.
  if (other === undefined || one.metric !== other.metric || one.actionType !== other.actionType) return false
  return ownerOf(one.owner, scope) !== ownerOf(other.owner, scope)
}

/** Whether the leaf judges the entity by an absolute standard, or requires a minimum number of entities. */
function isBar(leaf: Leaf, wanted: boolean, reading: AccountReading): boolean {
  if (isRelative(leaf, reading.rule)) return false
  const parts = sidesOf(leaf.comparison).flatMap((side) => [...withinExpression(side)])
  if (parts.some((part) => part.kind === 'aggregate' && part.function === 'count')) return true
  return judgementsOf(leaf, wanted, reading).length > 0
}
