/** Rules that run too often, or at a time of day that a change to or from summer time skips or repeats. */

import type { Settings } from '../../account/account.js'
import { isoDay } from '../../clock/day.js'
import { DAY, HOUR, MINUTE, minutesOf, type OffsetChange, offsetChanges } from '../../clock/zone.js'
import type { Expression, Window } from '../../expression/syntax.js'
import { findAttribute } from '../../metric/attributes.js'
import { cronMinutesOfDay, cronWallTimes } from '../../rule/cadence-cron.js'
import type { Cadence, Rule } from '../../rule/rule.js'
import { coveredAccounts } from '../rules/covered-accounts.js'
import type { Finding } from '../rules/finding.js'
import { expressionsOf } from '../rules/mentions.js'

/** More runs a day than this are too many. */
const FEW = 4
const HORIZON = 2 * 366 * DAY

/** Call it only for rules with a cadence of their own: the default cadence is not the author's choice. */
export function tooOftenFindings(rule: Rule): Finding[] {
  const times = runsPerDay(rule.cadence)
  if (times <= FEW || rule.when === null) return []
  const parts = [rule.when, rule.where].flatMap((condition) => expressionsOf(condition))
  const windows = parts.flatMap((part) => (part.kind === 'metric' ? [part.window] : []))
  const inWhen = expressionsOf(rule.when)
  if (!inWhen.some(({ kind }) => kind === 'metric') || !windows.every(endsBeforeToday) || inWhen.some(changesWithinTheDay))
    return []
  if (parts.some((part) => part.kind === 'attribute' && part.attribute === 'hour')) return []
  return [
    {
      code: 'runs-too-often',
      at: { rule, path: rule.cadence.kind === 'every' ? 'every' : rule.cadence.kind },
      message: `the rule runs ${times} times a day, but the days that it looks at only change at midnight`,
      hint: 'run it once or twice a day, after the night’s numbers are in: `at: "06:00"`',
    },
  ]
}

function runsPerDay(cadence: Cadence): number {
  switch (cadence.kind) {
    case 'every':
      return Math.floor(DAY / cadence.interval)
    case 'at':
      return cadence.times.length
    case 'cron':
      return new Set(cronMinutesOfDay(cadence.expression)).size
    default:
      return 0
  }
}

const ENDED = [
  'yesterday',
  'last_3d',
  'last_7d',
  'last_14d',
  'last_28d',
  'last_30d',
  'last_90d',
  'last_week_mon_sun',
  'last_month',
]

const endsBeforeToday = (window: Window): boolean =>
  window.kind !== 'hours' && (window.offsetDays > 0 || (window.kind === 'preset' && ENDED.includes(window.preset)))

/** Attributes of the entity, its age and `hour` change within a day; the account's targets, the weekday and the month do not. */
function changesWithinTheDay(expression: Expression): boolean {
  switch (expression.kind) {
    case 'attribute': {
      const of = findAttribute(expression.attribute)?.of
      return of === 'entity' || expression.attribute === 'hour'
    }
    case 'number':
    case 'money':
    case 'text':
    case 'metric':
    case 'negate':
    case 'arithmetic':
      return false
    default:
      return true
  }
}

/** @param now epoch milliseconds: changes of the clock in the two years after it are reported */
export function summerTimeFindings(rule: Rule, settings: Settings | null, now: number): Finding[] {
  const own = rule.cadence.kind === 'at' || rule.cadence.kind === 'cron' ? rule.cadence.timezone : null
  const accounts = [...new Set(coveredAccounts(rule, settings).map(({ timezone }) => timezone))]
  // `wait: until` uses `timezone:`, as `at` and `cron` do.
  const zones = own === null ? accounts : [own]
  const findings: Finding[] = []
  for (const zone of zones) {
    const changes = offsetChanges(zone, now, now + HORIZON)
    const affected = firstOfEachKind(changes, (change) => touchedTime(rule.cadence, change))
    for (const [change, minutes] of affected) {
      findings.push(clockFinding({ rule, path: rule.cadence.kind }, change, minutes, zone, 'the rule runs'))
    }
  }
  for (const [index, step] of rule.then.entries()) {
    if (step.kind !== 'wait-until') continue
    for (const zone of zones) {
      const changes = offsetChanges(zone, now, now + HORIZON)
      const touched = firstOfEachKind(changes, (change) => timesTouched([minutesOf(step.time)], change)[0] ?? null)
      for (const [change, minutes] of touched)
        findings.push(clockFinding({ rule, path: `then[${index}].wait` }, change, minutes, zone, 'the wait ends'))
    }
  }
  return findings
}

/** Keeps one skipped and one repeated time: next year's changes are the same. */
function firstOfEachKind(
  changes: readonly OffsetChange[],
  touched: (change: OffsetChange) => number | null,
): readonly (readonly [OffsetChange, number])[] {
  const found = new Map<boolean, readonly [OffsetChange, number]>()
  for (const change of changes) {
    const skips = change.after > change.before
    const minutes = found.has(skips) ? null : touched(change)
    if (minutes !== null) found.set(skips, [change, minutes])
  }
  return [...found.values()]
}

/** Returns the minute of the day at which the rule is due and which the change skips or repeats; null if there is none. */
function touchedTime(cadence: Cadence, change: OffsetChange): number | null {
  if (cadence.kind === 'at') return timesTouched(cadence.times.map(minutesOf), change)[0] ?? null
  if (cadence.kind !== 'cron') return null
  const [from, to] = wallClock(change)
  const near: number[] = []
  for (const wall of cronWallTimes(cadence.expression, from - HOUR - 1)) {
    if (wall >= to + HOUR) break
    near.push(wall)
  }
  const within = near.filter((wall) => wall >= from && wall < to)
  // A rule that runs at least hourly also runs just before and just after the change, so it misses nothing.
  const isFrequent = near.some((wall) => wall < from) && near.some((wall) => wall >= to)
  return within.length === 0 || isFrequent ? null : Math.floor((within[0]! % DAY) / MINUTE)
}

/** Returns the wall-clock times that the change skips or repeats, end excluded, as milliseconds read as if they were UTC. */
const wallClock = ({ at, before, after }: OffsetChange): readonly [from: number, to: number] =>
  after > before ? [at + before, at + after] : [at + after, at + before]

function timesTouched(minutes: readonly number[], change: OffsetChange): readonly number[] {
  const [from, to] = wallClock(change)
  return minutes.filter((minute) => {
    const midnight = Math.floor(from / DAY) * DAY
    return [midnight, midnight + DAY].some((day) => day + minute * MINUTE >= from && day + minute * MINUTE < to)
  })
}

function clockFinding(at: Finding['at'], change: OffsetChange, minutes: number, zone: string, what: string): Finding {
  const [from, to] = wallClock(change)
  const skips = change.after > change.before
  const day = isoDay(Math.floor((minutes < (from % DAY) / MINUTE ? to : from) / DAY))
  const message = skips
    ? `there is no ${clock(minutes * MINUTE)} on ${day} in ${zone}: ${what} right after the gap, at ${clock(to)}`
    : `${clock(minutes * MINUTE)} comes twice on ${day} in ${zone}: ${what} only at the first`
  return {
    code: 'summer-time',
    at,
    message,
    hint: `choose a time outside of ${clock(from)} to ${clock(to)}`,
  }
}

const clock = (wall: number): string => new Date(((wall % DAY) + DAY) % DAY).toISOString().slice(11, 16)
