/**
 * Rows that are broken down (by age, by region), next to the row that they are the parts of. An export may have both: the row
 * without a breakdown is Meta's own number, with everything that has no age or region, and counts; its parts would count the
 * same again.
 */

import type { DataRow } from '../facts/dataset-source.js'
import type { CsvRecord } from './csv.js'
import { placeOf } from './sub-totals.js'
import { namesAll } from './totals.js'

/** What a row has in the columns of breakdowns; '' where it names nothing in particular. */
export class PartNames {
  // A breakdown has few names in many rows.
  readonly #names = new Map<string, string>()
  #someNameNothing = false

  constructor(private readonly breakdowns: readonly number[]) {}

  /** Whether a row may be the sum of others: it names nothing in particular somewhere. */
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

/** The rows of one entity and stretch that say the same of a breakdown. */
interface Group {
  readonly part: readonly string[]
  readonly record: CsvRecord
  readonly rows: DataRow[]
}

export interface FoundParts {
  readonly parts: ReadonlySet<DataRow>
  /** Rows that stand for their parts, with what they leave blank and their parts do not as not known: Meta gives no such sum. */
  readonly wholes: ReadonlyMap<DataRow, DataRow>
  /** Rows that are not what their parts come to, and no part themselves either: nobody can say what they are. */
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

/** Whether `part` says all that `whole` says, and more. */
export const isWithin = (part: readonly string[], whole: readonly string[]): boolean =>
  named(part) > named(whole) && whole.every((text, index) => text === '' || text === part[index])

/**
 * Whether a row without a breakdown is one more part, such as what nobody could tell the age of. That is little: less than each
 * part and than half of them. A larger row may just as well be their sum with something missing.
 */
export function isRest(rows: readonly DataRow[], parts: readonly Pick<Group, 'rows'>[]): boolean {
  const partRows = parts.flatMap((part) => part.rows)
  return comparedIn([...rows, ...partRows]).every((measure) => {
    const rest = sumOf(rows, measure)
    const isLess = parts.every((part) => sumOf(part.rows, measure) === 0 || rest < sumOf(part.rows, measure))
    return rest === 0 || (isLess && 2 * rest < sumOf(partRows, measure))
  })
}

/** What a person would compare by: people and conversions of parts do not come to those of the whole. */
const LEADING = ['spend', 'impressions', 'clicks']
const NOT_ADDITIVE = new Set(['reach', 'frequency'])

/**
 * Money is rounded in each row, and what was deleted is in a sum and not in its parts, so that they may differ by a hundredth
 * and by some minor units.
 *
 * @param lacking what share of the sum its parts may lack
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
