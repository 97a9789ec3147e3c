/** Converts the schedules of Meta's rules to `every`, `at` or `cron`. */

import { numberOf, recordOf } from './ad-rule.js'

/** A line of YAML such as `every: 30m`, or the reason why there is no equivalent. */
export type TranslatedSchedule =
  { readonly kind: 'line'; readonly line: string } | { readonly kind: 'fault'; readonly fault: string }

export function translateSchedule(schedule: unknown): TranslatedSchedule {
  const spec = recordOf(schedule)
  switch (spec['schedule_type']) {
    case 'DAILY':
      return { kind: 'line', line: 'at: "00:00"' }
    case 'HOURLY':
      return { kind: 'line', line: 'every: 1h' }
    case 'SEMI_HOURLY':
      return { kind: 'line', line: 'every: 30m' }
    case 'CUSTOM':
      return custom(spec['schedule'])
    default:
      return { kind: 'fault', fault: 'its schedule has no equivalent' }
  }
}

interface Entry {
  readonly start: number
  readonly end: number
  /** 0 is Sunday. */
  readonly days: readonly number[]
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const fault = { kind: 'fault', fault: 'its times cannot be expressed in one `cron` line' } as const

const HALF_HOUR = 30

/**
 * The half-hours at which the rule runs must be the same on all of its days. They become a `cron` line if every hour has the same minutes,
 * and otherwise, if the rule runs every day, a list under `at:`.
 */
function custom(given: unknown): TranslatedSchedule {
  const entries = (Array.isArray(given) ? (given as unknown[]) : []).map(readEntry)
  if (entries.length === 0 || entries.some((entry) => entry === null)) return fault
  const runs = new Map<number, Set<number>>()
  for (const { start, end, days } of entries as Entry[]) {
    for (const day of days) {
      const own = runs.get(day) ?? new Set()
      // The rule runs every half-hour up to the end, which is excluded: 00:00 to 00:30 is once, at midnight.
      for (let minute = start; minute === start || minute < end; minute += HALF_HOUR) own.add(minute)
      runs.set(day, own)
    }
  }
  const times = [...runs.values()].map((own) => [...own].sort((a, b) => a - b))
  const [first] = times as [number[]]
  if (times.some((own) => own.join() !== first.join())) return fault
  const minutes = [...new Set(first.map((time) => time % 60))].sort((a, b) => a - b)
  const hours = [...new Set(first.map((time) => Math.floor(time / 60)))]
  if (minutes.length * hours.length === first.length) {
    return { kind: 'line', line: `cron: "${minutes.join(',')} ${hoursText(hours)} * * ${daysText([...runs.keys()])}"` }
  }
  if (runs.size < EVERY_DAY.length) return fault
  return { kind: 'line', line: `at: [${first.map((time) => `"${clockText(time)}"`).join(', ')}]` }
}

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** `8-17`, or `8,12,18`. */
function hoursText(hours: readonly number[]): string {
  const isStretch = hours.length > 2 && hours.every((hour, index) => index === 0 || hour === hours[index - 1]! + 1)
  return isStretch ? `${hours[0]!}-${hours.at(-1)!}` : hours.join(',')
}

function readEntry(given: unknown): Entry | null {
  const { start_minute: from, end_minute: to, days } = recordOf(given)
  // An entry with only days means every half-hour of those days (Marketing API, Advanced Scheduling).
  const start = numberOf(from) ?? 0
  const end = numberOf(to) ?? (numberOf(from) === null ? 1440 : start)
  const on = Array.isArray(days) ? (days as unknown[]).map(numberOf) : EVERY_DAY
  const isTime = (minute: number): boolean => Number.isInteger(minute) && minute >= 0 && minute <= 1440 && minute % 30 === 0
  if (!isTime(start) || !isTime(end) || start === 1440 || end < start || on.length === 0) return null
  if (on.some((day) => day === null || !EVERY_DAY.includes(day))) return null
  return { start, end, days: on as number[] }
}

const daysText = (days: readonly number[]): string =>
  new Set(days).size === 7 ? '*' : [...new Set(days)].sort((a, b) => a - b).join(',')
