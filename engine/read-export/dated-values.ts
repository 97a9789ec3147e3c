/** Values of attributes by day. */

import type { DatedValue } from '../facts/dataset-source.js'
import type { Value } from '../value/value.js'

/** Adds the value of a day. A value of the same day that was just added is replaced; the list may be in any order. */
export function note(values: DatedValue[], day: string, value: Value): void {
  const last = values.at(-1)
  if (last?.day === day) values[values.length - 1] = { day, value }
  else values.push({ day, value })
}

/** Returns the values in chronological order, without those that change nothing. If a day has two, the later in the file counts. */
export function changesIn(values: readonly DatedValue[]): DatedValue[] {
  const sorted = [...values].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const ofDays = sorted.filter(({ day }, index) => sorted[index + 1]?.day !== day)
  return ofDays.filter(({ value }, index) => index === 0 || ofDays[index - 1]!.value !== value)
}
