/** Finds mistakes within a value: unclosed brackets and quotes, and text that YAML does not read as text. */

import type { Fault } from '../../diagnostic/fault.js'
import { quoteScalar } from '../../text/quote.js'
import { endOfItem } from './flow-item.js'
import { type Line, spanOf } from './line.js'

const CLOSE: Readonly<Record<string, string>> = { '[': ']', '{': '}' }

const slip = (message: string, span: Fault['span'], hint: string): Fault => ({ code: 'yaml-syntax', message, span, hint })

const leadOf = (line: Line): string => line.text.slice(line.column, line.valueColumn)

/** The mistake in a value, how many further lines belong to the value, and whether quoting it is enough (`isText`). */
interface Judged {
  readonly fault: Fault | null
  readonly taken: number
  readonly isText: boolean
}

const sound = (taken: number): Judged => ({ fault: null, taken, isText: false })
const open = (fault: Fault | null): Judged => ({ fault, taken: 0, isText: false })
const text = (fault: Fault | null): Judged => ({ fault, taken: 0, isText: true })

/** Checks the value of a line; `rest` are the lines after it, on which the value may continue. */
export function slipOfValue(line: Line, rest: readonly Line[]): Judged {
  const first = line.value[0]
  if (first === '"' || first === "'") return ofQuoted(line, rest)
  if (first === '[' || first === '{') return new Flow(line, rest).judge()
  return text(ofPlain(line))
}

