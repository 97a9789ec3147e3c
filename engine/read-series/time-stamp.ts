/** Reads time stamps of files, and writes later ones in the same format. */

import { isDate } from '../clock/day.js'
import { DAY, HOUR, MINUTE } from '../clock/zone.js'
import type { DateOrder } from '../read-export/date-format.js'

/**
 * The form of a time stamp: a month, a day, a wall-clock time (with or without an offset), a Unix time, or a plain number that counts
 * steps. All time stamps of a series must have the same form.
 */
export type StampKind = 'month' | 'day' | 'time' | 'time-with-offset' | 'seconds' | 'milliseconds' | 'number'

export interface Stamp {
  readonly kind: StampKind
  /** The wall-clock time in milliseconds, as if it were UTC; for `number` the number itself. */
  readonly wall: number
  /** The offset from UTC in milliseconds; 0 if the stamp has none. */
  readonly offset: number
}

const ISO = /^(\d{4})[-/](\d{2})(?:[-/](\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?)?$/i
const EUROPEAN = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/
const NUMBER = /^-?\d{1,13}$/

/** Reads the time stamp in a cell; null if it is not one. */
export function readStamp(cell: string, order: DateOrder): Stamp | null {
  const iso = ISO.exec(cell)
  if (iso !== null) {
    const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(iso[group] ?? 0)) as Six
    const fraction = iso[7] === undefined ? 0 : Math.round(Number(`0.${iso[7]}`) * 1000)
    const hasDay = iso[3] !== undefined
    const wall = wallOf(year, month, hasDay ? day : 1, hour, minute, second)
    if (wall === null) return null
    const kind = !hasDay ? 'month' : iso[4] === undefined ? 'day' : iso[8] === undefined ? 'time' : 'time-with-offset'
    return { kind, wall: wall + fraction, offset: offsetOf(iso[8]) }
  }
  const european = EUROPEAN.exec(cell)
  if (european !== null) {
    const [first, second, year] = [Number(european[1]), Number(european[3]), Number(european[4])]
    const dayFirst = european[2] === '.' || order === 'day-first'
    const [hour, minute, seconds] = [5, 6, 7].map((group) => Number(european[group] ?? 0)) as Three
    const wall = wallOf(year, dayFirst ? second : first, dayFirst ? first : second, hour, minute, seconds)
    return wall === null ? null : { kind: european[5] === undefined ? 'day' : 'time', wall, offset: 0 }
  }
  if (!NUMBER.test(cell)) return null
  const number = Number(cell)
  if (/^(19|20)\d{6}$/.test(cell)) {
    const wall = wallOf(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100, 0, 0, 0)
    if (wall !== null) return { kind: 'day', wall, offset: 0 }
  }
  // Unix times of this century have ten digits in seconds and thirteen in milliseconds; step numbers are never that large.
  if (number >= 9e8 && number < 1e11) return { kind: 'seconds', wall: number * 1000, offset: 0 }
  if (number >= 9e11) return { kind: 'milliseconds', wall: number, offset: 0 }
  return { kind: 'number', wall: number, offset: 0 }
}

type Six = [number, number, number, number, number, number]
type Three = [number, number, number]

function wallOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  if (!isDate({ year, month, day }) || hour > 23 || minute > 59 || second > 59) return null
  return Date.UTC(year, month - 1, day) + hour * HOUR + minute * MINUTE + second * 1000
}

function offsetOf(text: string | undefined): number {
  if (text === undefined || text.toUpperCase() === 'Z') return 0
  return (text.startsWith('-') ? -1 : 1) * (Number(text.slice(1, 3)) * HOUR + Number(text.slice(-2)) * MINUTE)
}

/** Writes a moment in the format of `like`: the same order, separators, precision and offset. `wall` is as in `Stamp`. */
export function writeStamp(wall: number, kind: StampKind, like: string, order: DateOrder): string {
  if (kind === 'number') return String(wall)
  if (kind === 'seconds') return String(Math.round(wall / 1000))
  if (kind === 'milliseconds') return String(wall)
  const date = new Date(wall)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
  const iso = ISO.exec(like)
  const european = iso === null ? EUROPEAN.exec(like) : null
  if (european !== null) {
    const separator = european[2]!
    const dayFirst = separator === '.' || order === 'day-first'
    const padded = !(european[1]!.length === 1 || european[3]!.length === 1)
    const [first, second] = (dayFirst ? [day, month] : [month, day]).map((part) => (padded ? two(part) : String(part)))
    const text = [first, second, year].join(separator)
    return kind === 'day' ? text : `${text}${like.includes('T') ? 'T' : ' '}${timeText(wall, european[7] !== undefined, 0)}`
  }
  if (iso === null) return `${year}${two(month)}${two(day)}`
  const separator = like[4]!
  if (kind === 'month') return `${year}${separator}${two(month)}`
  const text = [year, two(month), two(day)].join(separator)
  if (kind === 'day') return text
  const offset =
    iso[8] === undefined ? '' : like.slice(like.length - iso[8].length - (/\s/.test(like.at(-iso[8].length - 1)!) ? 1 : 0))
  return `${text}${like[10]}${timeText(wall, iso[6] !== undefined, iso[7]?.length ?? 0)}${offset}`
}

function timeText(wall: number, withSeconds: boolean, fractionDigits: number): string {
  const time = ((wall % DAY) + DAY) % DAY
  const [hour, minute, second] = [Math.floor(time / HOUR), Math.floor(time / MINUTE) % 60, Math.floor(time / 1000) % 60]
  const fraction =
    fractionDigits === 0
      ? ''
      : `.${String(time % 1000)
          .padStart(3, '0')
          .padEnd(fractionDigits, '0')
          .slice(0, fractionDigits)}`
  return `${two(hour)}:${two(minute)}${withSeconds ? `:${two(second)}` : ''}${fraction}`
}

const two = (number: number): string => String(number).padStart(2, '0')
