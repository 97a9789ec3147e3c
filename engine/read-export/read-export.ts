/** Reads the rows of an export: returns a dataset, or everything that is wrong with them. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import type { Fault } from '../diagnostic/fault.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { type DataRow, type DatasetEntity } from '../facts/dataset-source.js'
import { Dataset } from '../facts/dataset.js'
import { toMinor } from '../value/minor-units.js'
import { isWider, totalsAmong, unclearAmong } from './account-totals.js'
import { type BrokenDownRow, compareSums, PartNames, partsIn } from './breakdown-parts.js'
import { cellSpan, type CsvRecord, csvRecords } from './csv.js'
import { type DaylessRow, unlikeTheirDays } from './dayless-rows.js'
import { ACCOUNT_ROWS, EntityRegister } from './entities.js'
import { type Formats, settleFormats } from './formats.js'
import { type MeasureColumn, measureColumns } from './measure-columns.js'
import { bareNumber, readNumber } from './number-format.js'
import type { OpenedExport } from './open-export.js'
import { overlapsIn, type Stretch } from './overlaps.js'
import { type ReadOptions, RowCells } from './row-cells.js'
import { placeOf, subTotalsIn } from './sub-totals.js'
import { TotalsMark } from './totals.js'

export type { ReadOptions } from './row-cells.js'

/** Never throws. `dataset` is null if the diagnostics contain an error. */
export function readExport(
  opened: OpenedExport,
  options: ReadOptions,
): { readonly dataset: Dataset | null; readonly diagnostics: readonly Diagnostic[] } {
  const source = new SourceFile(opened.path, opened.text)
  const reader = new ExportReader(opened, options, source)
  const dataset = reader.read()
  return { dataset: source.errorCount > 0 ? null : dataset, diagnostics: sortDiagnostics(source.diagnostics) }
}

class ExportReader {
  readonly #columns: readonly MeasureColumn[]
  readonly #register: EntityRegister
  readonly #dated: boolean
  readonly #stretches = new Map<string, Map<string, Stretch>>()
  #formats!: Formats
  #cells!: RowCells
  #rows = 0
  #accountRows = false
  readonly #mark: TotalsMark
  readonly #breakdowns: readonly number[]
  readonly #parts: PartNames
  readonly #brokenDown: BrokenDownRow[] = []
  readonly #dayless: DaylessRow[] = []
  readonly #records = new Map<DataRow, CsvRecord>()
  #totals: { readonly record: CsvRecord; readonly row: DataRow } | null = null

  constructor(
    private readonly opened: OpenedExport,
    private readonly options: ReadOptions,
    private readonly source: SourceFile,
  ) {
    const { fields, measures } = opened.columns
    this.#columns = measureColumns(measures, options.needed, options.currency)
    this.#register = new EntityRegister(opened.columns, options.currency)
    this.#dated = fields.has('day') || fields.has('since')
    this.#mark = new TotalsMark(opened.columns)
    this.#breakdowns = this.#breakdownColumns()
    this.#parts = new PartNames(this.#breakdowns)
  }