function ofPlain(line: Line): Fault | null {
  const { value, valueColumn } = line
  const span = spanOf(line, valueColumn, valueColumn + value.length)
  const quoted = `put it in quotes: \`${leadOf(line)}${quoteScalar(value)}\``
  if (/^[@`%]/.test(value) || /^[|>](?![-+\d]*$)/.test(value))
    return slip(`text that begins with \`${value[0]!}\` needs quotes`, span, quoted)
  if (line.key === null) return null
  if (/^[^\s:"']+\s*,\s*[\w]+:\s/.test(value)) return slip('two keys are on one line', span, 'write each on a line of its own')
  if (/:(\s|$)/.test(value) && !/^[&*!]/.test(value)) return slip('text with `: ` in it needs quotes', span, quoted)
  return null
}

/** Returns the offset after the closing quote; -1 if there is none. */
function endOfQuoted(text: string, from: number): number {
  const quote = text[from]!
  for (let at = from + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++
    else if (quote === "'" && text[at] === "'" && text[at + 1] === "'") at++
    else if (text[at] === quote) return at + 1
  }
  return -1
}

function ofQuoted(line: Line, rest: readonly Line[]): Judged {
  const { value, valueColumn } = line
  const quote = value[0]!
  const end = endOfQuoted(value, 0)
  if (end < 0) {
    const taken = rest.findIndex((next) => next.column <= line.column || endOfQuoted(`${quote}${next.text}`, 0) >= 0)
    const next = rest[taken]
    if (next !== undefined && next.column > line.column) return sound(taken + 1)
    const hint = `write \`${quote}\` where it ends: \`${leadOf(line)}${value}${quote}\``
    const span = spanOf(line, valueColumn, valueColumn + value.length)
    return open({ code: 'unterminated-text', message: `the text has no closing ${quote}`, span, hint })
  }
  const behind = value.slice(end).trim()
  if (behind === '' || (behind.startsWith(':') && line.key === null)) return sound(0)
  if (behind === ',') return text(needlessComma(line, valueColumn + value.lastIndexOf(',')))
  return text(afterQuote(line, value, end, leadOf(line)))
}

/** Reports a comma after a value at the end of a line; only items in brackets are separated by commas. */
function needlessComma(line: Line, at: number): Fault {
  const hint = `remove the comma: \`${line.text.slice(line.column, at).trimEnd()}\``
  return slip('a line in YAML does not end with a comma', spanOf(line, at, at + 1), hint)
}

function afterQuote(line: Line, value: string, end: number, lead: string): Fault {
  const quote = value[0]!
  const span = spanOf(line, line.valueColumn, line.valueColumn + value.length)
  if (!value.slice(end).includes(quote)) {
    return slip('the text continues after its closing quote', span, `put all of it in quotes: \`${lead}${quoteScalar(value)}\``)
  }
  return slip(`the ${quote} inside the text ends it`, span, `use the other quotes around it: \`${lead}${requoted(value)}\``)
}

/** Returns the text between the outermost quotes, in the other kind of quotes. */
function requoted(value: string): string {
  const inner = value.slice(1, value.lastIndexOf(value[0]!))
  const other = value[0] === '"' ? "'" : '"'
  return inner.includes(other) ? `${other}…${other}` : `${other}${inner}${other}`
}

interface Open {
  readonly bracket: string
  readonly line: Line
  readonly column: number
}

/** Reads a value in brackets from its first bracket to the closing one, on one or more lines. */
class Flow {
  private readonly open: Open[] = []
  /** Where the current item begins: after a bracket, a comma or a key. */
  private item: { readonly line: Line; readonly from: number } | null = null

  constructor(
    private readonly line: Line,
    private readonly rest: readonly Line[],
  ) {}

  judge(): Judged {
    for (const [index, here] of [this.line, ...this.rest].entries()) {
      // Every further line of the value is indented more than its key or dash, except for the closing bracket.
      if (index > 0 && here.column <= this.line.column && !/^[\]}]/.test(here.text.trim())) return open(unclosed(this.open))
      const judged = this.judgeLine(here, index)
      if (judged !== null) return judged
    }
    return open(unclosed(this.open))
  }

  /** Returns null if the value continues on the next line. */
  private judgeLine(here: Line, index: number): Judged | null {
    const from = index === 0 ? here.valueColumn : here.column
    const written = here.text.trimEnd()
    for (let at = from; at < written.length; at++) {
      const letter = written[at]!
      const before = written.slice(0, at).trimEnd().at(-1) ?? ''
      const isFirst = at === from || '[{,:'.includes(before)
      if (letter === '#' && (isFirst || /\s/.test(written[at - 1] ?? ' '))) {
        const tag = this.open.length === 0 ? null : tagAsComment(here, at, this.open.at(-1)!.bracket)
        return tag === null ? null : text(tag)
      }
      if ((letter === '"' || letter === "'") && isFirst) {
        const end = endOfQuoted(written, at)
        if (end < 0) return this.unclosedQuote(here, written, at, index)
        const behind = written.slice(end).trimStart()
        if (behind !== '' && !/^[\],}:#]/.test(behind)) return this.afterQuote(here, written, at, end)
        at = end - 1
      } else if (letter === '[' || letter === '{') {
        if (!isFirst) return text(this.bracketsWithin(here, written, at))
        this.open.push({ bracket: letter, line: here, column: at })
        this.item = { line: here, from: at + 1 }
      } else if (letter === ']' || letter === '}') {
        const ended = this.close(here, written, at, index)
        if (ended !== null) return ended
      } else if (letter === ',' || (letter === ':' && /\s|^$/.test(written[at + 1] ?? ''))) {
        this.item = { line: here, from: at + 1 }
      } else if (this.open.at(-1)?.bracket === '{' && isFirst && before !== ':' && /\w/.test(letter)) {
        const missing = missingComma(here, written, at)
        if (missing !== null) return open(missing)
      }
    }
    return null
  }

  private unclosedQuote(here: Line, written: string, at: number, index: number): Judged {
    const quote = written[at]!
    const next = this.rest[index]
    if (next !== undefined && next.column > this.line.column) return sound(index + 1)
    const hint = `write \`${quote}\` where it ends`
    return open({
      code: 'unterminated-text',
      message: `the text has no closing ${quote}`,
      span: spanOf(here, at, written.length),
      hint,
    })
  }

  /** Reports `[budget: 1.2 * spend[yesterday]]`: brackets within an item begin a list unless the item is quoted. */
  private bracketsWithin(here: Line, written: string, at: number): Fault {
    const from = this.item?.line === here ? this.item.from : here.column
    return this.wholeItem(here, written, from + /^\s*/.exec(written.slice(from, at))![0].length)
  }

  /** Reports text with brackets inside brackets: `{adset.name} | tired`. */
  private wholeItem(here: Line, written: string, from: number): Fault {
    const to = endOfItem(written, from, this.open.at(-1)?.bracket ?? '[')
    const hint = `put it in quotes: \`${quoteScalar(written.slice(from, to))}\``
    return slip('text with brackets in it needs quotes within brackets', spanOf(here, from, to), hint)
  }

  private afterQuote(here: Line, written: string, at: number, end: number): Judged {
    const next = /^\s+([a-z_]+):\s/.exec(written.slice(end))
    if (next !== null) return open(commaBefore(here, written, at, end + next[0].indexOf(next[1]!), next[1]!))
    const to = endOfItem(written, at, this.open.at(-1)?.bracket ?? '[')
    return text(quotesWithin(here, written.slice(0, to), at, end))
  }

  /** Returns null if other brackets are still open. */
  private close(here: Line, written: string, at: number, index: number): Judged | null {
    const last = this.open.pop()
    const letter = written[at]!
    if (last !== undefined && CLOSE[last.bracket] !== letter) {
      const message = `\`${last.bracket}\` is not closed by \`${letter}\``
      return open(slip(message, spanOf(here, at, at + 1), `close it with \`${CLOSE[last.bracket]!}\``))
    }
    const behind = written.slice(at + 1).trim()
    if (this.open.length > 0) {
      const goesOn = last !== undefined && last.line === here && behind !== '' && !/^([\],}#]|:(\s|$))/.test(behind)
      return goesOn ? text(this.wholeItem(here, written, last.column)) : null
    }
    if (behind === '' || behind.startsWith('#')) return sound(index)
    if (/^,\s*(#|$)/.test(behind)) return text(needlessComma(here, written.indexOf(',', at)))
    if (/^[\]}]+$/.test(behind)) {
      const span = spanOf(here, written.indexOf(behind, at + 1), written.trimEnd().length)
      return open(slip(`\`${behind[0]!}\` has no opening bracket`, span, 'remove it'))
    }
    if (index > 0) {
      const span = spanOf(here, at + 1, written.trimEnd().length)
      return open(
        slip('this is not part of the list before it', span, 'write a comma between items, and close the list after the last'),
      )
    }
    const { value, valueColumn } = here
    const message = `text that begins with \`${value[0]!}\` needs quotes`
    const hint = `put it in quotes: \`${leadOf(here)}${quoteScalar(value)}\``
    return text(slip(message, spanOf(here, valueColumn, valueColumn + value.length), hint))
  }
}

function unclosed(open: readonly Open[]): Fault | null {
  const last = open.at(-1)
  if (last === undefined) return null
  const { bracket, line, column } = last
  const closing = [...open].reverse().map((one) => CLOSE[one.bracket]!)
  const written = line.text.trim()
  const whole = open.every((one) => one.line === line) && written.at(-1) !== bracket
  const hint = whole
    ? `close it: \`${written}${closing.map((one) => (one === '}' ? ` ${one}` : one)).join('')}\``
    : `close it with \`${closing[0]!}\``
  return slip(`\`${bracket}\` is not closed`, spanOf(line, column, line.text.trimEnd().length), hint)
}

/** Reports `[#tired]`, where YAML reads a comment. Returns null for a real comment: no bracket is closed after it. */
function tagAsComment(line: Line, at: number, bracket: string): Fault | null {
  const to = endOfItem(line.text, at, bracket)
  const written = line.text.slice(at, to)
  if (!/^#[^\s#]/.test(written) || !/^\s*(,.*)?[\]}]/.test(line.text.slice(to))) return null
  const isList = bracket === '{' && /\b(add|remove)\s*:\s*$/.test(line.text.slice(0, at))
  const hint = `put it in quotes: \`${isList ? `[${quoteScalar(written)}]` : quoteScalar(written)}\``
  return slip('`#` begins a comment, unless it is in quotes', spanOf(line, at, to), hint)
}

/** Reports quotes within a text. `text` is the line up to the end of the item that begins at `at`. */
function quotesWithin(line: Line, text: string, at: number, end: number): Fault {
  const quote = text[at]!
  const written = text.slice(at)
  const span = spanOf(line, at, text.length)
  if (written.endsWith(quote) && text.length > end)
    return slip(`the ${quote} inside the text ends it`, span, `use the other quotes around it: \`${requoted(written)}\``)
  const hint = `put all of it in quotes: \`${quoteScalar(written)}\``
  return slip('the text continues after its closing quote', span, hint)
}

/** Finds a missing comma between keys: `{ to: owner text: "x" }`. */
function missingComma(line: Line, text: string, at: number): Fault | null {
  const found = /^[\w"']+\s*:\s+([^,[\]{}"'\s]+)\s+([A-Za-z_]+):\s/.exec(text.slice(at))
  if (found === null) return null
  return commaBefore(line, text, at, at + found[0].lastIndexOf(`${found[2]!}:`), found[2]!)
}

function commaBefore(line: Line, text: string, at: number, column: number, key: string): Fault {
  const hint = `write \`${text.slice(at, column).trimEnd()}, ${key}: …\``
  return slip(`a comma is missing before \`${key}\``, spanOf(line, column, column + key.length), hint)
}
