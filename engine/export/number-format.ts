/**
 * Numbers as exports and spreadsheets write them. Whether `.` or `,` is the decimal mark shows in most columns somewhere; where
 * it does not, a number that can be read in two ways is not guessed.
 */

export type DecimalMark = '.' | ','

/** Signs of currencies and what stands for "nothing" in a cell. */
const CURRENCY = /^(?:[A-Z]{3}|TL|[₺$€£₴₹¥])\s*|\s*(?:[A-Z]{3}|TL|[₺$€£₴₹¥])$/g
const BLANK = new Set(['', '-', '–', '—', '--', 'n/a', 'na', 'null', 'none'])
const PLAIN = /^-?\d+$/

/** The currencies that a sign may stand for. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  TL: ['TRY'],
  '₺': ['TRY'],
  '€': ['EUR'],
  '£': ['GBP', 'EGP'],
  '₴': ['UAH'],
  '₹': ['INR'],
  '¥': ['JPY', 'CNY'],
}
/** Dollars and pesos of many countries bear the same sign. */
const DOLLARS = ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP', 'UYU', 'BRL']

/** The currencies that the amount in a cell may be in, by the code or sign beside it; null where it bears none. */
export function currenciesOf(cell: string): readonly string[] | null {
  const trimmed = cell.trim()
  if (PLAIN.test(trimmed)) return null
  const mark = /^[-−]?\s*([A-Z]{3}|TL|[₺$€£₴₹¥])|([A-Z]{3}|TL|[₺$€£₴₹¥])$/.exec(trimmed)
  const sign = mark?.[1] ?? mark?.[2]
  if (sign === undefined) return null
  return sign === '$' ? DOLLARS : (SIGNS[sign] ?? [sign])
}

/** A cell without its currency, spaces and apostrophes between groups; null where it holds nothing. */
export function bareNumber(cell: string): string | null {
  const trimmed = cell.trim()
  if (PLAIN.test(trimmed)) return trimmed
  if (BLANK.has(trimmed.toLowerCase())) return null
  const unsigned = trimmed.replace(/^[-−]\s*/, '')
  const bare = unsigned
    .replace(CURRENCY, '')
    .replace(/(\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))/g, '$1')
    .trim()
  return unsigned === trimmed ? bare : `-${bare}`
}

export type Shape = 'plain' | 'ambiguous' | 'neither' | DecimalMark

/**
 * What a bare number says of the decimal mark: `.` or `,` where it can only be that one, `ambiguous` for `1.234` and `1,234`,
 * `plain` where it has none, `neither` where it is no number.
 */
export function shapeOf(bare: string): Shape {
  if (PLAIN.test(bare)) return 'plain'
  const digits = bare.replace(/^-/, '')
  if (/^\d+(?:\.\d+)?e[+-]?\d{1,3}$/i.test(digits)) return digits.includes('.') ? '.' : 'plain'
  if (!/^\d[\d.,]*$|^[.,]\d+$/.test(digits)) return 'neither'
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

/** The number, or null where the text is none with this decimal mark. */
export function readNumber(bare: string, mark: DecimalMark): number | null {
  if (PLAIN.test(bare)) return Number(bare)
  if (/^-?\d+(?:\.\d+)?e[+-]?\d{1,3}$/i.test(bare)) return finite(Number(bare))
  const pattern = mark === '.' ? /^-?(\d{1,3}(,\d{3})+|\d*)(\.\d+)?$/ : /^-?(\d{1,3}(\.\d{3})+|\d*)(,\d+)?$/
  if (!pattern.test(bare) || !/\d/.test(bare)) return null
  const plain = mark === '.' ? bare.replaceAll(',', '') : bare.replaceAll('.', '').replace(',', '.')
  return finite(Number(plain))
}

const finite = (number: number): number | null => (Number.isFinite(number) ? number : null)
