/** Pauses by the clock that nothing ends: what sleeps at night stays asleep. */

import type { Settings } from '../account/account.js'
import { findAttribute } from '../metric/attributes.js'
import type { Condition, Rule } from '../rule/rule.js'
import { coveredAccounts } from './covered-accounts.js'
import { allOf } from './formula.js'
import type { Finding } from './finding.js'
import { expressionsOf } from './mentions.js'
import { withoutSwitches } from './pair-formula.js'
import { FormulaReader } from './read-formula.js'
import { AtomTable } from './atom.js'
import { canHoldTogether } from './satisfiable.js'
import { asksFirst, endsItsPause } from './steps.js'

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

/** Whether only the time of day or week makes the rule act, again and again. */
function isByTheClock({ cadence, when, where }: Rule): boolean {
  if (cadence.kind === 'hook') return false
  // A date of the year is the end of something, such as a sale.
  if (cadence.kind === 'cron' && !isEveryMonth(cadence.expression)) return false
  if (cadence.kind === 'every' && when === null) return false
  return isOfTime(when) && expressionsOf(where).every(({ kind }) => !OF_NUMBERS.includes(kind))
}

const OF_NUMBERS: readonly string[] = ['metric', 'aggregate', 'forecast', 'expected', 'anomaly', 'payload']

function isEveryMonth(expression: string): boolean {
  const [, , dayOfMonth, month] = expression.trim().split(/\s+/)
  return dayOfMonth === '*' && month === '*'
}

const isOfTime = (when: Condition | null): boolean =>
  expressionsOf(when).every((part) => {
    if (part.kind === 'attribute') {
      return (
        findAttribute(part.attribute)?.of === 'clock' || ['delivering', 'status', 'effective_status'].includes(part.attribute)
      )
    }
    return ['number', 'text'].includes(part.kind)
  })

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
