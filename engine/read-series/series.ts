/** A series of a file, with even steps. */

import type { DateOrder } from '../read-export/date-format.js'
import { type Pace, positionAfter } from './pace.js'
import { type StampKind, writeStamp } from './time-stamp.js'

export interface Series {
  /** Its name in the file; null if the file contains one series without a name. */
  readonly name: string | null
  readonly pace: Pace
  readonly kind: StampKind
  /** One for each step from the first to the last; null, never zero, for a gap or an empty cell. */
  readonly values: readonly (number | null)[]
  /** Time stamps as written in the file; null for steps without a row. */
  readonly stamps: readonly (string | null)[]
  /** Further rows with a time stamp that occurred before, if such rows are kept; the value of the step is the first one's. */
  readonly repeats: readonly { readonly step: number; readonly stamp: string; readonly value: number | null }[]
  /** Returns the wall-clock time of a step in milliseconds, as if it were UTC; for plain numbers the number itself. */
  positionOf(step: number): number
  /** Returns the time stamp of any step, including future ones: as read, or else in the format of the last one. */
  stampOf(step: number): string
}

/** A series that cannot be used. `code` is for programs, `reason` for people. */
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
