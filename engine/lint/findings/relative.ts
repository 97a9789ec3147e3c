/** Rules that take away from whatever is worst: among any number of entities some are. */

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
      message: `\`${leaf.text}\` is true of some of them at any time, however good all are: each time ${pauses ? 'fewer are left' : 'the rest has less'}`,
      hint: 'add a bar that does not move, such as `cpa[last_7d] > 1.5 * target_cpa`, or a smallest number: `count() >= 5`',
    }
    return
  }
}

type Cut = Rule['then'][number] & { readonly kind: 'budget' | 'bid' }

const isCut = (step: Rule['then'][number]): step is Cut =>
  (step.kind === 'budget' || step.kind === 'bid') && step.change.kind === 'relative' && step.change.ratio < 0

/** What is true of some whatever the numbers are: a rank, a percentile, or more than the mean of all or than what they are in. */
function isRelative({ comparison }: Leaf, { scope }: Pick<Rule, 'scope'>): boolean {
  const sides = sidesOf(comparison)
  const isPlace = (part: Expression) => part.kind === 'aggregate' && (part.function === 'rank' || part.function === 'percentile')
  if (sides.some((side) => [...withinExpression(side)].some(isPlace))) return true
  const [one, other] = sides.filter((side) => side.kind === 'metric')
  if (one === undefined) return false
  if (sides.some((side) => side.kind === 'aggregate' && side.function === 'mean')) return true
  // The account's cost is the mean of its ad sets.
  if (other === undefined || one.metric !== other.metric || one.actionType !== other.actionType) return false
  return ownerOf(one.owner, scope) !== ownerOf(other.owner, scope)
}

/** A judgement by the entity's own numbers, or a smallest number of entities that are left. */
function isBar(leaf: Leaf, wanted: boolean, reading: AccountReading): boolean {
  if (isRelative(leaf, reading.rule)) return false
  const parts = sidesOf(leaf.comparison).flatMap((side) => [...withinExpression(side)])
  if (parts.some((part) => part.kind === 'aggregate' && part.function === 'count')) return true
  return judgementsOf(leaf, wanted, reading).length > 0
}
