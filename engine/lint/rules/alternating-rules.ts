/** Rules that act only by the clock, and pairs of rules that alternate. */

import { findAttribute } from '../../metric/attributes.js'
import type { Condition, Rule } from '../../rule/rule.js'
import { minutesOfDay } from './day-hours.js'
import { expressionsOf } from './mentions.js'
import type { Want } from './step-effects.js'

const OF_NUMBERS: readonly string[] = ['metric', 'aggregate', 'forecast', 'expected', 'anomaly', 'payload']
/** Attributes that rules change themselves, and which therefore say nothing about an entity's performance. */
const STATES = ['delivering', 'status', 'effective_status', 'daily_budget', 'lifetime_budget']

/** Whether only the time of day or week decides when the rule acts, repeatedly. */
export function isByTheClock({ cadence, when, where }: Rule): boolean {
  if (cadence.kind === 'hook') return false
  // A cron on certain dates marks a single event, such as the end of a sale.
  if (cadence.kind === 'cron' && !isEveryMonth(cadence.expression)) return false
  if (cadence.kind === 'every' && when === null) return false
  return isOfTime(when) && expressionsOf(where).every(({ kind }) => !OF_NUMBERS.includes(kind))
}

function isEveryMonth(expression: string): boolean {
  const [, , dayOfMonth, month] = expression.trim().split(/\s+/)
  return dayOfMonth === '*' && month === '*'
}

const isOfTime = (when: Condition | null): boolean =>
  expressionsOf(when).every((part) => {
    if (part.kind === 'attribute') return findAttribute(part.attribute)?.of === 'clock' || STATES.includes(part.attribute)
    return ['number', 'money', 'text'].includes(part.kind)
  })

/**
 * Whether two rules want opposite things at different times on purpose: a pause at night and a start in the morning, a raise by
 * day and the old amount at midnight.
 */
export function takeTurns(one: Rule, want: Want, other: Rule, otherWant: Want): boolean {
  if (!haveOtherTimes(one, other)) return false
  const [first, second] = [isByTheClock(one), isByTheClock(other)]
  return (first && second) || (first && want.kind === 'set') || (second && otherWant.kind === 'set')
}

function haveOtherTimes({ cadence }: Rule, { cadence: other }: Rule): boolean {
  if (cadence.kind !== 'at' && cadence.kind !== 'cron') return false
  if ((other.kind !== 'at' && other.kind !== 'cron') || cadence.timezone !== other.timezone) return false
  const minutes = new Set(minutesOfDay(cadence))
  return minutesOfDay(other).every((minute) => !minutes.has(minute))
}
