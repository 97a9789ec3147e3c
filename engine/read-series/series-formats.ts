/** Determines the format of numbers and days from the whole file, before any of them is read. */

import type { Fault } from '../diagnostic/fault.js'
import { cellSpan, type CsvRecord, csvRecords } from '../read-export/csv.js'
import { type DateOrder, orderOf } from '../read-export/date-format.js'
import { bareNumber, type DecimalMark, shapeOf } from '../read-export/number-format.js'
import type { SeriesColumns } from './series-columns.js'

export interface SeriesFormats {
  readonly mark: DecimalMark
  readonly order: DateOrder
}

/**
 * Returns null if the file contradicts itself or is ambiguous, which is reported. If commas separate the columns, a single dot is the
 * decimal mark: `2026-03-10,1.234`.
 */
export function settleSeriesFormats(
  text: string,
  separator: string,
  columns: SeriesColumns,
  report: (fault: Fault) => void,
): SeriesFormats | null {
  const marks = new Map<DecimalMark | 'ambiguous', CsvRecord>()
  const orders = new Map<DateOrder | 'ambiguous', CsvRecord>()
  const settledMark: DecimalMark | null = separator === ',' && !text.includes('"') ? '.' : null
  // The order of day and month only matters if the file has days such as 03/04/2026 or 03-04-2026.
  const slashed = /(^|[,;\t|"\n ])\d{1,2}[/-]\d{1,2}[/-]\d{4}/.test(text)
  if (settledMark !== null && !slashed) return { mark: settledMark, order: 'day-first' }
  for (const record of csvRecords(text, separator, () => {})) {
    const value = record.cells[columns.value] ?? ''
    if (settledMark === null && /[.,]/.test(value)) {
      const shape = shapeOf(bareNumber(value) ?? '')
      if (shape !== 'plain' && shape !== 'neither' && !marks.has(shape)) marks.set(shape, record)
    }
    const order = slashed ? orderOf(record.cells[columns.time] ?? '') : null
    if (order !== null && !orders.has(order)) orders.set(order, record)
  }
  const mark = settledMark ?? settleMark()
  const order = settleOrder()
  return mark === null || order === null ? null : { mark, order }

  function settleMark(): DecimalMark | null {
    const [dot, comma, open] = [marks.get('.'), marks.get(','), marks.get('ambiguous')]
    if (dot !== undefined && comma !== undefined) {
      const span = cellSpan(text, comma, columns.value, separator)
      const message = `\`${comma.cells[columns.value]}\` and \`${dot.cells[columns.value]}\` have different decimal marks`
      report({ code: 'ambiguous-number', message, span })
      return null
    }
    if (dot !== undefined) return '.'
    if (comma !== undefined) return ','
    if (open === undefined || separator === ',') return '.'
    const cell = open.cells[columns.value]!
    const message = `\`${cell}\` can be read in two ways, and no other number in the file shows which is meant`
    const hint = 'write numbers without thousands separators, and with a decimal point'
    report({ code: 'ambiguous-number', message, span: cellSpan(text, open, columns.value, separator), hint })
    return null
  }

  function settleOrder(): DateOrder | null {
    const [days, months, open] = [orders.get('day-first'), orders.get('month-first'), orders.get('ambiguous')]
    const hint = 'write days as 2026-03-10'
    if (days !== undefined && months !== undefined) {
      const message = 'some dates have the day first, others the month'
      report({ code: 'ambiguous-date', message, span: cellSpan(text, months, columns.time, separator), hint })
      return null
    }
    if (days === undefined && months === undefined && open !== undefined) {
      const message = `\`${open.cells[columns.time]}\` can mean two different days`
      report({ code: 'ambiguous-date', message, span: cellSpan(text, open, columns.time, separator), hint })
      return null
    }
    return months === undefined ? 'day-first' : 'month-first'
  }
}
