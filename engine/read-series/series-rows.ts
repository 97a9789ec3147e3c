/** Collects the rows of one series and turns them into a series with even steps. */

import { DAY } from '../clock/zone.js'
import type { DateOrder } from '../read-export/date-format.js'
import { bareNumber, readNumber } from '../read-export/number-format.js'
import { paceInWords, type Steps, stepsOf } from './pace.js'
import type { SeriesFormats } from './series-formats.js'
import { type RefusedSeries, type Series, seriesOf } from './series.js'
import { readStamp, type StampKind } from './time-stamp.js'

/** More steps than this between first and last row are mostly gaps: a time stamp is wrong, or there is no regular step. */
const MOST_STEPS_FOR_A_ROW = 20
/** If more rows than this share repeat a time stamp, the file contains several series and does not say which. */
const MOST_DOUBLED = 0.01

/** Whether a time stamp may occasionally occur twice. With `keep`, the first row is the value of the step, the others are `repeats`. */
export type DoubledRows = 'refuse' | 'keep'

/** Collects rows as arrays of plain numbers, since a file may have up to a million of them. */
export class SeriesRows {
  readonly stamps: string[] = []
  readonly walls: number[] = []
  readonly clockOffsets: number[] = []
  /** NaN for a missing value. */
  readonly values: number[] = []
  /** The offset of each row in the text. */
  readonly offsets: number[] = []
  kind: StampKind | null = null
  fault: { readonly code: RefusedSeries['code']; readonly offset: number; readonly reason: string } | null = null

  constructor(
    readonly name: string | null,
    private readonly formats: SeriesFormats,
  ) {}

