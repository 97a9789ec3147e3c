/** Rules with two clocks: `timezone:` for their times, the account's for everything else. */

import type { Settings } from '../../account/account.js'
import { dayOf, instantOf, minuteOfDay, minutesOf } from '../../clock/zone.js'
import { findAttribute } from '../../metric/attributes.js'
import type { Rule } from '../../rule/rule.js'
import { coveredAccounts } from '../rules/covered-accounts.js'
import { areOtherClocks, minutesOfDay } from '../rules/day-hours.js'
import type { Finding } from '../rules/finding.js'
import { daysOf } from '../rules/judgements.js'
import { expressionsOf } from '../rules/mentions.js'
import { mayChangeSomething } from '../rules/steps.js'

export function* clockFindings(rule: Rule, settings: Settings | null, now: number): Generator<Finding> {
  const { cadence } = rule
  if ((cadence.kind !== 'at' && cadence.kind !== 'cron') || cadence.timezone === null) return
  const zone = cadence.timezone
  const account = coveredAccounts(rule, settings).find(({ timezone }) => areOtherClocks(zone, timezone, now))
  if (account === undefined) return
  // A rule that only notifies may run by the reader's clock, even about the account's days. An hour or weekday in a condition is
  // always read by the account's clock.
  const changes = mayChangeSomething(rule)
  const wait = changes ? rule.then.findIndex(({ kind }) => kind === 'wait-until') : -1
  const ofAccount = clockOfAccount(rule, changes)
  const [minute] = minutesOfDay(cadence)
  if ((wait < 0 && ofAccount === null) || minute === undefined) return
  const there = timeElsewhere(minute, zone, account.timezone, now)
  const step = rule.then[wait]
  const until = step?.kind === 'wait-until' ? timeElsewhere(minutesOf(step.time), zone, account.timezone, now) : null
  const what =
    ofAccount !== null
      ? `\`${ofAccount}\` uses that clock`
      : `its days and budgets use that clock, on which the pause ends at ${until!}`
  yield {
    code: 'two-clocks',
    at: { rule, path: 'timezone' },
    message: `${clock(minute)} in ${zone} is ${there} in ${account.timezone}, the time zone of ${account.name}: ${what}`,
    hint: 'leave `timezone:` out, and write the times in the account’s time zone',
  }
}

/** Returns the first thing in the conditions that is read by the account's clock: an hour, a weekday, or a single day. */
function clockOfAccount(rule: Rule, includesDays: boolean): string | null {
  for (const condition of [rule.where, rule.when, rule.clear]) {
    for (const part of expressionsOf(condition)) {
      if (part.kind === 'attribute' && findAttribute(part.attribute)?.of === 'clock') return part.attribute
      if (!includesDays || part.kind !== 'metric' || part.window.kind === 'hours') continue
      const days = daysOf(part.window)
      if (days?.count === 1 && days.ended < 2) return days.ended === 0 ? '[today]' : '[yesterday]'
    }
  }
  return null
}

function timeElsewhere(minute: number, zone: string, other: string, now: number): string {
  const instant = instantOf(dayOf(now, zone), minute, zone) ?? now
  return clock(minuteOfDay(instant, other))
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
