/** Finds the interval between the points of a series, and the number of the step that each point is. */

import { DAY, HOUR, MINUTE } from '../clock/zone.js'

/** The interval of a series, in milliseconds (`duration`), calendar months, or plain numbers. */
export interface Pace {
  readonly unit: 'duration' | 'months' | 'number'
  /** The length of one step in that unit. */
  readonly step: number
}

/** No interval was found, or the position with this index does not fit it. */
export type PaceFault = { readonly kind: 'uneven'; readonly index: number } | { readonly kind: 'no-pace' }

/** A point may be early or late by this share of a step, since logs are often written a few seconds after the hour. */
const JITTER = 0.1

export interface Steps {
  readonly kind: 'steps'
  readonly pace: Pace
  /** For each position the number of its step, counted from the first. */
  readonly slots: readonly number[]
}

/**
 * Returns the interval of at least two ascending positions: the most common distance, or else the smallest. All other distances
 * must be multiples of it.
 *
 * @param positions milliseconds, or plain numbers if `unit` is `number`
 */
export function stepsOf(positions: readonly number[], unit: 'time' | 'number'): Steps | PaceFault {
  if (unit === 'time') {
    const months = monthSteps(positions)
    if (months !== null) return months
  }
  const step = commonestDistance(positions)
  if (step === null) return { kind: 'no-pace' }
  const common = slotsOn(step, positions)
  // In a short series with gaps, the most common distance may be two steps.
  const even = common.kind === 'uneven' ? slotsOn(smallestDistance(positions), positions) : common
  if (even.kind === 'uneven') return common.kind === 'uneven' ? common : even
  return { kind: 'steps', pace: { unit: unit === 'time' ? 'duration' : 'number', step: even.step }, slots: even.slots }
}

type Slots = { readonly kind: 'even'; readonly step: number; readonly slots: readonly number[] }

function slotsOn(step: number, positions: readonly number[]): Slots | Extract<PaceFault, { kind: 'uneven' }> {
  const first = positions[0]!
  const slots: number[] = []
  for (const [index, position] of positions.entries()) {
    const exact = (position - first) / step
    const slot = Math.round(exact)
    if (Math.abs(exact - slot) > JITTER || slot === slots.at(-1)) return { kind: 'uneven', index }
    slots.push(slot)
  }
  return { kind: 'even', step, slots }
}

const smallestDistance = (positions: readonly number[]): number =>
  positions.reduce(
    (least, position, index) => (index === 0 ? least : Math.min(least, position - positions[index - 1]!)),
    Infinity,
  )

function commonestDistance(positions: readonly number[]): number | null {
  const counts = new Map<number, number>()
  for (let index = 1; index < positions.length; index++) {
    const distance = positions[index]! - positions[index - 1]!
    counts.set(distance, (counts.get(distance) ?? 0) + 1)
  }
  let best: readonly [number, number] | null = null
  for (const [distance, count] of counts)
    if (distance > 0 && (best === null || count > best[1] || (count === best[1] && distance < best[0]))) best = [distance, count]
  return best === null ? null : best[0]
}

/** Months differ in length, so dates on the same day, or on the last day, of each month are recognised before intervals in days. */
function monthSteps(positions: readonly number[]): Steps | null {
  if (positions.length < 2) return null
  if (positions[1]! - positions[0]! < 28 * DAY) return null
  const dates = positions.map((position) => new Date(position))
  const first = dates[0]!
  const timeOfDay = positions[0]! % DAY
  const sameDay = dates.every((date) => date.getUTCDate() === first.getUTCDate())
  const lastDays = dates.every((date) => new Date(date.getTime() + DAY).getUTCDate() === 1)
  if (!(sameDay || lastDays) || positions.some((position) => position % DAY !== timeOfDay)) return null
  const months = dates.map((date) => date.getUTCFullYear() * 12 + date.getUTCMonth())
  const step = commonestDistance(months)
  if (step === null || months.some((month) => (month - months[0]!) % step !== 0)) return null
  return { kind: 'steps', pace: { unit: 'months', step }, slots: months.map((month) => (month - months[0]!) / step) }
}

/** Returns the position `count` steps after another. With `lastDays`, it is the last day of its month. */
export function positionAfter(position: number, count: number, pace: Pace, lastDays = false): number {
  if (pace.unit !== 'months') return position + count * pace.step
  const date = new Date(position)
  const month = date.getUTCMonth() + count * pace.step
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = lastDays ? lastDay : Math.min(date.getUTCDate(), lastDay)
  return Date.UTC(date.getUTCFullYear(), month, day) + (position % DAY)
}

/** Returns the expected length of a season in steps: a week of days, a day of hours, a year of weeks, months or quarters; else 1. */
export function periodOf({ unit, step }: Pace): number {
  if (unit === 'months') return 12 % step === 0 ? 12 / step : 1
  if (unit === 'number') return 1
  if (step === 7 * DAY) return 52
  if (step === DAY) return 7
  return step >= 5 * MINUTE && step < DAY && DAY % step === 0 ? DAY / step : 1
}

/** Returns the name of one step: `day`, `hour`, `15 minutes`. */
export function paceInWords({ unit, step }: Pace): string {
  if (unit === 'number') return step === 1 ? 'step' : `${step}`
  if (unit === 'months') return step === 12 ? 'year' : step === 3 ? 'quarter' : step === 1 ? 'month' : `${step} months`
  for (const [length, name] of [
    [7 * DAY, 'week'],
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
    [1000, 'second'],
  ] as const)
    if (step % length === 0) return step === length ? name : `${step / length} ${name}s`
  return `${step} ms`
}