  add(offset: number, time: string | null, value: string | null): void {
    if (this.fault !== null) return
    const refuse = (code: RefusedSeries['code'], reason: string): void => void (this.fault = { code, offset, reason })
    if (time === null || value === null) return refuse('bad-value', 'the row has fewer columns than the header')
    const stamp = readStamp(time, this.formats.order)
    if (stamp === null)
      return refuse('bad-time', time === '' ? 'the time stamp is empty' : `\`${shortened(time)}\` is not a time stamp`)
    if (this.kind !== null && stamp.kind !== this.kind)
      return refuse('mixed-times', `\`${shortened(time)}\` has another form than the time stamps before it`)
    const number = numberOf(value, this.formats)
    if (number === 'infinite') return refuse('infinite', `\`${shortened(value)}\` is infinite`)
    if (number === 'text') return refuse('bad-value', `\`${shortened(value)}\` is not a number`)
    this.kind = stamp.kind
    this.stamps.push(time)
    this.walls.push(stamp.wall)
    this.clockOffsets.push(stamp.offset)
    this.values.push(number)
    this.offsets.push(offset)
  }
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

const finiteOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

function numberOf(text: string, { mark }: SeriesFormats): number | 'text' | 'infinite' {
  if (mark === '.' && PLAIN.test(text)) {
    const number = Number(text)
    return Number.isFinite(number) ? number : 'infinite'
  }
  if (/^nan$/i.test(text)) return NaN
  if (/^[+-]?(?:inf(?:inity)?|∞)$/i.test(text)) return 'infinite'
  const bare = bareNumber(text)
  if (bare === null) return NaN
  return readNumber(bare, mark) ?? (/^-?\d+(?:\.\d+)?e/i.test(bare) ? 'infinite' : 'text')
}

interface EvenSeries {
  readonly kind: 'even'
  readonly series: Series
  readonly notes: readonly string[]
}

/** Returns the rows as a series with even steps, or the reason why they make none. `lineOf` returns the line of an offset. */
export function seriesOfRows(
  rows: SeriesRows,
  order: DateOrder,
  lineOf: (offset: number) => number,
  doubled: DoubledRows = 'refuse',
): EvenSeries | { readonly kind: 'refused'; readonly refused: RefusedSeries } {
  const { name, fault, kind } = rows
  const refused = (code: RefusedSeries['code'], reason: string) =>
    ({ kind: 'refused', refused: { series: name, code, reason } }) as const
  if (fault !== null) return refused(fault.code, `line ${lineOf(fault.offset)}: ${fault.reason}`)
  const count = rows.values.length
  if (kind === null || count < 2)
    return refused('too-short', `not enough history: ${count} of at least 2 points that are needed to find the interval`)
  const positions = positionsOf(rows, kind)
  const sorted = positions.every((position, index) => index === 0 || position >= positions[index - 1]!)
  const ascending = positions.map((_, index) => index)
  if (!sorted) ascending.sort((one, other) => positions[one]! - positions[other]! || one - other)
  const repeats = new Set<number>()
  for (let index = 1; index < count; index++) {
    const [before, row] = [ascending[index - 1]!, ascending[index]!]
    if (positions[before] !== positions[row]) continue
    repeats.add(row)
    if (doubled === 'keep' && repeats.size <= Math.max(1, count * MOST_DOUBLED)) continue
    const lines = `lines ${lineOf(rows.offsets[before]!)} and ${lineOf(rows.offsets[row]!)}`
    return refused('doubled-time', `${rows.stamps[row]} appears twice (${lines}): add the rows up, or leave one out`)
  }
  const firsts = repeats.size === 0 ? ascending : ascending.filter((row) => !repeats.has(row))
  if (firsts.length < 2) return refused('too-short', 'not enough history: all of its rows have the same time stamp')
  const even = stepsOf(
    firsts.map((row) => positions[row]!),
    kind === 'number' ? 'number' : 'time',
  )
  if (even.kind === 'no-pace') return refused('uneven', 'its time stamps have no regular interval')
  if (even.kind === 'uneven') {
    const row = firsts[even.index]!
    return refused('uneven', `line ${lineOf(rows.offsets[row]!)}: ${rows.stamps[row]} does not fit the interval of the others`)
  }
  const length = even.slots.at(-1)! + 1
  if (length > count * MOST_STEPS_FOR_A_ROW + 1000)
    return refused(
      'too-many-gaps',
      `its ${count} rows span ${length} steps of one ${paceInWords(even.pace)}: nearly all are gaps`,
    )
  const whose = name === null ? 'The rows' : `The rows of ${name}`
  const notes = sorted ? [] : [`${whose} were not in chronological order and have been sorted.`]
  const stepAt = new Map(repeats.size === 0 ? [] : firsts.map((row, index) => [positions[row], even.slots[index]!]))
  const kept = [...repeats].map((row) => ({
    step: stepAt.get(positions[row])!,
    stamp: rows.stamps[row]!,
    value: finiteOrNull(rows.values[row]!),
  }))
  if (kept[0] !== undefined)
    notes.push(
      `${whose} contain ${kept[0].stamp}${kept.length > 1 ? ` and ${kept.length - 1} more time stamps` : ''} twice; both rows are kept.`,
    )
  return { kind: 'even', series: evenSeries(rows, kind, order, firsts, positions, even, length, kept), notes }
}

function evenSeries(
  { name, stamps: read, values: given }: SeriesRows,
  kind: StampKind,
  order: DateOrder,
  ascending: readonly number[],
  positions: readonly number[],
  { pace, slots }: Steps,
  length: number,
  repeats: Series['repeats'],
): Series {
  const values = new Array<number | null>(length).fill(null)
  const stamps = new Array<string | null>(length).fill(null)
  for (const [index, row] of ascending.entries()) {
    const value = given[row]!
    values[slots[index]!] = finiteOrNull(value)
    stamps[slots[index]!] = read[row]!
  }
  const last = ascending.at(-1)!
  const lastDays = pace.unit === 'months' && positions.every((position) => new Date(position + DAY).getUTCDate() === 1)
  const { [last]: position } = positions
  return seriesOf({
    name,
    pace,
    kind,
    order,
    values,
    stamps,
    repeats,
    last: { position: position!, stamp: read[last]! },
    lastDays,
  })
}

/**
 * Returns wall-clock times if all rows have the same time of day, so that a day of 23 or 25 hours counts as one day; otherwise
 * instants, in the offset of the last row.
 */
function positionsOf({ walls, clockOffsets }: SeriesRows, kind: StampKind): readonly number[] {
  if (kind !== 'time-with-offset') return walls
  const timeOfDay = walls[0]! % DAY
  if (walls.every((wall) => wall % DAY === timeOfDay)) return walls
  const shown = clockOffsets[walls.reduce((last, wall, index) => (wall >= walls[last]! ? index : last), 0)]!
  return walls.map((wall, index) => wall - clockOffsets[index]! + shown)
}
