/** Raises for entities that are still in Meta's learning phase. */

import { DAY } from '../../clock/zone.js'
import type { Rule, Step } from '../../rule/rule.js'
import type { Finding } from '../rules/finding.js'
import { type Demand, guarantees, placedLeaves } from '../rules/guarantees.js'
import { isConversionMeasure, judgementsOf } from '../rules/judgements.js'
import type { AccountReading, RuleReading } from '../rules/rule-reading.js'
import { asksFirst, isRaise } from '../rules/steps.js'

/** At this age, or this long after the last edit, most ad sets have left the learning phase. */
const LEARNT = 3 * DAY
/** With this many results, the numbers are no longer chance and the learning phase is mostly over. */
const RESULTS = 10

export function* learningFindings({ rule, accounts, always }: RuleReading): Generator<Finding> {
  if (rule.scope !== 'adset' && rule.scope !== 'campaign') return
  const isJudged = accounts.some((reading) =>
    placedLeaves(rule.when).some(({ leaf, wanted }) => judgementsOf(leaf, wanted, reading).some(({ isDelayed }) => isDelayed)),
  )
  const index = rule.then.findIndex((step) => isRaise(step) || (isJudged && isFixedForWinners(step, rule, accounts)))
  if (index < 0 || asksFirst(rule, index)) return
  const around: Demand[] = [...always, ...(rule.when === null ? [] : [{ condition: rule.when, wanted: true }])]
  if (accounts.every((reading) => hasLearnt(rule, around, reading))) return
  const { kind } = rule.then[index]!
  yield {
    code: 'raise-in-learning',
    at: { rule, path: `then[${index}].${kind}` },
    message: `the ${kind} may be raised while Meta is still learning${isJudged ? ', on a few lucky results' : ''}`,
    hint: 'add `not: learning` to `where`, or require more results: `results[last_7d] >= 20`',
  }
}

/** A fixed amount counts as a raise if the rule gives it to entities with a high return or a low cost. */
const isFixedForWinners = (step: Step, rule: Rule, accounts: readonly AccountReading[]): boolean =>
  (step.kind === 'budget' || step.kind === 'bid') &&
  step.change.kind === 'absolute' &&
  accounts.some((reading) =>
    placedLeaves(rule.when).some(({ leaf, wanted }) => reading.demands(leaf, wanted, ({ sum }) => isFavourable(sum.terms))),
  )

/** Whether an inequality asks for high revenue per spend, or low spend per result. */
const isFavourable = (terms: ReadonlyMap<string, number>): boolean =>
  [...terms].some(([key, coefficient]) =>
    /^\(\w+\.revenue\[/.test(key)
      ? coefficient > 0
      : /^\(\w+\.spend\[[^\]]*\]\)\/\(\w+\.(?!impressions|clicks)/.test(key) && coefficient < 0,
  )

function hasLearnt(rule: Rule, around: readonly Demand[], reading: AccountReading): boolean {
  const isOut = around.some((demand) =>
    guarantees(demand, (leaf, wanted) => {
      const formula = reading.formulaOf(leaf, wanted)
      return formula.kind === 'flag' && formula.key.endsWith('.learning') && !formula.wanted
    }),
  )
  return (
    isOut ||
    reading.someDemands(around, ({ sum: { constant, terms } }) => {
      const [key, coefficient] = [...terms].find(([, share]) => share > 0) ?? []
      if (key === undefined || coefficient === undefined) return false
      const least = -constant / coefficient
      if (key === `${rule.scope}.age` || key === `${rule.scope}.last_edit`) return least >= LEARNT
      const { measure } = reading.atoms.domain(key)
      if (measure === undefined) return false
      if (measure.name === 'spend') return inTargets(least, -(terms.get(TARGET) ?? 0) / coefficient, reading) >= RESULTS
      if (measure.name === 'revenue' || !isConversionMeasure(measure.name)) return false
      // A comparison with a value of the account, such as `results[last_7d] >= enough`, also counts.
      const isOfValue = [...terms.keys()].some((other) => other !== key && reading.atoms.domain(other).measure === undefined)
      return least >= RESULTS || isOfValue
    })
  )
}

const TARGET = 'account.target_cpa'

function inTargets(amount: number, targets: number, { values }: AccountReading): number {
  const target = values['target_cpa']
  return targets > 0 ? targets : target === undefined ? 0 : amount / target
}
