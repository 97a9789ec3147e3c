/** When Meta's rules run, as `every`, `at` or `cron`. */

import { numberOf, recordOf } from './ad-rule.js'

/** As YAML, `every: 30m`; or why there is no equal. */
export type TranslatedSchedule = { readonly line: string } | { readonly fault: string }

export function translateSchedule(schedule: unknown): TranslatedSchedule {
  const spec = recordOf(schedule)
  switch (spec['schedule_type']) {
    case 'DAILY':
      return { line: 'at: "00:00"' }
    case 'HOURLY':
      return { line: 'every: 1h' }
    case 'SEMI_HOURLY':
      return { line: 'every: 30m' }
    case 'CUSTOM':
      return custom(spec['schedule'])
    default:
      return { fault: 'it has no schedule that has an equal' }
  }
}

interface Entry {
  readonly start: number
  readonly end: number
  /** 0 is Sunday. */
  readonly days: readonly number[]
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const fault = { fault: 'its hours cannot be said in one `cron` line' } as const

/** Several times on the same days are one line of `cron`; so is one stretch of whole hours. */
function custom(given: unknown): TranslatedSchedule {
  const entries = (Array.isArray(given) ? (given as unknown[]) : []).map(readEntry)
  const [first, ...others] = entries
  if (first == null || others.some((entry) => entry == null)) return fault
  const all = entries as Entry[]
  const days = daysText(first.days)
  if (all.some((entry) => daysText(entry.days) !== days)) return fault
  if (all.every(({ start, end }) => start === end)) {
    const minutes = new Set(all.map(({ start }) => start % 60))
    if (minutes.size > 1) return fault
    const hours = [...new Set(all.map(({ start }) => Math.floor(start / 60)))].sort((a, b) => a - b)
    return { line: `cron: "${[...minutes][0]} ${hours.join(',')} * * ${days}"` }
  }
  if (others.length > 0 || first.start % 60 !== 0 || first.end % 60 !== 0 || first.end <= first.start) return fault
  return { line: `cron: "0,30 ${first.start / 60}-${first.end / 60 - 1} * * ${days}"` }
}

function readEntry(given: unknown): Entry | null {
  const { start_minute: from, end_minute: to, days } = recordOf(given)
  // With days alone Meta runs the rule every half-hour of them (Marketing API, Advanced Scheduling).
  const start = numberOf(from) ?? 0
  const end = numberOf(to) ?? (numberOf(from) === null ? 1440 : start)
  const on = Array.isArray(days) ? (days as unknown[]).map(numberOf) : EVERY_DAY
  const isTime = (minute: number): boolean => Number.isInteger(minute) && minute >= 0 && minute <= 1440 && minute % 30 === 0
  if (!isTime(start) || !isTime(end) || start === 1440 || on.length === 0) return null
  if (on.some((day) => day === null || !EVERY_DAY.includes(day))) return null
  return { start, end, days: on as number[] }
}

const daysText = (days: readonly number[]): string =>
  new Set(days).size === 7 ? '*' : [...new Set(days)].sort((a, b) => a - b).join(',')
