/** Reads comma-separated values as in RFC 4180, also with the separators and line ends that spreadsheets use. */

import type { Fault } from '../diagnostic/fault.js'

export interface CsvRecord {
  readonly cells: readonly string[]
  /** Offset of the record in the text. */
  readonly offset: number
}

/**
 * Yields the records of a text one by one, so that a large file is not in memory twice. Empty lines are left out. A broken record (a
 * quote that is not closed, text after a closing quote) is reported and ends the reading.
 */
export function* csvRecords(text: string, separator: string, report: (fault: Fault) => void): Generator<CsvRecord> {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let nextQuote = text.indexOf('"', at)
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    if (nextQuote >= 0 && nextQuote < at) nextQuote = text.indexOf('"', at)
    if (nextQuote < 0 || nextQuote >= end) {
      const line = text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end)
      if (line.trim() !== '') yield { cells: line.split(separator), offset: at }
      at = end + 1
      continue
    }
    const record = readQuoted(text, at, separator, report)
    if (record === null) return
    if (record.cells.length > 1 || record.cells[0]?.trim() !== '') yield { cells: record.cells, offset: at }
    at = record.end
  }
}

function readQuoted(
  text: string,
  start: number,
  separator: string,
  report: (fault: Fault) => void,
): { cells: string[]; end: number } | null {
  const cells: string[] = []
  let at = start
  for (;;) {
    let cell: string
    if (text[at] === '"') {
      const close = closingQuote(text, at)
      if (close < 0) {
        report({ code: 'unclosed-quote', message: 'this quote is never closed', span: { start: at, end: at + 1 } })
        return null
      }
      cell = text.slice(at + 1, close).replaceAll('""', '"')
      at = close + 1
      if (text[at] === '\r' && text[at + 1] === '\n') at++
      if (at < text.length && text[at] !== separator && text[at] !== '\n') {
        const hint = 'a quote within a quoted cell is written twice: ""'
        report({ code: 'stray-quote', message: 'there is text after the closing quote', span: { start: at, end: at + 1 }, hint })
        return null
      }
    } else {
      const end = endOfPlainCell(text, at, separator)
      cell = text.slice(at, text[end] === '\n' && text[end - 1] === '\r' && end > at ? end - 1 : end)
      at = end
      if (at >= text.length && cell.endsWith('\r')) cell = cell.slice(0, -1)
    }
    cells.push(cell)
    if (at >= text.length) return { cells, end: at }
    if (text[at] === '\n') return { cells, end: at + 1 }
    at += 1
  }
}

function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2)
  return at
}

function endOfPlainCell(text: string, start: number, separator: string): number {
  let at = start
  while (at < text.length && text[at] !== separator && text[at] !== '\n') at++
  return at
}

/** Returns the place of a cell in the text. It is computed only for cells that are reported. */
export function cellSpan(text: string, record: CsvRecord, index: number, separator: string): Fault['span'] {
  let at = record.offset
  for (let cell = 0; ; cell++) {
    const start = at
    const quoted = text[at] === '"'
    const close = quoted ? closingQuote(text, at) : -1
    at = quoted && close >= 0 ? close + 1 : endOfPlainCell(text, at, separator)
    if (cell === index || at >= text.length || text[at] === '\n') {
      const end = text[at] === '\n' && text[at - 1] === '\r' ? at - 1 : at
      return { start, end: Math.max(end, start + 1) }
    }
    at += 1
  }
}
