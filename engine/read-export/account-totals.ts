/**
 * The totals row of a file that names no entity, where nothing says so: of an account's days, or of a breakdown that we do not
 * know. It is the first or the last, covers the days of all others, and comes to their sum.
 */

import type { DataRow } from '../facts/dataset-source.js'
import { compareSums, isRest } from './breakdown-parts.js'
import type { Columns } from './columns.js'
import { bareNumber, shapeOf } from './number-format.js'
import { namesAll } from './totals.js'

/** Null where there is none. @param cellsOf of each row, as the file has them */
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
 * A first or last row that is blank where all others of its stretch say something, and says nothing else: near their sum or
 * beyond, it may be their sum, and nobody can say. Null where there is none.
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

/** Whether a row is blank where others are not, or an export of Ads Manager has nothing at all by which its rows differ. */
function saysLess(cells: readonly string[], others: readonly (readonly string[])[], columns: Columns): boolean {
  const { fields, measures } = columns
  const texts = textsOf(columns)
  if (texts.some((index) => namesAll(cells[index]) && others.some((other) => !namesAll(other[index])))) return true
  const isSame = (index: number): boolean =>
    isNumber(cells[index]) || others.every((other) => (other[index] ?? '').trim() === (cells[index] ?? '').trim())
  // Of two rows, the one is the sum of the other only where they say the very same.
  const isTwice = others.length > 1 || [...measures.values()].every((index) => others[0]![index] === cells[index])
  return fields.has('until') && !fields.has('day') && isTwice && texts.every(isSame)
}

/** The columns of neither numbers that we know nor days. */
function textsOf({ header, fields, measures }: Columns): readonly number[] {
  const numbers = new Set([...measures.values(), ...(['day', 'since', 'until'] as const).map((field) => fields.get(field))])
  return header.cells.flatMap((_, index) => (numbers.has(index) ? [] : [index]))
}

const isNumber = (cell = ''): boolean => {
  const bare = bareNumber(cell)
  return bare !== null && shapeOf(bare) !== 'neither'
}
