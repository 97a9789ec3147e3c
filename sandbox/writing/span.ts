/** When an ad set runs. */

import { DAY, parseInstant } from '../base/calendar.js'
import { invalidParameter, refused } from '../protocol/errors.js'
import { type Parameters, textParameter } from '../protocol/parameters.js'

export interface Span {
  readonly start_time: number
  /** Null if there is no end. */
  readonly end_time: number | null
}

/** @throws GraphError 100, with 1487033 for an end in the past */
export function readSpan(parameters: Parameters, now: number): Span {
  const span = { start_time: readInstant(parameters, 'start_time') ?? now, end_time: readEnd(parameters) ?? null }
  checkSpan(span, now)
  return span
}

export function checkSpan({ start_time: start, end_time: end }: Span, now: number): void {
  if (end === null) return
  if (end <= now) throw refused(1487033, 'End date is in the past', 'The end date has to be in the future.', ['end_time'])
  if (end <= start) throw invalidParameter('Param end_time must be after start_time')
}

/** Meta paces a daily budget by day, so the schedule must be longer than a day. */
export function checkFullDay({ start_time: start, end_time: end }: Span): void {
  if (end === null || end - start > DAY) return
  throw refused(
    null,
    'Schedule is too short',
    'An ad set with a daily budget has to run for more than 24 hours. Choose a later end, or a lifetime budget.',
    ['end_time'],
  )
}

export function readInstant(parameters: Parameters, name: string): number | undefined {
  const text = textParameter(parameters, name)
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant === null) throw invalidParameter(`Param ${name} must be a valid datetime`)
  return instant
}

/** Returns undefined if nothing is given, and null for 0, which means no end. */
export function readEnd(parameters: Parameters): number | null | undefined {
  return textParameter(parameters, 'end_time') === '0' ? null : readInstant(parameters, 'end_time')
}
