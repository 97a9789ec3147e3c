/** Raises that nothing stops: no `max`, a `max` above the account's ceiling, no cooldown, or several raises in one day. */

import type { Settings } from '../../account/account.js'
import { DAY } from '../../clock/zone.js'
import type { Rule, Step } from '../../rule/rule.js'
import { coveredAccounts } from '../rules/covered-accounts.js'
import { timesPerDay } from '../rules/day-hours.js'
import { durationInWords } from '../rules/durations.js'
import type { Finding } from '../rules/finding.js'
import type { Demand } from '../rules/guarantees.js'
import { mentions } from '../rules/mentions.js'
import { ceilingOf, inCurrency } from '../rules/money.js'
import type { RuleReading } from '../rules/rule-reading.js'
import { asksFirst, isRaise } from '../rules/steps.js'

type Raise = Step & { readonly kind: 'budget' | 'bid' }

export function* raiseFindings(reading: RuleReading, settings: Settings | null): Generator<Finding> {
  const { rule } = reading
  for (const [index, step] of rule.then.entries()) {
    if ((step.kind !== 'budget' && step.kind !== 'bid') || !isRaise(step) || step.change.kind !== 'relative') continue
    const at = { rule, path: `then[${index}].${step.kind}` }
    const { ratio } = step.change
    if (step.max === null) yield { at, ...withoutMax(rule, step, ratio) }
    else if (step.kind === 'budget') yield* beyondCeiling(rule, at, step.max.value, settings)
    if (rule.cooldown === 0 && (rule.when !== null || rule.cadence.kind === 'every')) {
      yield {
        code: 'raise-without-limit',
        at: { rule, path: 'cooldown' },
        message: `the ${step.kind} is raised at every evaluation, because the rule has no cooldown`,
        hint: 'for example `cooldown: 24h`',
      }
    } else if (!asksFirst(rule, index) && isFirst(rule, step)) yield* severalADay(reading, step, ratio)
  }
}

function withoutMax(rule: Rule, step: Raise, ratio: number): Omit<Finding, 'at'> {
  const times = rule.cooldown === 0 ? null : Math.floor((7 * DAY) / rule.cooldown)
  const grown = times === null ? null : (1 + ratio) ** times
  const compounded =
    grown === null || times! < 2 || grown > 1e6
      ? ''
      : `: ${percent(ratio)}% every ${durationInWords(rule.cooldown)} is ${factor(grown)} the ${step.kind} within a week`
  return {
    code: 'raise-without-limit',
    message: `the ${step.kind} is raised without a \`max\`${compounded}`,
    hint: `for example \`${step.kind}: { change: +${percent(ratio)}%, max: 2000 TRY }\`, in the account’s currency`,
  }
}

/** Reports a `max` above what the whole account may spend in a day: only the guardrail would stop such a raise. */
function* beyondCeiling(rule: Rule, at: Finding['at'], max: number, settings: Settings | null): Generator<Finding> {
  // A lifetime budget is spread over its remaining days, so its amount can't be compared with a daily ceiling.
  if (mentions(rule, ({ attribute }) => attribute === 'lifetime_budget')) return
  for (const account of coveredAccounts(rule, settings)) {
    const ceiling = ceilingOf(account)
    if (ceiling === null || max <= ceiling) continue
    const { name, currency } = account
    yield {
      code: 'raise-without-limit',
      at,
      message: `\`max\` is ${inCurrency(max, currency)}, and all of ${name} together may spend ${inCurrency(ceiling, currency)} a day: it limits nothing`,
      hint: 'set `max` to the most that one entity should have',
    }
    return
  }
}

function* severalADay({ rule, accounts, always }: RuleReading, step: Raise, ratio: number): Generator<Finding> {
  const around: Demand[] = [...always, ...(rule.when === null ? [] : [{ condition: rule.when, wanted: true }])]
  const inOneGo = raisesInOneGo(rule, step.kind)
  const often = rule.clear !== null ? 1 : Math.max(...accounts.map((reading) => timesPerDay(around, reading)))
  const times = often * inOneGo
  if (times < 2) return
  const grown = factor((1 + ratio) ** times)
  yield {
    code: 'raise-without-limit',
    at: { rule, path: often < 2 ? `then[${rule.then.indexOf(step)}].${step.kind}` : 'cooldown' },
    message: `the ${step.kind} may be raised ${times} times a day: ${percent(ratio)}% each is ${grown} the ${step.kind} by the evening`,
    hint:
      often < 2
        ? 'remove one of them, or wait a day in between: `wait: 24h`'
        : 'set a cooldown of at least a day, such as `cooldown: 24h`: a raise shows in the results of the next day',
  }
}

const isFirst = ({ then }: Rule, step: Raise): boolean =>
  then.find((other) => other.kind === step.kind && isRaise(other)) === step

/** Returns how many raises of one kind the rule's steps make within a day of each other. */
function raisesInOneGo({ then }: Rule, kind: Raise['kind']): number {
  let [count, most, since] = [0, 0, 0]
  for (const step of then) {
    if (step.kind === 'wait') since += step.duration
    if (step.kind === 'wait-until') since += DAY / 2
    if (step.kind !== kind || !isRaise(step)) continue
    count = since >= DAY / 2 ? 1 : count + 1
    since = 0
    most = Math.max(most, count)
  }
  return Math.max(1, most)
}

const percent = (ratio: number): number => Math.round(ratio * 1000) / 10
/** Writes a factor as `2.7 times`. */
const factor = (grown: number): string => `${Math.round(grown * 10) / 10} times`
