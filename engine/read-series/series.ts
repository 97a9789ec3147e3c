/** A series as a file holds it, on an even grid of its own pace. */

import type { DateOrder } from '../read-export/date-format.js'
import { type Pace, positionAfter } from './pace.js'
import { type StampKind, writeStamp } from './time-stamp.js'

export interface Series {
  /** As the file names it; null where it holds one series without a name. */
  readonly name: string | null
  readonly pace: Pace
  readonly kind: StampKind
  /** One for each step from the first to the last: a gap and an empty cell are null, never zero. */
  readonly values: readonly (number | null)[]
  /** Time stamps as they were read; null where the file has no row for that step. */
  readonly stamps: readonly (string | null)[]
  /** Rows whose time stamp occurred before, if such rows are to be kept: the step has the first. */
  readonly repeats: readonly { readonly step: number; readonly stamp: string; readonly value: number | null }[]
  /** Milliseconds of the wall clock as if it were UTC, for each step; the number itself where stamps are plain numbers. */
  positionOf(step: number): number
  /** The time stamp of any step, also of those to come: as read, else written as the last one is. */
  stampOf(step: number): string
}

/** A series that can't be used, with a reason for people. Decide on `code`. */
export interface RefusedSeries {
  readonly series: string | null
  readonly code: 'too-short' | 'bad-time' | 'bad-value' | 'infinite' | 'doubled-time' | 'mixed-times' | 'uneven' | 'too-many-gaps'
  readonly reason: string
}

export interface SeriesParts {
  readonly name: string | null
  readonly pace: Pace
  readonly kind: StampKind
  readonly order: DateOrder
  readonly values: readonly (number | null)[]
  readonly stamps: readonly (string | null)[]
  readonly repeats: Series['repeats']
  /** Of the last step: `position` as in `positionOf`. */
  readonly last: { readonly position: number; readonly stamp: string }
  readonly lastDays: boolean
}

export function seriesOf({ name, pace, kind, order, values, stamps, repeats, last, lastDays }: SeriesParts): Series {
  const positionOf = (step: number): number => positionAfter(last.position, step - (values.length - 1), pace, lastDays)
  const stampOf = (step: number): string => stamps[step] ?? writeStamp(positionOf(step), kind, last.stamp, order)
  return { name, pace, kind, values, stamps, repeats, positionOf, stampOf }
}
