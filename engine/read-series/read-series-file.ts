/** `timestamp,value` or `series,timestamp,value`: the CSV of `tetik forecast` and `tetik anomalies`. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { type CsvRecord, csvRecords } from '../read-export/csv.js'
import { seriesColumns, type SeriesColumns } from './series-columns.js'
import { settleSeriesFormats } from './series-formats.js'
import { type DoubledRows, seriesOfRows, SeriesRows } from './series-rows.js'
import type { RefusedSeries, Series } from './series.js'

/** Beyond this a file is no list of days or hours any more, and reading it would take more memory than it is worth. */
export const MOST_ROWS = 1_000_000

export interface SeriesFile {
  /** Those that can be used, in the order in which the file first names them. */
  readonly series: readonly Series[]
  readonly skipped: readonly RefusedSeries[]
  /** What was assumed or put right, a sentence each. */
  readonly notes: readonly string[]
  /** Faults of the file as a whole; where there is one there are no series. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a file's text. Never throws: what is wrong is in `diagnostics` (the file) and `skipped` (a series). */
export function readSeriesFile(
  { path, text: given }: { readonly path: string; readonly text: string },
  { doubled = 'refuse' }: { readonly doubled?: DoubledRows } = {},
): SeriesFile {
  // Line ends of old spreadsheets are carriage returns alone.
  const text = given.includes('\n') ? given : given.replaceAll('\r', '\n')
  const source = new SourceFile(path, text)
  const rows = readRows(source)
  if (rows === null || source.errorCount > 0)
    return { series: [], skipped: [], notes: [], diagnostics: sortDiagnostics(source.diagnostics) }
  const [series, skipped, notes]: [Series[], RefusedSeries[], string[]] = [[], [], []]
  if (rows.headless) notes.push(`The first line of ${path} is a point: the file is read as without a header.`)
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
      const hint = 'leave out old rows, add up to days, or split the file by series'
      report({ code: 'too-many-rows', message, span: { start: record.offset, end: record.offset + 1 }, hint })
      return null
    }
    const name = columns.series === null ? '' : (record.cells[columns.series] ?? '').trim().normalize('NFC')
    let rows = all.get(name)
    if (rows === undefined) all.set(name, (rows = new SeriesRows(columns.series === null ? null : name, formats)))
    rows.add(record.offset, cell(record, columns, 'time'), cell(record, columns, 'value'))
  }
  if (count === 0 && source.errorCount === 0) {
    report({ code: 'empty-file', message: 'the file has a header and no row', span: start })
    return null
  }
  return { all: [...all.values()], order: formats.order, headless: columns.headless }
}

const cell = ({ cells }: CsvRecord, columns: SeriesColumns, which: 'time' | 'value'): string | null => {
  const text = cells[columns[which]]
  return text === undefined ? null : text.trim()
}

/** The separator of the first line; a comma where there is none to be seen. */
function separatorOf(text: string): string {
  const line = /[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, 10_000))?.[0] ?? ''
  const counts = [',', ';', '\t', '|'].map((separator) => ({ separator, count: line.split(separator).length - 1 }))
  // `2026-03-10;1,5`: a comma may be the decimal mark, the others are never part of a number or a time.
  const other = counts.slice(1).find(({ count }) => count > 0)
  return other?.separator ?? ','
}
