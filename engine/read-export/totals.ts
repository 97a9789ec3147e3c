/** Rows with the sum of all others: they are left out, for they would count everything twice. */

import { type Columns, NAMED_SCOPES } from './columns.js'

/** How the row with the sum of all others calls itself, where it does. */
const TOTALS = [
  /^(grand )?totals?$/,
  /^(genel )?toplam$/,
  /^results from [\d.,]+ .+$/,
  /^total (of|for) [\d.,]+ .+$/,
  /^[\d.,]+ .+ (için )?sonuçlar[ıi]?$/,
]

/** Whether a cell names nothing in particular: blank, or all there is. */
export function namesAll(cell: string | undefined): boolean {
  const text = (cell ?? '').trim()
  // Of a date or an age, `All` is the sum; an ad set may well be called so.
  return text === '' || /^(all|tümü)$/i.test(text) || isTotalsName(text)
}

const isTotalsName = (name: string): boolean => TOTALS.some((pattern) => pattern.test(name.trim().toLowerCase()))

/** How a file marks its totals row: by no name where rows have names, else by no date where rows have dates. */
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
    // Asked of every row: nearly all begin with a digit.
    return !/^\d/.test(cell) && namesAll(cell)
  }

  /** @param atAnEnd whether the row is the first or the last: a row between others is no totals row for what it is called */
  isOn(cells: readonly string[], atAnEnd: boolean): boolean {
    if (!this.namesEntities) return atAnEnd && (namesAll(cells[this.#date ?? -1] ?? '2000-01-01') || isTotalsName(cells[0] ?? ''))
    const named = this.#identity.map((index) => (cells[index] ?? '').trim()).filter((text) => text !== '')
    return named.length === 0 || (atAnEnd && named.every(isTotalsName))
  }
}
