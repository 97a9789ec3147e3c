/** Values as the rows of single days have them. */

import type { DatedValue } from '../facts/dataset-source.js'
import type { Value } from '../value/value.js'

/** Rows may be in any order, so that only a value equal to the one next to it is known to say nothing new. */
export function note(values: DatedValue[], day: string, value: Value): void {
  const last = values.at(-1)
  if (last?.day === day) values[values.length - 1] = { day, value }
  else values.push({ day, value })
}

/** By day, without those that change nothing; of two of one day the later in the file counts. */
export function changesIn(values: readonly DatedValue[]): DatedValue[] {
  const sorted = [...values].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const ofDays = sorted.filter(({ day }, index) => sorted[index + 1]?.day !== day)
  return ofDays.filter(({ value }, index) => index === 0 || ofDays[index - 1]!.value !== value)
}
