/** Pauses by the clock that nothing ends: what sleeps at night stays asleep. */

import type { Settings } from '../account/account.js'
import type { Rule } from '../rule/rule.js'
import { coveredAccounts } from './covered-accounts.js'
import { allOf } from './formula.js'
import type { Finding } from './finding.js'
import { withoutSwitches } from './pair-formula.js'
import { FormulaReader } from './read-formula.js'
import { AtomTable } from './atom.js'
import { canHoldTogether } from './satisfiable.js'
import { asksFirst, endsItsPause } from './steps.js'
import { isByTheClock } from './turns.js'

export function* nightFindings(rules: readonly Rule[], settings: Settings | null): Generator<Finding> {
  for (const rule of rules) {
    const index = rule.then.findIndex(({ kind }) => kind === 'pause')
    if (index < 0 || asksFirst(rule, index) || endsItsPause(rule) || !isByTheClock(rule)) continue
    if (rules.some((other) => other !== rule && canStart(other, rule, settings))) continue
    const one = rule.scope === 'adset' ? 'ad set' : rule.scope
    yield {
      code: 'pause-without-start',
      at: { rule, path: `then[${index}]` },
      message: `this pauses by the clock, and nothing starts the ${one} again`,
      hint: 'add `- wait: until 07:00` and `- start` after it: then the rule ends its own pause in the morning',
    }
  }
}

/** Whether another rule may start what this one pauses. */
function canStart(other: Rule, rule: Rule, settings: Settings | null): boolean {
  if (other.scope !== rule.scope || !other.then.some((step) => step.kind === 'start' && step.any)) return false
  const covered = coveredAccounts(rule, settings)
  const others = coveredAccounts(other, settings)
  if (covered.length > 0 && others.length > 0 && !covered.some((account) => others.includes(account))) return false
  if (covered.length === 0 && rule.account !== other.account && rule.account !== 'all' && other.account !== 'all') return false
  const atoms = new AtomTable()
  const parts = [rule, other].map(({ id, scope, where }) => {
    return withoutSwitches(new FormulaReader({ scope, rule: id, values: {}, atoms }).condition(where), scope)
  })
  return canHoldTogether([allOf(...parts)], atoms)
}
