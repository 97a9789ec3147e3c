/** Totals rows are the sum of all other rows. They are left out, since they would count everything twice. */

import { type Columns, NAMED_SCOPES } from './columns.js'

/** Names of totals rows. */
const TOTALS = [
  /^(grand )?totals?$/,
  /^(genel )?toplam$/,
  /^results from [\d.,]+ .+$/,
  /^total (of|for) [\d.,]+ .+$/,
  /^[\d.,]+ .+ (için )?sonuçlar[ıi]?$/,
]

/** Whether a cell is blank or means "all". */
export function namesAll(cell: string | undefined): boolean {
  const text = (cell ?? '').trim()
  // In a column of dates or ages, `All` means the sum. (An ad set may well have that name.)
  return text === '' || /^(all|tümü)$/i.test(text) || isTotalsName(text)
}

const isTotalsName = (name: string): boolean => TOTALS.some((pattern) => pattern.test(name.trim().toLowerCase()))

/**
 * Recognises marked totals rows. In a file with names, such a row names nothing; as the first or last row it may also be named
 * `Total`. In a file without names it is the first or last row, and has a blank date, `All`, or such a name in the first cell.
 */
export class TotalsMark {
  readonly #identity: readonly number[]
  readonly #date: number | undefined

  constructor({ fields }: Columns) {
    this.#identity = NAMED_SCOPES.flatMap((scope) => [fields.get(`${scope}_id`), fields.get(`${scope}_name`)]).filter(
      (index) => index !== undefined,
    )
    this.#date = fields.get('day') ?? fields.get('since')
  }

  /** Whether the file names campaigns, ad sets or ads. */
  get namesEntities(): boolean {
    return this.#identity.length > 0
  }

  /** Whether a row has no day of its own. */
  isDayless(cells: readonly string[]): boolean {
    if (this.#date === undefined) return false
    const cell = cells[this.#date] ?? ''
    // A fast check first, because this runs for every row and nearly all dates begin with a digit.
    return !/^\d/.test(cell) && namesAll(cell)
  }

  /**
   * Whether a row is a marked totals row.
   *
   * @param atAnEnd whether it is the first or the last row; only these are recognised by their name
   */
  isOn(cells: readonly string[], atAnEnd: boolean): boolean {
    if (!this.namesEntities) {
      if (!atAnEnd) return false
      // Absent if the file has no dates, or if the row is too short; neither marks a totals row.
      const date = this.#date === undefined ? undefined : cells[this.#date]
      return (date !== undefined && namesAll(date)) || isTotalsName(cells[0] ?? '')
    }
    const named = this.#identity.map((index) => (cells[index] ?? '').trim()).filter((text) => text !== '')
    return named.length === 0 || (atAnEnd && named.every(isTotalsName))
  }
}
