/** Finds what each column of a file contains. */

import type { Fault } from '../diagnostic/fault.js'
import { cellSpan, type CsvRecord } from './csv.js'
import { type Field, readHeader } from './header-names.js'

export const NAMED_SCOPES = ['campaign', 'adset', 'ad'] as const

export interface Columns {
  readonly header: CsvRecord
  readonly separator: string
  readonly fields: ReadonlyMap<Field, number>
  readonly measures: ReadonlyMap<string, number>
  /** Columns of breakdowns: they split an entity into several rows. */
  readonly breakdowns: readonly number[]
  /** Measures whose columns are empty, with the name of the column. They count as missing. */
  readonly empty: ReadonlyMap<string, string>
  /** The currency in the headers: `Amount spent (TRY)`. */
  readonly currency: string | null
}

/** In case of a tie, the first counts. */
const SEPARATORS = [',', ';', '\t', '|']

/** Returns the separator that gives the most known columns in the first line. */
export function separatorOf(line: string): string {
  let best = { separator: ',', known: -1, cells: 0 }
  for (const separator of SEPARATORS) {
    const cells = line.replace(/^\uFEFF/, '').split(separator)
    const known = cells.filter((cell) => readHeader(unquoted(cell)).heading !== null).length
    if (known > best.known || (known === best.known && cells.length > best.cells)) {
      best = { separator, known, cells: cells.length }
    }
  }
  return best.separator
}

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1')

interface Found {
  readonly index: number
  readonly rank: number
}

export function readColumns(text: string, header: CsvRecord, separator: string, report: (fault: Fault) => void): Columns {
  const [fields, measures] = [new Map<Field, Found>(), new Map<string, Found>()]
  const currencies = new Map<string, number>()
  const breakdowns: number[] = []
  const take = <K extends string>(columns: Map<K, Found>, name: K, index: number, rank: number): void => {
    const before = columns.get(name)
    if (before !== undefined && before.rank === rank) {
      const message = `the columns ${before.index + 1} and ${index + 1} both contain ${inWords(name)}`
      const hint = 'remove one of them from the export'
      report({ code: 'duplicate-column', message, span: cellSpan(text, header, index, separator), hint })
    } else if (before === undefined || rank < before.rank) columns.set(name, { index, rank })
  }
  for (const [index, cell] of header.cells.entries()) {
    const { heading, currency } = readHeader(cell)
    if (heading === null) continue
    if (currency !== null && !currencies.has(currency)) currencies.set(currency, index)
    if (heading.kind === 'breakdown') breakdowns.push(index)
    else if (heading.kind === 'field') take(fields, heading.field, index, heading.rank)
    else for (const { measure, rank } of heading.measures) take(measures, measure, index, rank)
  }
  const [first, second] = [...currencies]
  if (first !== undefined && second !== undefined) {
    const message = `the columns are in ${first[0]} and in ${second[0]}`
    report({
      code: 'contradiction',
      message,
      span: cellSpan(text, header, second[1], separator),
      hint: 'export one account at a time',
    })
  }
  const named = { fields: indexes(fields), measures: indexes(measures), breakdowns, empty: new Map<string, string>() }
  return { header, separator, ...named, currency: first?.[0] ?? null }
}

const indexes = <K>(columns: ReadonlyMap<K, Found>): Map<K, number> =>
  new Map([...columns].map(([name, { index }]) => [name, index]))

const inWords = (name: string): string => `\`${name}\``
