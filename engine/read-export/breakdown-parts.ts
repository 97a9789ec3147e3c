/**
 * Rows of a breakdown (by age, by region) in a file that also has the row of the whole. The whole is Meta's own number, including
 * everything without an age or region, and counts; its parts are left out, since they would count the same again.
 */

import type { DataRow } from '../facts/dataset-source.js'
import type { CsvRecord } from './csv.js'
import { placeOf } from './sub-totals.js'
import { namesAll } from './totals.js'

/** Reads a row's values in the breakdown columns; '' for a blank or a word such as `All`. */
export class PartNames {
  // A breakdown has few distinct values in many rows.
  readonly #names = new Map<string, string>()
  #someNameNothing = false

  constructor(private readonly breakdowns: readonly number[]) {}

  /** Whether some row has no value in a breakdown column, and so may be the sum of others. */
  get someNameNothing(): boolean {
    return this.#someNameNothing
  }

  of(cells: readonly string[]): readonly string[] {
    return this.breakdowns.map((index) => {
      const cell = cells[index] ?? ''
      let name = this.#names.get(cell)
      if (name === undefined) this.#names.set(cell, (name = namesAll(cell) ? '' : cell.trim()))
      if (name === '') this.#someNameNothing = true
      return name
    })
  }
}

export interface BrokenDownRow {
  readonly row: DataRow
  readonly part: readonly string[]
  readonly record: CsvRecord
}

/** The rows of one entity and period with the same breakdown values. */
interface Group {
  readonly part: readonly string[]
  readonly record: CsvRecord
  readonly rows: DataRow[]
}

export interface FoundParts {
  readonly parts: ReadonlySet<DataRow>
  /** Rows that replace their parts. Measures that only the parts have become unknown, since Meta gives no total for them. */
  readonly wholes: ReadonlyMap<DataRow, DataRow>
  /** Rows that are neither the sum of their parts nor clearly a part themselves. */
  readonly unclear: readonly Pick<BrokenDownRow, 'record'>[]
}

export function partsIn(rows: readonly BrokenDownRow[]): FoundParts {
  const places = new Map<string, Map<string, Group>>()
  for (const { row, part, record } of rows) {
    const place = `${placeOf(row.scope, row.entity)}\u0000${row.since}\u0000${row.until}`
    let groups = places.get(place)
    if (groups === undefined) places.set(place, (groups = new Map<string, Group>()))
    const key = part.join('\u0000')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { part, record, rows: [row] })
    else group.rows.push(row)
  }
  const parts = new Set<DataRow>()
  const wholes = new Map<DataRow, DataRow>()
  const unclear: Pick<BrokenDownRow, 'record'>[] = []
  for (const groups of places.values()) {
    const sorted = [...groups.values()].sort((a, b) => named(a.part) - named(b.part))
    for (const whole of sorted) {
      if (named(whole.part) === whole.part.length || whole.rows.some((row) => parts.has(row))) continue
      const beneath = sorted.filter((other) => other !== whole && isWithin(other.part, whole.part))
      const leaves = beneath.filter((one) => !beneath.some((other) => other !== one && isWithin(other.part, one.part)))
      if (leaves.length === 0) continue
      const leafRows = leaves.flatMap((leaf) => leaf.rows)
      const sum = compareSums(whole.rows, leafRows)
      if (sum === 'less' && isRest(whole.rows, leaves)) continue
      if (sum !== 'same') unclear.push(whole)
      for (const row of whole.rows) wholes.set(row, withUnknown(row, leafRows))
      for (const group of beneath) for (const row of group.rows) parts.add(row)
    }
  }
  return { parts, wholes, unclear }
}

function withUnknown(whole: DataRow, leaves: readonly DataRow[]): DataRow {
  const given = new Set(leaves.flatMap(({ measures }) => Object.keys(measures).filter((measure) => measures[measure] !== 0)))
  const unknown = [...given].filter((measure) => whole.measures[measure] === undefined)
  if (unknown.length === 0) return whole
  return { ...whole, measures: { ...whole.measures, ...Object.fromEntries(unknown.map((measure) => [measure, null])) } }
}

const named = (part: readonly string[]): number => part.filter((text) => text !== '').length

/** Whether `part` has all values of `whole`, and more. */
export const isWithin = (part: readonly string[], whole: readonly string[]): boolean =>
  named(part) > named(whole) && whole.every((text, index) => text === '' || text === part[index])

/**
 * Whether a row without a breakdown value is one more part, such as people of unknown age. Such a part is small: less than each other
 * part, and less than half of their sum. A larger row might just as well be an incomplete sum.
 */
export function isRest(rows: readonly DataRow[], parts: readonly Pick<Group, 'rows'>[]): boolean {
  const partRows = parts.flatMap((part) => part.rows)
  return comparedIn([...rows, ...partRows]).every((measure) => {
    const rest = sumOf(rows, measure)
    const isLess = parts.every((part) => sumOf(part.rows, measure) === 0 || rest < sumOf(part.rows, measure))
    return rest === 0 || (isLess && 2 * rest < sumOf(partRows, measure))
  })
}

/** The measures to compare, the first that exists: people and conversions of the parts do not add up to those of the whole. */
const LEADING = ['spend', 'impressions', 'clicks']
const NOT_ADDITIVE = new Set(['reach', 'frequency'])

/**
 * Compares a row with the sum of others. They may differ by 1% or a few minor units, because money is rounded in each row, and deleted
 * objects are only in the total.
 *
 * @param lacking the share of the total by which the sum may differ
 */
export function compareSums(whole: readonly DataRow[], parts: readonly DataRow[], lacking = 0.01): 'same' | 'less' | 'more' {
  const beyond = comparedIn([...whole, ...parts])
    .map((measure) => ({ sum: sumOf(whole, measure), ofParts: sumOf(parts, measure) }))
    .filter(({ sum, ofParts }) => Math.abs(sum - ofParts) > Math.max(parts.length, lacking * Math.abs(sum)))
  if (beyond.length === 0) return 'same'
  return beyond.some(({ sum, ofParts }) => sum > ofParts) ? 'more' : 'less'
}

function comparedIn(rows: readonly DataRow[]): readonly string[] {
  const measures = new Set(rows.flatMap(({ measures }) => Object.keys(measures)))
  const leading = LEADING.find((measure) => measures.has(measure))
  return leading === undefined ? [...measures].filter((measure) => !NOT_ADDITIVE.has(measure)) : [leading]
}

const sumOf = (rows: readonly DataRow[], measure: string): number =>
  rows.reduce((total, { measures }) => total + (measures[measure] ?? 0), 0)
