/** Splits a line of the language into tokens. Accepts any text: what is not a token is reported and skipped. */

import type { Fault } from '../../diagnostic/fault.js'
import type { ComparisonOperator, Span } from '../syntax.js'
import { didYouMeanNumber, GROUPED_NUMBER, GROUPED_NUMBER_OF_LIST, readingsOf } from './written-number.js'

export type Token = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'compare'; readonly operator: ComparisonOperator }
  | { readonly kind: 'symbol'; readonly text: Symbol }
  | { readonly kind: 'end' }
)

export type Symbol = '+' | '-' | '*' | '/' | '%' | '(' | ')' | '[' | ']' | ',' | '.'

/** No real amount or count is larger. A double holds every whole number up to 2^53, about 9e15. */
const LARGEST_NUMBER = 1e15

/** Operators of other languages, keyboards and word processors, with the operator that is meant. */
const FOREIGN: readonly (readonly [string, string])[] = [
  ['==', '='],
  ['=>', '>='],
  ['=<', '<='],
  ['<>', '!='],
  ['≥', '>='],
  ['≤', '<='],
  ['≠', '!='],
  ['&&', 'and'],
  ['||', 'or'],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['＞=', '>='],
  ['＜=', '<='],
  ['＞', '>'],
  ['＜', '<'],
  ['＝', '='],
]

const SPACE = /[\s\u00a0]+/y
const DIGITS = /\d+/y
/** A currency after a number, with the space between them. */
const UNIT = /\s?[A-Z]{3}(?!\p{L})/uy
const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_]*|\p{Sc}/uy
const COMPARE = />=|<=|!=|>|<|=/y
const SYMBOL = /[-+*/%()[\],.]/y
const QUOTES = new Map([
  ['"', '"'],
  ["'", "'"],
])
const CURLY_QUOTES = /[“”„«»‘’]/y
const CURLY_TEXT = /[“”„«‘’][^“”„«»‘’"']*[“”»‘’"']/y

export function tokenize(source: string): { tokens: readonly Token[]; faults: readonly Fault[] } {
  const tokens: Token[] = []
  const faults: Fault[] = []
  let at = 0
  /** The number of open brackets: inside them a comma separates items. */
  let depth = 0

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match === null) return null
    at = pattern.lastIndex
    return match[0]
  }

  while (at < source.length) {
    if (take(SPACE) !== null) continue
    const start = at
    const span = (): Span => ({ start, end: at })

    const foreign = FOREIGN.find(([written]) => source.startsWith(written, at))
    if (foreign !== undefined) {
      at += foreign[0].length
      faults.push({
        code: 'foreign-operator',
        message: `\`${foreign[0]}\` is not an operator here`,
        span: span(),
        hint: foreign[1] === 'and' || foreign[1] === 'or' ? hintForLogic(foreign[1]) : `write \`${foreign[1]}\``,
      })
      tokens.push(
        ...tokenize(foreign[1])
          .tokens.slice(0, -1)
          .map((token) => ({ ...token, span: span() })),
      )
      continue
    }

    const grouped = take(depth > 0 ? GROUPED_NUMBER_OF_LIST : GROUPED_NUMBER)
    const number = grouped ?? take(DIGITS)
    if (number !== null) {
      const isValid = /^\d+(\.\d+)?$/.test(number)
      const readings = isValid ? [number] : readingsOf(number)
      const text = readings[0] ?? '0'
      const value = Number(text)
      if (!isValid) faults.push(foreignNumber(number, readings, span(), source))
      else if (value > LARGEST_NUMBER) faults.push({ code: 'bad-number', message: 'the number is too large', span: span() })
      tokens.push({ kind: 'number', text, value, span: span() })
      continue
    }

    const word = take(WORD)
    if (word !== null) {
      tokens.push({ kind: 'word', text: word, span: span() })
      continue
    }

    const close = QUOTES.get(source[at]!)
    if (close !== undefined) {
      const text = readText(source, at + 1, close)
      at = text.end
      if (!text.closed) {
        faults.push({ code: 'unterminated-text', message: `the text has no closing ${close}`, span: span() })
      }
      tokens.push({ kind: 'text', value: text.value, span: span() })
      continue
    }

    const compare = take(COMPARE)
    if (compare !== null) {
      tokens.push({ kind: 'compare', operator: compare as ComparisonOperator, span: span() })
      continue
    }

    const symbol = take(SYMBOL)
    if (symbol !== null) {
      if (symbol === '(' || symbol === '[') depth++
      else if (symbol === ')' || symbol === ']') depth--
      tokens.push({ kind: 'symbol', text: symbol as Symbol, span: span() })
      continue
    }

    const curly = take(CURLY_TEXT) ?? take(CURLY_QUOTES)
    if (curly !== null && curly.length > 1) {
      const value = curly.slice(1, -1)
      const hint = `write straight quotes: \`"${value}"\``
      faults.push({ code: 'unexpected-character', message: 'these quotes have no meaning here', span: span(), hint })
      tokens.push({ kind: 'text', value, span: span() })
      continue
    }
    if (curly === null) at += source.codePointAt(at)! > 0xffff ? 2 : 1
    const last = faults.at(-1)
    // Consecutive unexpected characters are one fault.
    if (last?.code === 'unexpected-character' && last.span.end === start) {
      faults[faults.length - 1] = { ...last, span: { start: last.span.start, end: at } }
    } else {
      faults.push({
        code: 'unexpected-character',
        message: `\`${source.slice(start, at)}\` has no meaning here`,
        span: span(),
        ...(curly !== null ? { hint: 'write straight quotes: `"`' } : {}),
        ...(source[start] === '!' ? { hint: 'write `not:` in front of the condition' } : {}),
      })
    }
  }
  tokens.push({ kind: 'end', span: { start: source.length, end: source.length } })
  return { tokens, faults }
}

function foreignNumber(written: string, readings: readonly string[], span: Span, source: string): Fault {
  UNIT.lastIndex = span.end
  const unit = UNIT.exec(source)?.[0] ?? ''
  const message = readings.length > 1 ? `\`${written}\` can be read in two ways` : `\`${written}\` is not a number here`
  const form = 'write numbers without thousands separators and with a decimal point: `1234.56`'
  return { code: 'bad-number', message, span, hint: didYouMeanNumber(readings, unit) ?? form }
}

const hintForLogic = (word: string): string =>
  word === 'and'
    ? 'write each comparison on its own line, in a list: all must be true'
    : 'write each comparison on its own line, in a list under `any:`'

/** Reads a quoted text. `\` escapes the closing quote and `\`; before anything else it is an ordinary character. */
function readText(source: string, from: number, close: string): { value: string; end: number; closed: boolean } {
  let value = ''
  let at = from
  while (at < source.length) {
    const letter = source[at]!
    if (letter === close) return { value, end: at + 1, closed: true }
    const next = source[at + 1]
    if (letter === '\\' && (next === close || next === '\\')) {
      value += next
      at += 2
      continue
    }
    value += letter
    at += 1
  }
  return { value, end: at, closed: false }
}
