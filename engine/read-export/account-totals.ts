/**
 * Finds the totals row in a file without entity names, if the row is not marked as one: the total of an account's days, or of an
 * unknown breakdown. It is the first or the last row, covers the days of all others, and equals their sum.
 */

import type { DataRow } from '../facts/dataset-source.js'
import { compareSums, isRest } from './breakdown-parts.js'
import type { Columns } from './columns.js'
import { bareNumber, shapeOf } from './number-format.js'
import { namesAll } from './totals.js'

/** Returns null if there is none. @param cellsOf returns the cells of a row */
export function totalsAmong(
  rows: readonly DataRow[],
  columns: Columns,
  cellsOf: (row: DataRow) => readonly string[],
): DataRow | null {
  for (const row of rows.length < 2 ? [] : [rows[0]!, rows.at(-1)!]) {
    const others = rows.filter((other) => other !== row)
    if (!covers(row, others) || compareSums([row], others) !== 'same') continue
    if (isWider(row, others) || saysLess(cellsOf(row), others.map(cellsOf), columns)) return row
  }
  return null
}

/**
 * Returns a first or last row that is blank where all others have text, has no text of its own, and has the same days and a number
 * close to or above their sum: it is unclear whether it is their total. Null if there is none.
 */
export function unclearAmong(
  rows: readonly DataRow[],
  columns: Columns,
  cellsOf: (row: DataRow) => readonly string[],
): DataRow | null {
  const texts = textsOf(columns)
  for (const row of rows.length < 3 ? [] : [rows[0]!, rows.at(-1)!]) {
    const others = rows.filter((other) => other !== row)
    if (
      isWider(row, others) ||
      isRest(
        [row],
        others.map((other) => ({ rows: [other] })),
      )
    )
      continue
    const cells = cellsOf(row)
    const cellsOfOthers = others.map(cellsOf)
    const parting = texts.filter(
      (index) =>
        !isNumber(cells[index]) && cellsOfOthers.some((other) => (other[index] ?? '').trim() !== (cells[index] ?? '').trim()),
    )
    if (parting.length === 0 || parting.some((index) => !namesAll(cells[index]))) continue
    if (parting.some((index) => cellsOfOthers.every((other) => !namesAll(other[index])))) return row
  }
  return null
}

const covers = (row: DataRow, others: readonly DataRow[]): boolean =>
  others.every(({ since, until }) => (row.since ?? '') <= (since ?? '') && (row.until ?? '') >= (until ?? ''))

export const isWider = (row: DataRow, others: readonly DataRow[]): boolean =>
  others.some(({ since, until }) => since !== row.since || until !== row.until)

/** Whether a row is blank where others are not, or, in an export of Ads Manager, no text distinguishes it from the others. */
function saysLess(cells: readonly string[], others: readonly (readonly string[])[], columns: Columns): boolean {
  const { fields, measures } = columns
  const texts = textsOf(columns)
  if (texts.some((index) => namesAll(cells[index]) && others.some((other) => !namesAll(other[index])))) return true
  const isSame = (index: number): boolean =>
    isNumber(cells[index]) || others.every((other) => (other[index] ?? '').trim() === (cells[index] ?? '').trim())
  // Of two rows, one is the sum of the other only if they are identical.
  const isTwice = others.length > 1 || [...measures.values()].every((index) => others[0]![index] === cells[index])
  return fields.has('until') && !fields.has('day') && isTwice && texts.every(isSame)
}

/** Returns the columns that are neither known measures nor days. */
function textsOf({ header, fields, measures }: Columns): readonly number[] {
  const numbers = new Set([...measures.values(), ...(['day', 'since', 'until'] as const).map((field) => fields.get(field))])
  return header.cells.flatMap((_, index) => (numbers.has(index) ? [] : [index]))
}

const isNumber = (cell = ''): boolean => {
  const bare = bareNumber(cell)
  return bare !== null && shapeOf(bare) !== 'neither'
}
