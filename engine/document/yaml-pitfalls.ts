/**
 * Pitfalls of YAML: an unquoted condition within `[ ]` or `{ }`, or one that contains `: ` or ` #`, means something else in YAML.
 * The hints show the line as it must be written.
 */

import type { Fault } from '../diagnostic/fault.js'
import type { SourceFile } from '../diagnostic/source.js'
import { quoteScalar } from '../text/quote.js'
import { bracketAround, endOfItem, extentOfFlow } from './slips/flow-item.js'

const CONDITION_KEYS = ['when', 'where', 'clear', 'all', 'any', 'not']
const KEYED = /^(\s*(?:-\s+)*)([a-z_]+)(\s*:\s+)(\S.*)$/
const ITEM = /^(\s*-\s+)(\S.*)$/
/** YAML reads text without any of these as text. */
const NEEDS_QUOTES = /[[\]{}]|:(\s|$)|\s#|^[@`%&*!?-]/

/**
 * Returns the fault of a line with a YAML error if a pitfall is the cause, otherwise null. `masked` is the line with the pitfalls
 * that were already found replaced by quoted text of the same length.
 */
export function trapOfLine(source: SourceFile, line: number, masked: string = source.line(line)): Fault | null {
  const text = source.line(line)
  if (text.length > 500) return null
  const keyed = KEYED.exec(text)
  if (keyed !== null && CONDITION_KEYS.includes(keyed[2]!)) {
    const column = keyed[1]!.length + keyed[2]!.length + keyed[3]!.length
    const lead = `${keyed[2]!}: `
    return bracketed(source, line, column, keyed[1]!.length, lead) ?? trap(source, line, column, keyed[4]!, lead)
  }
  for (const { 0: lead, index } of masked.matchAll(/\btext\s*:\s+(?=[^\s"'|>])/g)) {
    const column = index + lead.length
    const bracket = bracketAround(masked, column)
    const written = text.slice(column, bracket === null ? text.length : endOfItem(masked, column, bracket))
    if (NEEDS_QUOTES.test(written)) return unquotedText(offsetOf(source, line, column), written)
  }
  const item = ITEM.exec(text)
  if (item !== null && isWithinCondition(source, line)) return trap(source, line, item[1]!.length, item[2]!, '- ')
  return null
}

/** Returns the fault of a condition that YAML did not read as text; `written` is the rest of its line in the file. */
export function unquotedCondition(start: number, written: string, lead: string): Fault {
  const trimmed = written.trimEnd()
  return {
    code: 'unquoted-condition',
    message: 'YAML does not read this as a condition',
    span: { start, end: start + trimmed.length },
    hint: hintFor(trimmed, lead),
  }
}

/**
 * Returns the hint. A condition with `all:`, or a map, would still not be valid if quoted as a whole, so these get other hints.
 */
function hintFor(written: string, lead: string): string {
  if (/^(all|any|not)\s*:\s/.test(written)) return `put it in braces: \`${lead}${quoted(`{ ${written} }`)}\``
  const isMapWithoutJoint = /^\{.*\}$/.test(written) && !/^\{\s*(all|any|not)\s*:/.test(written)
  if (isMapWithoutJoint) return `a condition is one line of text, without braces: \`${lead}spend[today] > 250\``
  return `put it in quotes: \`${lead}${quoted(written)}\``
}

export const unquotedText = (start: number, written: string, key = 'text'): Fault => ({
  code: 'unquoted-text',
  message: 'YAML does not read this as text',
  span: { start, end: start + written.trimEnd().length },
  hint: `put it in quotes: \`${key}: ${quoteScalar(written.trimEnd())}\``,
})

/** Finds a list of conditions in brackets that continues on further lines, or is not closed. */
function bracketed(source: SourceFile, line: number, column: number, indentation: number, lead: string): Fault | null {
  const start = offsetOf(source, line, column)
  if (!/[[{]/.test(source.text[start]!)) return null
  const { end, open } = extentOfFlow(source.text, start, indentation)
  const written = source.text.slice(start, end)
  if ((open === '' && !written.includes('\n')) || written.length > 500) return null
  const joined = written.split(/\s*\n\s*/).join(' ')
  const span = { start, end }
  if (open === '') return { ...unquotedCondition(start, joined, lead), span }
  const closed = `${joined.replace(/,$/, '')}${[...open]
    .reverse()
    .map((one) => CLOSE[one]!)
    .join('')}`
  const hint = `close it: \`${lead}${quoted(closed)}\``
  return { code: 'yaml-syntax', message: `\`${open[0]!}\` is not closed`, span, hint }
}

const CLOSE: Readonly<Record<string, string>> = { '[': ']', '{': ' }', '(': ')' }

function trap(source: SourceFile, line: number, column: number, written: string, lead: string): Fault | null {
  // Quoted text has another mistake, such as text after the closing quote.
  if (/^(["']).*\1\s*,?\s*$/.test(written)) return null
  return unquotedCondition(offsetOf(source, line, column), written, lead)
}

/** Returns the value with every condition in it quoted; lists and maps in flow style keep their form. */
function quoted(written: string): string {
  const text = written.trim()
  const flow = /^\[(.*)\]$/.exec(text)
  if (flow !== null) return `[${split(flow[1]!).map(quoted).join(', ')}]`
  const map = /^\{\s*(all|any|not)\s*:\s*(.*?)\s*\}$/.exec(text)
  if (map !== null) return `{ ${map[1]!}: ${quoted(map[2]!)} }`
  return quoteScalar(text)
}

/** Splits at the commas outside of brackets and quotes. */
function split(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote: string | null = null
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (quote !== null) {
      if (letter === quote) quote = null
    } else if (letter === '"' || letter === "'") quote = letter
    else if ('[({'.includes(letter)) depth++
    else if ('])}'.includes(letter)) depth--
    else if (letter === ',' && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts.filter((part) => part.trim() !== '')
}

/** Whether the line is under a condition's key: looks for the nearest key above that is indented less. */
function isWithinCondition(source: SourceFile, line: number): boolean {
  let indentation = indentationOf(source.line(line))
  for (let above = line - 1; above >= Math.max(1, line - 200); above--) {
    const text = source.line(above)
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue
    const key = /^\s*(?:-\s+)*([a-z_]+)\s*:\s*(?:#.*)?$/.exec(text)?.[1]
    const own = indentationOf(text)
    if (own > indentation || (own === indentation && text.trimStart().startsWith('-'))) continue
    if (key !== undefined) return CONDITION_KEYS.includes(key)
    indentation = own
  }
  return false
}

const indentationOf = (text: string): number => text.length - text.trimStart().length

function offsetOf(source: SourceFile, line: number, column: number): number {
  let offset = 0
  let start = 0
  for (let number = 1; number < line; number++) {
    offset = source.text.indexOf('\n', start)
    start = offset + 1
  }
  return start + column
}
