/** Scheduled pauses that nothing ends: what is paused for the night stays paused. */

import type { Settings } from '../../account/account.js'
import type { Rule } from '../../rule/rule.js'
import { FormulaCache } from '../logic/formula-cache.js'
import { canHoldTogether } from '../logic/satisfiable.js'
import { isByTheClock } from '../rules/alternating-rules.js'
import { coveredAccounts } from '../rules/covered-accounts.js'
import type { Finding } from '../rules/finding.js'
import { withoutSwitches } from '../rules/pair-formula.js'
import { asksFirst, endsItsPause } from '../rules/steps.js'

export function* nightFindings(rules: readonly Rule[], settings: Settings | null): Generator<Finding> {
  const formulas = new FormulaCache({})
  const starting = rules.filter(({ then }) => then.some((step) => step.kind === 'start' && step.any))
  for (const rule of rules) {
    const index = rule.then.findIndex(({ kind }) => kind === 'pause')
    if (index < 0 || asksFirst(rule, index) || endsItsPause(rule) || !isByTheClock(rule)) continue
    // A rule whose condition is never true pauses nothing.
    if (!canHoldTogether([formulas.formulaOf(rule, 'when')], formulas.atoms)) continue
    if (starting.some((other) => other !== rule && canStart(other, rule, settings, formulas))) continue
    const one = rule.scope === 'adset' ? 'ad set' : rule.scope
    yield {
      code: 'pause-without-start',
      at: { rule, path: `then[${index}]` },
      message: `this pauses on a schedule, but nothing starts the ${one} again`,
      hint: 'add `- wait: until 07:00` and `- start` after it: then the rule ends its own pause in the morning',
    }
  }
}

/** Whether another rule may start what this one pauses. */
function canStart(other: Rule, rule: Rule, settings: Settings | null, formulas: FormulaCache): boolean {
  if (other.scope !== rule.scope || !mayShareAccount(other, rule, settings)) return false
  const wheres = [rule, other].map((each) => withoutSwitches(formulas.formulaOf(each, 'where'), each.scope))
  return canHoldTogether(wheres, formulas.atoms)
}

function mayShareAccount(one: Rule, other: Rule, settings: Settings | null): boolean {
  const [covered, others] = [coveredAccounts(one, settings), coveredAccounts(other, settings)]
  if (covered.length > 0 && others.length > 0) return covered.some((account) => others.includes(account))
  return [one, other].some(({ account }) => account === 'all' || account === null) || one.account === other.account
}
