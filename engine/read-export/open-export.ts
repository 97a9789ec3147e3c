/** Opens an export: checks that it is one, and finds its columns and currency. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import type { Fault } from '../diagnostic/fault.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { type Columns, readColumns, separatorOf } from './columns.js'
import { cellSpan, csvRecords } from './csv.js'
import { emptyMeasures } from './empty-columns.js'
import { foreignLanguageOf } from './foreign-headers.js'

export interface OpenedExport {
  readonly path: string
  readonly text: string
  readonly columns: Columns
  /** ISO 4217; null if neither a header nor a column has it. */
  readonly currency: string | null
}

export interface ExportText {
  /** As the user named it. */
  readonly path: string
  readonly text: string
}

/** Never throws. If the file has errors, they are in `diagnostics` and `opened` is null. */
export function openExport({ path, text: given }: ExportText): {
  readonly opened: OpenedExport | null
  readonly diagnostics: readonly Diagnostic[]
} {
  const text = withNewlines(given)
  const source = new SourceFile(path, text)
  const opened = open(source)
  return { opened: source.errorCount > 0 ? null : opened, diagnostics: sortDiagnostics(source.diagnostics) }
}

function open(source: SourceFile): OpenedExport | null {
  const { path, text } = source
  const report = source.report.bind(source)
  const start = { start: 0, end: 1 }
  if (text.includes('\u0000')) {
    const hint = 'export the report as CSV, not as a spreadsheet'
    report({ code: 'not-text', message: 'the file is not text', span: start, hint })
    return null
  }
  if (text.replace('\uFEFF', '').trim() === '') {
    report({ code: 'empty-file', message: 'the file is empty', span: start })
    return null
  }
  // Excel writes the separator into a line before the header.
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(text)
  const body = declared ? declared[0].length : 0
  const first = firstLine(text, body)
  const separator = declared?.[1] ?? separatorOf(first)
  const header = [...take(csvRecords(text, separator, report), declared ? 2 : 1)].at(-1)
  if (header === undefined) return null
  const language = foreignLanguageOf(header.cells)
  if (language !== null) {
    const span = { start: header.offset, end: header.offset + Math.max(1, first.length) }
    const hint = 'set the language of Ads Manager to English or Turkish, and export the report again'
    report({ code: 'foreign-language', message: `the headers are in ${language}: export it in English or Turkish`, span, hint })
    return null
  }
  const columns = readColumns(text, header, separator, report)
  reportUnknownEnd(text, columns, report)
  if (columns.measures.size === 0) {
    const span = { start: header.offset, end: header.offset + Math.max(1, first.length) }
    const hint = 'use the names of Insights or Ads Manager: `spend`, `Amount spent (TRY)`, `Harcanan Tutar (TRY)`'
    report({ code: 'no-columns', message: 'no column in the first line is a metric', span, hint })
    return null
  }
  if (source.errorCount > 0) return null
  const currency = columns.currency ?? currencyInRows(text, columns)
  return { path, text, columns: withoutEmpty(text, columns), currency }
}

/** Reports a file with the start of each row but not the end: a row might be a month. */
function reportUnknownEnd(text: string, { fields, header, separator }: Columns, report: (fault: Fault) => void): void {
  const since = fields.get('since')
  if (since === undefined || fields.has('until') || fields.has('day')) return
  const name = (header.cells[since] ?? '').trim()
  report({
    code: 'unknown-end',
    message: `\`${name}\` says when a row begins, but no column says when it ends`,
    span: cellSpan(text, header, since, separator),
    hint: 'also export `Reporting ends` (`Rapor Sonu`), or name the column `Day` if each row is one day',
  })
}

function withoutEmpty(text: string, columns: Columns): Columns {
  const empty = emptyMeasures(text, columns)
  if (empty.size === 0) return columns
  const nameOf = (index: number): string => (columns.header.cells[index] ?? '').trim()
  return {
    ...columns,
    measures: new Map([...columns.measures].filter(([measure]) => !empty.has(measure))),
    empty: new Map([...columns.measures].flatMap(([measure, index]) => (empty.has(measure) ? [[measure, nameOf(index)]] : []))),
  }
}

/** Old spreadsheets end lines with a carriage return only. */
const withNewlines = (text: string): string => (text.includes('\n') ? text : text.replaceAll('\r', '\n'))

function firstLine(text: string, from: number): string {
  for (const line of text.slice(from, from + 100_000).split('\n')) if (line.trim() !== '') return line
  return ''
}

function currencyInRows(text: string, { separator, fields, header }: Columns): string | null {
  const column = fields.get('currency')
  if (column === undefined) return null
  for (const { cells, offset } of csvRecords(text, separator, () => {})) {
    const code = (cells[column] ?? '').trim().toUpperCase()
    if (offset > header.offset && /^[A-Z]{3}$/.test(code)) return code
  }
  return null
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0
  for (const item of items) {
    yield item
    if (++taken === count) return
  }
}
