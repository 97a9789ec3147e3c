/** Rules that pause or start everything at once. */

import type { Expression } from '../../expression/syntax.js'
import { sidesOf, withinExpression } from '../../expression/walk.js'
import type { Rule } from '../../rule/rule.js'
import { ownerOf } from '../logic/atom.js'
import type { Finding } from '../rules/finding.js'
import { type Demand, type Leaf, placedLeaves } from '../rules/guarantees.js'
import { isNarrowed, isOfAll } from '../rules/narrowing.js'
import { spentFrom } from '../rules/plans.js'
import type { AccountReading, RuleReading } from '../rules/rule-reading.js'
import { asksFirst, endsItsPause } from '../rules/steps.js'

export function* everythingFindings(reading: RuleReading): Generator<Finding> {
  yield* pausesEverything(reading)
  yield* startsEverything(reading)
}

/**
 * Reports a `pause` that depends only on numbers of the account or group, not on the entity's own: all entities are paused
 * together, the good ones too.
 */
function* pausesEverything({ rule, accounts, always }: RuleReading): Generator<Finding> {
  const index = rule.then.findIndex(({ kind }) => kind === 'pause')
  if (index < 0 || rule.scope === 'account' || rule.scope === 'group' || asksFirst(rule, index)) return
  const inWhere = placedLeaves(rule.where, rule.when === null ? [] : [{ condition: rule.when, wanted: true }])
  for (const { leaf, wanted, alongside } of [...inWhere, ...placedLeaves(rule.when)]) {
    const [owner] = ownersAbove(leaf, rule)
    const around = [...always, ...alongside, { condition: leaf, wanted }]
    if (owner === undefined || isNarrowed(around, rule, { byAge: false })) continue
    if (!accounts.some((reading) => !isSpendingStop(leaf, wanted, around, reading))) continue
    const one = rule.scope === 'adset' ? 'ad set' : rule.scope
    yield {
      code: 'pauses-everything',
      at: { rule, path: leaf.path },
      message: `\`${leaf.text}\` is about the whole ${owner}: when it is true, every ${one} is paused, the good ones too`,
      hint: `add a metric of the ${one} itself, such as \`cpa[last_7d] > 1.5 * target_cpa\`, or let someone decide with \`ask\``,
    }
    return
  }
}

function ownersAbove(leaf: Leaf, rule: Rule): readonly string[] {
  return partsOf(leaf).flatMap((part) => {
    if (part.kind === 'aggregate') return part.function === 'sum' || part.function === 'mean' ? ['selection'] : []
    const isNumber = part.kind === 'metric' || part.kind === 'forecast'
    const owner = isNumber ? ownerOf(part.owner, rule.scope) : null
    return owner !== null && isOfAll(owner, rule) ? [owner] : []
  })
}

/**
 * Whether the leaf stops everything because the money is spent, which is intended: a monthly budget, a daily ceiling, or a pause
 * that the rule itself ends.
 */
function isSpendingStop(leaf: Leaf, wanted: boolean, around: readonly Demand[], reading: AccountReading): boolean {
  const parts = partsOf(leaf)
  const metrics = parts.filter((part) => part.kind === 'metric' || part.kind === 'forecast')
  if (metrics.some(({ metric }) => metric !== 'spend' && metric !== 'gross_spend')) return false
  if (parts.some((part) => part.kind === 'attribute' && part.attribute.endsWith('_budget'))) return true
  if (endsItsPause(reading.rule)) return true
  return reading.demands(leaf, wanted, ({ sum: { constant, terms } }) => {
    const [[key, coefficient] = ['', 0]] = [...terms]
    const { measure } = reading.atoms.domain(key)
    const least = measure === undefined ? null : spentFrom(measure, around, reading)
    return terms.size === 1 && least !== null && coefficient > 0 && -constant / coefficient >= least
  })
}

const partsOf = (leaf: Leaf): readonly Expression[] => sidesOf(leaf.comparison).flatMap((side) => [...withinExpression(side)])

/**
 * Reports a `start: any` without a narrowing condition: it starts everything that is paused, regardless of who paused it and
 * why.
 */
function* startsEverything({ rule, always }: RuleReading): Generator<Finding> {
  const index = rule.then.findIndex((step) => step.kind === 'start' && step.any)
  if (index < 0 || rule.scope === 'account' || rule.scope === 'group' || asksFirst(rule, index)) return
  // After the rule's own pause, `start: any` only ends that pause.
  if (rule.then.slice(0, index).some(({ kind }) => kind === 'pause')) return
  const around: Demand[] = [...always, ...(rule.when === null ? [] : [{ condition: rule.when, wanted: true }])]
  if (isNarrowed(around, rule, { byAge: true })) return
  const one = rule.scope === 'adset' ? 'ad set' : rule.scope
  yield {
    code: 'starts-everything',
    at: { rule, path: `then[${index}]` },
    message: `this starts every paused ${one}, also those that people or other rules paused for a reason`,
    hint: 'choose in `where`, such as `name contains "Day only"`, or use `pause` and `start` in one rule',
  }
}