  read(): Dataset | null {
    const { text, columns } = this.opened
    this.#formats = settleFormats(text, columns, this.#columns, (fault) => this.source.report(fault))
    if (this.source.errorCount > 0) return null
    this.#cells = new RowCells(this.opened, this.options, this.#columns, this.#formats, this.#fault.bind(this))
    const all = [...this.#dataRows()]
    const entities = this.#register.entities()
    this.#checkDayless(all, entities)
    const rows = this.#withoutSubTotals(this.#withoutAccountTotals(this.#withoutParts(all)), entities)
    this.#checkTotals(rows)
    if (this.#dated) for (const fault of overlapsIn(this.#stretches)) this.source.report(this.#at(fault.record, 0, fault))
    if (this.#rows === 0 && this.source.errorCount === 0) {
      const span = { start: columns.header.offset, end: columns.header.offset + 1 }
      this.source.report({ code: 'no-rows', message: 'the file has headers, but no rows', span, severity: 'warning' })
    }
    if (this.source.errorCount > 0) return null
    return new Dataset({
      entities: [...entities, ...(this.#accountRows ? [this.#register.accountRows()] : [])],
      rows,
      knowledge: { kind: this.#dated ? 'file' : 'undated' },
      measures: new Set(this.#columns.map(({ measure }) => measure)),
    })
  }

  *#dataRows(): Generator<DataRow> {
    const { text, columns } = this.opened
    let last: CsvRecord | null = null
    for (const record of csvRecords(text, columns.separator, (fault) => this.source.report(fault))) {
      if (record.offset <= columns.header.offset) continue
      if (last !== null) yield* this.#rowOf(last, false)
      last = record
    }
    if (last !== null) yield* this.#rowOf(last, true)
  }

  *#rowOf(record: CsvRecord, isLast: boolean): Generator<DataRow> {
    const { cells } = record
    const width = this.opened.columns.header.cells.length
    if (cells.length < width || cells.slice(width).some((cell) => cell.trim() !== '')) {
      const message = `this row has ${cells.length} cells, but the first line has ${width}`
      const hint = cells.length > width ? 'a number with a separator in it must be quoted' : 'the file may have been cut off'
      this.#fault(record, Math.min(cells.length, width) - 1, { code: 'ragged-row', message, hint })
      return
    }
    this.#rows += 1
    const isFirst = this.#rows === 1
    if (this.#mark.isOn(cells, isFirst || isLast)) {
      this.#takeTotals(record)
      return
    }
    if (this.#register.namesEntities && this.#mark.isDayless(cells)) {
      this.#takeDayless(record)
      return
    }
    const stretch = this.#cells.stretchOf(record)
    if (stretch === null) return
    const found = this.#register.entityOf(cells, stretch.until ?? '')
    if (found.kind === 'fault') {
      this.#fault(record, found.fault.column, found.fault)
      return
    }
    const { entity } = found
    if (entity === null) this.#accountRows = true
    this.#cells.checkCurrency(record)
    const measures = this.#cells.measuresOf(record)
    if (measures === null) return
    const scope = entity?.scope ?? ACCOUNT_ROWS.scope
    const key = entity?.key ?? ACCOUNT_ROWS.key
    this.#noteStretch(placeOf(scope, key), stretch, record)
    const row: DataRow = { scope, entity: key, ...stretch, hour: null, measures }
    if (this.#breakdowns.length > 0) {
      // The offset is enough to report the row; keeping its cells would double the memory of large files.
      this.#brokenDown.push({ row, part: this.#parts.of(cells), record: { cells: [], offset: record.offset } })
    }
    if (entity === null) this.#records.set(row, record)
    yield row
  }

  /** Keeps a row without a day, which may sum up the days of its entity. Its attributes are ignored, since they have no day. */
  #takeDayless(record: CsvRecord): void {
    const named = this.#register.finestOf(record.cells)
    this.#cells.checkCurrency(record)
    const measures = this.#cells.measuresOf(record)
    if (measures === null || named === null) return
    const row: DataRow = { scope: named.scope, entity: named.key, since: null, until: null, hour: null, measures }
    this.#dayless.push({ row, part: this.#parts.of(record.cells), record })
  }

  #checkDayless(dated: readonly DataRow[], entities: readonly DatasetEntity[]): void {
    const parts = new Map(this.#dayless.length === 0 ? [] : this.#brokenDown.map(({ row, part }) => [row, part]))
    for (const { record, hasDays } of unlikeTheirDays(this.#dayless, dated, entities, (row) => parts.get(row) ?? [])) {
      if (!hasDays) {
        this.#cells.stretchOf(record)
        continue
      }
      const message = 'this row has no day, and is not the sum of the days with the same name'
      this.#fault(record, 0, { code: 'sub-total', message, hint: 'give it a day, or remove it' })
    }
  }

  /** In a file without entities, the account columns count as breakdowns too: a row for all accounts has no account. */
  #breakdownColumns(): readonly number[] {
    const { fields, breakdowns } = this.opened.columns
    if (this.#register.namesEntities) return breakdowns
    return [...breakdowns, ...[fields.get('account_id'), fields.get('account_name')].filter((index) => index !== undefined)]
  }

  #withoutParts(rows: readonly DataRow[]): readonly DataRow[] {
    if (!this.#parts.someNameNothing) return rows
    const { parts, wholes, unclear } = partsIn(this.#brokenDown)
    for (const { record } of unclear) this.#faultUnclear(record)
    return parts.size === 0 ? rows : rows.flatMap((row) => (parts.has(row) ? [] : [wholes.get(row) ?? row]))
  }

  #faultUnclear(record: CsvRecord): void {
    const message = 'this row has no breakdown value, and is not the sum of the rows that have one: numbers might count twice'
    this.#fault(record, 0, { code: 'sub-total', message, hint: 'export without a breakdown' })
  }

  /** Removes an unmarked totals row, which only its sum reveals, in a file without names. */
  #withoutAccountTotals(rows: readonly DataRow[]): readonly DataRow[] {
    if (this.#register.namesEntities) return rows
    const cellsOf = (row: DataRow): readonly string[] => this.#records.get(row)?.cells ?? []
    const totals = totalsAmong(rows, this.opened.columns, cellsOf)
    if (totals === null) {
      const unclear = unclearAmong(rows, this.opened.columns, cellsOf)
      if (unclear !== null) this.#faultUnclear(this.#records.get(unclear)!)
      return rows
    }
    const others = rows.filter((row) => row !== totals)
    if (isWider(totals, others))
      this.#stretches.get(placeOf(totals.scope, totals.entity))?.delete(stretchKey(totals.since, totals.until))
    return others
  }

  /** Keeps the totals row. A second row without a name is an error, because it cannot be assigned to anything. */
  #takeTotals(record: CsvRecord): void {
    if (this.#totals !== null) {
      const what = this.#register.namesEntities ? 'names no campaign, ad set or ad' : 'has no date'
      const message = `this row ${what}, and the file already has a totals row`
      this.#fault(record, 0, { code: 'nameless-row', message, hint: 'export names or ids too' })
      return
    }
    const measures: Record<string, number> = {}
    for (const { measure, index, isMoney } of this.#columns) {
      const bare = bareNumber(record.cells[index] ?? '')
      const number = bare === null ? null : readNumber(bare, this.#formats.markOf(index))
      if (number !== null) measures[measure] = isMoney ? toMinor(number, this.options.currency) : number
    }
    const { scope, key } = ACCOUNT_ROWS
    this.#totals = { record, row: { scope, entity: key, since: null, until: null, hour: null, measures } }
  }

  #withoutSubTotals(rows: readonly DataRow[], entities: readonly DatasetEntity[]): readonly DataRow[] {
    const left = new Set<string>()
    for (const { scope, key, since, until, isSum } of subTotalsIn(rows, entities)) {
      const record = this.#stretches.get(placeOf(scope, key))?.get(stretchKey(since, until))?.record
      left.add(`${placeOf(scope, key)}/${stretchKey(since, until)}`)
      if (isSum || record === undefined) continue
      const message = `this row of ${scope === 'campaign' ? 'a campaign' : scope === 'adset' ? 'an ad set' : 'an ad'} is not the sum of the rows under it: numbers might count twice`
      this.#fault(record, 0, { code: 'sub-total', message, hint: 'export one level: campaigns, ad sets or ads' })
    }
    if (left.size === 0) return rows
    return rows.filter(({ scope, entity, since, until }) => !left.has(`${placeOf(scope, entity)}/${stretchKey(since, until)}`))
  }

  #checkTotals(rows: readonly DataRow[]): void {
    if (this.#totals === null || this.source.errorCount > 0) return
    const { record, row } = this.#totals
    if (!this.#register.namesEntities) {
      if (compareSums([row], rows) === 'same') return
      const message = 'the row has no date, but it is not the sum of the others, as a totals row would be'
      this.#fault(record, 0, { code: 'bad-date', message, hint: 'write days as 2026-03-10' })
      return
    }
    const spend = row.measures['spend'] ?? null
    const sum = rows.reduce((total, { measures }) => total + (measures['spend'] ?? 0), 0)
    if (spend === null || Math.abs(spend - sum) <= Math.max(100, 0.01 * Math.abs(sum))) return
    const message = 'this row was left out as a totals row, but its spend is not the sum of the others'
    const hint = 'give the row a name if it belongs to an ad set or ad'
    this.#fault(record, 0, { code: 'totals-differ', message, hint, severity: 'warning' })
  }

  #noteStretch(place: string, { since, until }: Pick<DataRow, 'since' | 'until'>, record: CsvRecord): void {
    let known = this.#stretches.get(place)
    if (known === undefined) this.#stretches.set(place, (known = new Map<string, Stretch>()))
    const key = stretchKey(since, until)
    if (!known.has(key)) known.set(key, { since: since ?? '', until: until ?? '', record })
  }

  #fault(record: CsvRecord, index: number, fault: Omit<Fault, 'span'>): void {
    this.source.report(this.#at(record, index, fault))
  }

  #at(record: CsvRecord, index: number, { code, message, hint, severity }: Omit<Fault, 'span'>): Fault {
    const span = cellSpan(this.opened.text, record, index, this.opened.columns.separator)
    return { code, message, span, ...(hint === undefined ? {} : { hint }), ...(severity === undefined ? {} : { severity }) }
  }
}

const stretchKey = (since: string | null, until: string | null): string => `${since}/${until}`
