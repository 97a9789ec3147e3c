/** Reads the CSV of `tetik forecast` and `tetik anomalies`: `timestamp,value` or `series,timestamp,value`. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { type CsvRecord, csvRecords } from '../read-export/csv.js'
import { seriesColumns, type SeriesColumns } from './series-columns.js'
import { settleSeriesFormats } from './series-formats.js'
import { type DoubledRows, seriesOfRows, SeriesRows } from './series-rows.js'
import type { RefusedSeries, Series } from './series.js'

/** A larger file is hardly a list of days or hours, and reading it would take too much memory. */
export const MOST_ROWS = 1_000_000

export interface SeriesFile {
  /** The usable series, in the order in which they first appear. */
  readonly series: readonly Series[]
  readonly skipped: readonly RefusedSeries[]
  /** What was assumed or corrected, a sentence each. */
  readonly notes: readonly string[]
  /** Errors of the file as a whole; if there are any, there are no series. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a file's text. Never throws: errors of the file are in `diagnostics`, those of a series in `skipped`. */
export function readSeriesFile(
  { path, text: given }: { readonly path: string; readonly text: string },
  { doubled = 'refuse' }: { readonly doubled?: DoubledRows } = {},
): SeriesFile {
  // Old spreadsheets end lines with a carriage return only.
  const text = given.includes('\n') ? given : given.replaceAll('\r', '\n')
  const source = new SourceFile(path, text)
  const rows = readRows(source)
  if (rows === null || source.errorCount > 0)
    return { series: [], skipped: [], notes: [], diagnostics: sortDiagnostics(source.diagnostics) }
  const [series, skipped, notes]: [Series[], RefusedSeries[], string[]] = [[], [], []]
  if (rows.headless) notes.push(`The first line of ${path} is already a point, so the file is read without a header.`)
  for (const one of rows.all) {
    const read = seriesOfRows(one, rows.order, (offset) => source.place(offset).line, doubled)
    if (read.kind === 'refused') skipped.push(read.refused)
    else {
      series.push(read.series)
      notes.push(...read.notes)
    }
  }
  return { series, skipped, notes, diagnostics: sortDiagnostics(source.diagnostics) }
}

interface Rows {
  readonly all: readonly SeriesRows[]
  readonly order: 'day-first' | 'month-first'
  readonly headless: boolean
}

function readRows(source: SourceFile): Rows | null {
  const { text } = source
  const report = source.report.bind(source)
  const start = { start: 0, end: 1 }
  if (text.includes('\u0000')) {
    report({ code: 'not-text', message: 'the file is not text', span: start, hint: 'save it as CSV, not as a spreadsheet' })
    return null
  }
  const separator = separatorOf(text)
  const header = csvRecords(text, separator, report).next().value as CsvRecord | undefined
  if (header === undefined) {
    if (source.errorCount === 0) report({ code: 'empty-file', message: 'the file is empty', span: start })
    return null
  }
  const end = text.indexOf('\n', header.offset)
  const columns = seriesColumns(header.cells, { start: header.offset, end: end < 0 ? text.length : end })
  if (columns.kind === 'fault') {
    report(columns.fault)
    return null
  }
  const formats = settleSeriesFormats(text, separator, columns, report)
  if (formats === null) return null
  const all = new Map<string, SeriesRows>()
  let count = 0
  for (const record of csvRecords(text, separator, report)) {
    if (record.offset <= header.offset && !columns.headless) continue
    if (++count > MOST_ROWS) {
      const message = `the file has more than ${MOST_ROWS.toLocaleString('en')} rows`
      const hint = 'leave out old rows, add them up by day, or split the file by series'
      report({ code: 'too-many-rows', message, span: { start: record.offset, end: record.offset + 1 }, hint })
      return null
    }
    const name = columns.series === null ? '' : (record.cells[columns.series] ?? '').trim().normalize('NFC')
    let rows = all.get(name)
    if (rows === undefined) all.set(name, (rows = new SeriesRows(columns.series === null ? null : name, formats)))
    rows.add(record.offset, cell(record, columns, 'time'), cell(record, columns, 'value'))
  }
  if (count === 0 && source.errorCount === 0) {
    report({ code: 'empty-file', message: 'the file has a header, but no rows', span: start })
    return null
  }
  return { all: [...all.values()], order: formats.order, headless: columns.headless }
}

const cell = ({ cells }: CsvRecord, columns: SeriesColumns, which: 'time' | 'value'): string | null => {
  const text = cells[columns[which]]
  return text === undefined ? null : text.trim()
}

/** Returns the separator of the first line; a comma if it has none. */
function separatorOf(text: string): string {
  const line = /[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, 10_000))?.[0] ?? ''
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: line.split(separator).length - 1 }))
  // In `2026-03-10;1,5` the comma is the decimal mark. The other separators are never part of a number or a time.
  const other = counts.slice(1).find(({ count }) => count > 0)
  return other?.separator ?? ','
}
