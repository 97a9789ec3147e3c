/** Reads a series of a test: `300 300 400`, the oldest first; `100*3` is three times 100, `_` is unknown. */

import type { Fault, Reading } from '../diagnostic/fault.js'
import { tooPrecise, twoReadings } from '../expression/read/written-number.js'

/** Meta keeps 37 months of data, so no test needs more. */
export const MOST_VALUES = 1200

const VALUE = /^(\d+(?:\.\d+)?|_)(?:\*(\d+))?$/

/** Returns the numbers as written, null for unknown ones; at least one. */
export function parseSeries(text: string): Reading<readonly (number | null)[]> {
  const values: (number | null)[] = []
  const faults: Fault[] = []
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const span = { start: index, end: index + word.length }
    const [, number, count] = VALUE.exec(word) ?? []
    const times = count === undefined ? 1 : Number(count)
    if (number === undefined)
      faults.push({ code: 'bad-series', message: `\`${clip(word)}\` is not a number of a series`, span, hint: hintFor(word) })
    else if (times < 1 || values.length + times > MOST_VALUES) {
      faults.push({ code: 'out-of-range', message: `a series has 1 to ${MOST_VALUES} numbers`, span })
      break
    } else values.push(...Array.from({ length: times }, () => (number === '_' ? null : Number(number))))
  }
  if (values.length === 0 && faults.length === 0) {
    const message = 'the series has no numbers'
    faults.push({ code: 'empty', message, span: { start: 0, end: Math.max(1, text.length) }, hint: 'for example `300 300 400`' })
  }
  return { value: faults.length > 0 ? null : values, faults }
}

/** Checks amounts and counts: refuses numbers that are ambiguous, or have more decimals than the currency. */
export function asAmounts(
  text: string,
  read: Reading<readonly (number | null)[]>,
  unit: { readonly kind: 'count' } | { readonly kind: 'money'; readonly currency: string | null },
): Reading<readonly (number | null)[]> {
  if (read.value === null) return read
  const faults = [...text.matchAll(/[\d.]+(?=\*|\s|$)/g)].flatMap(({ 0: number, index }) => {
    const span = { start: index, end: index + number.length }
    const currency = unit.kind === 'money' ? unit.currency : null
    const fine = currency === null ? null : tooPrecise(Number(number), currency, span)
    return twoReadings(number, '', span, currency) ?? fine ?? []
  })
  return faults.length === 0 ? read : { value: null, faults }
}

/** Reads a series of exactly one number, for a single day. */
export function parseSingle(text: string): Reading<readonly (number | null)[]> {
  const { value, faults } = parseSeries(text)
  if (value === null || value.length === 1) return { value, faults }
  const fault = { code: 'bad-series', message: 'a single day has exactly one number', span: { start: 0, end: text.length } }
  return { value: null, faults: [fault] }
}

function hintFor(word: string): string {
  const times = /^([\d.]+|_)[x×](\d+)$/i.exec(word)
  if (times !== null) return `did you mean \`${times[1]}*${times[2]}\`?`
  if (/^\d+,\d*$/.test(word)) return 'numbers are separated by spaces, and `.` is the decimal mark'
  if (/^[A-Z]{3}$|^[₺$€£]/.test(word)) return 'write bare numbers: money is in the account’s currency'
  if (/^(null|nan|unknown|\?|-)$/i.test(word)) return 'write `_` for unknown'
  if (word.startsWith('-')) return 'no metric can be negative'
  return 'for example `300 300 400`, `100*3`, `_` for unknown'
}

const clip = (text: string): string => (text.length > 30 ? `${text.slice(0, 29)}…` : text)
