/** Reads the cells of a row: its days, currency and numbers. Errors are reported with their place. */

import type { Fault } from '../diagnostic/fault.js'
import { toMinor } from '../value/minor-units.js'
import type { CsvRecord } from './csv.js'
import { readDate } from './date-format.js'
import type { Formats } from './formats.js'
import type { MeasureColumn } from './measure-columns.js'
import { bareNumber, currenciesOf, isNotKnown, readNumber } from './number-format.js'
import type { OpenedExport } from './open-export.js'

export interface ReadOptions {
  /** The currency of the amounts, if known. */
  readonly currency: string | null
  /** Measures to read; other columns are ignored. Null for all. */
  readonly needed: ReadonlySet<string> | null
  /** The measure given by `--result`; a file with its own results must not contradict it. */
  readonly result: string | null
}

export class RowCells {
  readonly #isDated: boolean

  constructor(
    private readonly opened: OpenedExport,
    private readonly options: ReadOptions,
    private readonly columns: readonly MeasureColumn[],
    private readonly formats: Formats,
    private readonly fault: (record: CsvRecord, index: number, fault: Omit<Fault, 'span'>) => void,
  ) {
    const { fields } = opened.columns
    this.#isDated = fields.has('day') || fields.has('since')
  }

  /** Returns the first and last day of a row; both null in a file without dates. Returns null if there is an error, which is reported. */
  stretchOf(record: CsvRecord): { since: string | null; until: string | null } | null {
    if (!this.#isDated) return { since: null, until: null }
    const { fields } = this.opened.columns
    const day = fields.get('day') ?? fields.get('since')!
    const since = this.#dateOf(record, day)
    if (since === null) return null
    const end = fields.has('day') ? undefined : fields.get('until')
    const until = end === undefined ? since : this.#dateOf(record, end)
    if (until === null) return null
    if (until < since) {
      this.fault(record, end!, { code: 'bad-date', message: `the row ends on ${until}, before it begins on ${since}` })
      return null
    }
    return { since, until }
  }

  #dateOf(record: CsvRecord, index: number): string | null {
    const cell = record.cells[index] ?? ''
    const date = readDate(cell, this.formats.dateOrder)
    if (date === null) {
      const message = cell.trim() === '' ? 'the row has no date' : `\`${cell.trim()}\` is not a day`
      this.fault(record, index, { code: 'bad-date', message, hint: 'write days as 2026-03-10' })
    }
    return date
  }

  measuresOf(record: CsvRecord): Record<string, number | null> | null {
    const measures: Record<string, number | null> = {}
    for (const { measure, index, isMoney, mayBeNegative } of this.columns) {
      const cell = record.cells[index] ?? ''
      const bare = bareNumber(cell)
      if (bare !== null && !this.#isInCurrency(record, index, cell)) return null
      if (bare === null) {
        // A blank means zero, except for a ratio, which is unknown then.
        if (measure === 'frequency' || isNotKnown(cell)) measures[measure] = null
        continue
      }
      const number = readNumber(bare, this.formats.markOf(index))
      if (number === null) {
        this.fault(record, index, { code: 'bad-number', message: `\`${cell.trim()}\` is not a number` })
        return null
      }
      if (number < 0 && !mayBeNegative) {
        this.fault(record, index, { code: 'bad-number', message: `\`${measure}\` cannot be negative` })
        return null
      }
      measures[measure] = isMoney ? toMinor(number, this.options.currency) : number
    }
    return this.#contradicts(record, measures) ? null : measures
  }

  #isInCurrency(record: CsvRecord, index: number, cell: string): boolean {
    const { currency } = this.options
    const possible = currenciesOf(cell)
    if (possible === null || currency === null || possible.includes(currency)) return true
    const message = `\`${cell.trim()}\` is not in ${currency}, the currency of the file`
    this.fault(record, index, { code: 'contradiction', message, hint: 'export one account at a time' })
    return false
  }

  /** Reports if `--result leads` is given, but the results in the file differ from its leads. */
  #contradicts(record: CsvRecord, measures: Readonly<Record<string, number | null>>): boolean {
    const { result } = this.options
    const { measures: columns } = this.opened.columns
    if (result === null || !columns.has('results')) return false
    const own = columns.get(result)
    if (own === undefined || !this.columns.some(({ index }) => index === own)) return false
    if ((measures['results'] ?? 0) === (measures[result] ?? 0)) return false
    const message = `--result ${result} contradicts the file: its results differ from its \`${result}\``
    this.fault(record, columns.get('results')!, { code: 'contradiction', message, hint: 'leave --result out' })
    return true
  }

  checkCurrency(record: CsvRecord): void {
    const column = this.opened.columns.fields.get('currency')
    const code = (record.cells[column ?? -1] ?? '').trim().toUpperCase()
    if (column === undefined || code === '' || code === this.options.currency) return
    const message = `this row is in ${code}, but the file is in ${this.options.currency ?? 'another currency'}`
    this.fault(record, column, { code: 'contradiction', message, hint: 'export one account at a time' })
  }
}
