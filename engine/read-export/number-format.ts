/**
 * Reads numbers as exports and spreadsheets write them. Most columns show somewhere whether `.` or `,` is the decimal mark; if not,
 * an ambiguous number is an error, never a guess.
 */

import { currenciesOfMark, withoutMark } from './currency-marks.js'

export type DecimalMark = '.' | ','

/** Blank cells. */
const BLANK = new Set(['', '-', '–', '—', '--'])
/** Cells with an unknown value, which is not zero. */
const NOT_KNOWN = new Set(['n/a', 'na', '#n/a', 'null', 'none', 'n.a.'])
const PLAIN = /^-?\d+$/
const UNMARKED = /^-?[\d.,]+$/
/** Indian grouping (lakhs and crores): groups of two digits, then one of three. */
const INDIAN = /^\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?$/

/** Whether a cell says that its value is unknown. */
export const isNotKnown = (cell: string): boolean => NOT_KNOWN.has(cell.trim().toLowerCase())

/** Whether a cell is blank or unknown. */
export const saysNothing = (cell: string): boolean => BLANK.has(cell.trim()) || isNotKnown(cell)

/** Returns the currencies that the code or sign in a cell may mean; null if there is none. */
export function currenciesOf(cell: string): readonly string[] | null {
  const trimmed = cell.trim()
  if (UNMARKED.test(trimmed)) return null
  const { mark } = withoutMark(trimmed.replace(/^[-−]\s*/, ''))
  return mark === null ? null : currenciesOfMark(mark)
}

/** Returns a cell without currency, and without spaces and apostrophes between digit groups; null if it is blank or unknown. */
export function bareNumber(cell: string): string | null {
  const trimmed = cell.trim()
  if (UNMARKED.test(trimmed)) return trimmed
  if (BLANK.has(trimmed) || isNotKnown(trimmed)) return null
  const unsigned = trimmed.replace(/^[-−]\s*/, '')
  const amount = withoutMark(unsigned).bare
  const positive = amount.replace(/^[-−]\s*/, '')
  const bare = positive.replace(/(\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))/g, '$1').trim()
  return unsigned === trimmed && positive === amount ? bare : `-${bare}`
}

export type Shape = 'plain' | 'ambiguous' | 'neither' | DecimalMark

/**
 * Returns what a bare number shows about the decimal mark: `.` or `,` if it can only be that one, `ambiguous` for `1.234` and `1,234`,
 * `plain` if it has no mark, `neither` if it is not a number.
 */
export function shapeOf(bare: string): Shape {
  if (PLAIN.test(bare)) return 'plain'
  const digits = bare.replace(/^-/, '')
  if (/^\d+(?:\.\d+)?e[+-]?\d{1,3}$/i.test(digits)) return digits.includes('.') ? '.' : 'plain'
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(digits)) return 'neither'
  if (INDIAN.test(digits)) return '.'
  const [dots, commas] = [digits.split('.').length - 1, digits.split(',').length - 1]
  if (dots > 0 && commas > 0) {
    const mark: DecimalMark = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
    return readNumber(bare, mark) === null ? 'neither' : mark
  }
  const separator = dots > 0 ? '.' : ','
  const groups = digits.split(separator)
  if (groups.length > 2) return /^\d{1,3}([.,]\d{3})+$/.test(digits) ? (separator === '.' ? ',' : '.') : 'neither'
  const [whole = '', rest = ''] = groups
  if (rest === '') return 'neither'
  return rest.length === 3 && /^[1-9]\d{0,2}$/.test(whole) ? 'ambiguous' : separator
}

const DOT_DECIMAL = /^-?(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3}|\d*)(\.\d+)?$/
const COMMA_DECIMAL = /^-?(\d{1,3}(\.\d{3})+|\d*)(,\d+)?$/

/** Returns the number; null if the text is not a number with this decimal mark. */
export function readNumber(bare: string, mark: DecimalMark): number | null {
  if (PLAIN.test(bare)) return Number(bare)
  if (/^-?\d+(?:\.\d+)?e[+-]?\d{1,3}$/i.test(bare)) return finite(Number(bare))
  const pattern = mark === '.' ? DOT_DECIMAL : COMMA_DECIMAL
  if (!pattern.test(bare) || !/\d/.test(bare)) return null
  const plain = mark === '.' ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.')
  return finite(Number(plain))
}

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null)

/**
 * Reads a single number without looking at its column; null if it is ambiguous or not a number.
 *
 * @param isWhole whether it has no fraction, so that `1,234` must be 1234
 */
export function loneNumber(cell: string, isWhole: boolean): number | null {
  const bare = bareNumber(cell)
  if (bare === null) return null
  const shape = shapeOf(bare)
  if (shape === 'neither') return null
  if (shape !== 'ambiguous') return readNumber(bare, shape === ',' ? ',' : '.')
  return isWhole ? readNumber(bare, bare.includes('.') ? ',' : '.') : null
}
