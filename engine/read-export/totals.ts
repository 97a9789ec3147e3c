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

/** Recognises marked totals rows: they have no name in a file with names, or else no date in a file with dates. */
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

  /** @param atAnEnd whether the row is the first or the last; only these are recognised by their name */
  isOn(cells: readonly string[], atAnEnd: boolean): boolean {
    if (!this.namesEntities) return atAnEnd && (namesAll(cells[this.#date ?? -1] ?? '2000-01-01') || isTotalsName(cells[0] ?? ''))
    const named = this.#identity.map((index) => (cells[index] ?? '').trim()).filter((text) => text !== '')
    return named.length === 0 || (atAnEnd && named.every(isTotalsName))
  }
}
