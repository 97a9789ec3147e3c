/** Determines how a file writes its numbers and days, column by column, before any of them is read. */

import type { Fault } from '../diagnostic/fault.js'
import type { Columns } from './columns.js'
import { cellSpan, type CsvRecord, csvRecords } from './csv.js'
import { type DateOrder, orderOf } from './date-format.js'
import { bareNumber, type DecimalMark, shapeOf } from './number-format.js'

export interface Formats {
  /** Returns the decimal mark of a column. */
  markOf(index: number): DecimalMark
  readonly dateOrder: DateOrder
}

interface Place {
  readonly record: CsvRecord
  readonly index: number
}

interface NumberColumn {
  readonly index: number
  /** Whether its numbers have no fractions (counts, money without minor units), so that `1.234` must be 1234. */
  readonly isWhole: boolean
  readonly seen: Map<DecimalMark | 'ambiguous .' | 'ambiguous ,', Place>
}

export function settleFormats(
  text: string,
  columns: Columns,
  measures: readonly { readonly index: number; readonly isWhole: boolean }[],
  report: (fault: Fault) => void,
): Formats {
  const numbers = measures.map(({ index, isWhole }): NumberColumn => ({ index, isWhole, seen: new Map() }))
  const dates = (['day', 'since', 'until'] as const).flatMap((field) => columns.fields.get(field) ?? [])
  const orders = new Map<DateOrder | 'ambiguous', Place>()
  for (const record of csvRecords(text, columns.separator, () => {})) {
    if (record.offset <= columns.header.offset) continue
    for (const column of numbers) {
      const cell = record.cells[column.index]
      if (cell === undefined || !/[.,]/.test(cell)) continue
      const shape = shapeOf(bareNumber(cell) ?? '')
      if (shape === 'plain' || shape === 'neither') continue
      const kind = shape === 'ambiguous' ? (cell.includes('.') ? 'ambiguous .' : 'ambiguous ,') : shape
      if (!column.seen.has(kind)) column.seen.set(kind, { record, index: column.index })
    }
    for (const index of dates) {
      const order = orderOf(record.cells[index] ?? '')
      if (order !== null && !orders.has(order)) orders.set(order, { record, index })
    }
  }
  const at = ({ record, index }: Place): { span: Fault['span']; cell: string } => ({
    span: cellSpan(text, record, index, columns.separator),
    cell: (record.cells[index] ?? '').trim(),
  })
  const marks = new Map(numbers.map((column) => [column.index, settleMark(column, at, report)]))
  return { markOf: (index) => marks.get(index) ?? '.', dateOrder: settleOrder(orders, at, report) }
}

type At = (place: Place) => { span: Fault['span']; cell: string }

function settleMark({ seen, isWhole }: NumberColumn, at: At, report: (fault: Fault) => void): DecimalMark {
  const [dot, comma] = [seen.get('.'), seen.get(',')]
  if (dot !== undefined && comma !== undefined) {
    const [first, second] = dot.record.offset < comma.record.offset ? [dot, comma] : [comma, dot]
    const message = `\`${at(second).cell}\` and \`${at(first).cell}\` in the same column have different decimal marks`
    report({ code: 'ambiguous-number', message, span: at(second).span })
    return '.'
  }
  if (dot !== undefined) return '.'
  if (comma !== undefined) return ','
  const [dotted, pointed] = [seen.get('ambiguous .'), seen.get('ambiguous ,')]
  const open = dotted ?? pointed
  if (open === undefined) return '.'
  if (!isWhole || (dotted !== undefined && pointed !== undefined)) {
    const { cell, span } = at(open)
    const [whole = '', rest = ''] = cell.split(/[.,]/)
    const message = `\`${cell}\` can be read in two ways, and no other number in the column shows which is meant`
    report({ code: 'ambiguous-number', message, span, hint: `write ${whole}${rest}, or ${whole}.${rest}0` })
  }
  return dotted === undefined ? '.' : ','
}

function settleOrder(orders: ReadonlyMap<DateOrder | 'ambiguous', Place>, at: At, report: (fault: Fault) => void): DateOrder {
  const [days, months, open] = [orders.get('day-first'), orders.get('month-first'), orders.get('ambiguous')]
  const hint = 'write days as 2026-03-10'
  if (days !== undefined && months !== undefined) {
    report({ code: 'ambiguous-date', message: 'some dates have the day first, others the month', span: at(months).span, hint })
  } else if (days === undefined && months === undefined && open !== undefined) {
    report({ code: 'ambiguous-date', message: `\`${at(open).cell}\` can mean two different days`, span: at(open).span, hint })
  }
  return months === undefined ? 'day-first' : 'month-first'
}
