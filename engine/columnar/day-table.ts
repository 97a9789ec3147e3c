/**
 * A measure of all entities of one scope by day, as running totals: the sum over any window of any entity is a difference of
 * two numbers, and those of all entities at one moment stand side by side.
 */

import { dayNumberOf } from '../clock/day.js'
import type { Dataset, EntityRow } from '../facts/dataset.js'
import type { DayRange, FactAccount, FactEntity, Facts } from '../facts/facts.js'
import { withoutNoise } from '../facts/series.js'
import { findMetric } from '../metric/catalogue.js'
import type { Scope } from '../rule/rule.js'
import { setValue, type Column } from './column.js'
import type { Universe } from './universe.js'

export class DayTable {
  /** `[(day - first) * entities + entity]`: the sum of all days before. One row more than there are days. */
  #totals = new Float64Array()
  /** The same of rows without a value; null where there are none. */
  #gaps: Int32Array | null = null
  /** 1 where a row of several days covers the days on both sides of that day's start; null where there are none. */
  #cuts: Uint8Array | null = null
  /** Whether all numbers are whole, so that differences bear no noise. */
  #isWhole = true
  #built = false

  /** @param measures of each entity: its name in the rows, null where the data does not have it, `asked` where it does not add up */
  constructor(
    private readonly entities: readonly FactEntity[],
    private readonly measure: string,
    private readonly measures: readonly (string | null | typeof ASKED)[],
    private readonly days: { readonly first: number; readonly last: number },
  ) {}

  /** Adds the rows of one entity up. Entities come in any order, each once; `finish` ends it. */
  add(entity: number, rows: readonly EntityRow[]): void {
    const measure = this.measures[entity]!
    if (typeof measure !== 'string') return
    if (this.#totals.length === 0) this.#totals = new Float64Array(this.#size)
    const width = this.entities.length
    for (const { since, until, measures } of rows) {
      const day = until - this.days.first
      if (since !== until) this.#cut(entity, since - this.days.first, day)
      const value = measures[measure]
      if (value === undefined) continue
      const place = (day + 1) * width + entity
      if (value === null) (this.#gaps ??= new Int32Array(this.#size))[place]! += 1
      else this.#totals[place]! += value
    }
  }

  finish(): void {
    const width = this.entities.length
    if (this.#totals.length === 0) this.#totals = new Float64Array(this.#size)
    const [totals, gaps] = [this.#totals, this.#gaps]
    let isWhole = true
    for (let place = width; place < totals.length; place++) {
      totals[place] = totals[place]! + totals[place - width]!
      if (!Number.isSafeInteger(totals[place])) isWhole = false
      if (gaps !== null) gaps[place] = gaps[place]! + gaps[place - width]!
    }
    this.#isWhole = isWhole
    this.#built = true
  }

  get isBuilt(): boolean {
    return this.#built
  }

  /** Sums of all entities over days that are known as a whole. */
  sum(out: Column, facts: Facts, days: DayRange): void {
    const width = this.entities.length
    const from = this.#row(dayNumberOf(days.since)) * width
    const to = this.#row(dayNumberOf(days.until) + 1) * width
    const [values, totals, gaps, cuts] = [out.values, this.#totals, this.#gaps, this.#cuts]
    out.someAtLeast = false
    if (this.#isWhole) for (let i = 0; i < width; i++) values[i] = totals[to + i]! - totals[from + i]!
    else for (let i = 0; i < width; i++) values[i] = withoutNoise(totals[to + i]! - totals[from + i]!)
    if (gaps !== null) for (let i = 0; i < width; i++) if (gaps[to + i]! > gaps[from + i]!) values[i] = NaN
    if (cuts !== null) for (let i = 0; i < width; i++) if (cuts[from + i]! + cuts[to + i]! > 0) values[i] = NaN
    for (const [i, measure] of this.#exceptions) {
      if (measure === null) values[i] = NaN
      else setValue(out, i, facts.total(this.entities[i]!, this.measure, days))
    }
  }

  /** Entities of which there is no plain sum. */
  get #exceptions(): readonly (readonly [number, null | typeof ASKED])[] {
    return (this.#listed ??= this.measures.flatMap((measure, index) =>
      typeof measure === 'string' ? [] : [[index, measure] as const],
    ))
  }
  #listed: readonly (readonly [number, null | typeof ASKED])[] | undefined

  get #size(): number {
    return (this.days.last - this.days.first + 2) * this.entities.length
  }

  #row(dayNumber: number): number {
    return Math.min(Math.max(dayNumber - this.days.first, 0), this.days.last - this.days.first + 1)
  }

  #cut(entity: number, since: number, until: number): void {
    this.#cuts ??= new Uint8Array(this.#size)
    for (let day = since + 1; day <= until; day++) this.#cuts[day * this.entities.length + entity] = 1
  }
}

/** Of an entity whose numbers do not simply add up: the facts are asked each time. */
export const ASKED = Symbol('asked')

/** The tables of one account's dataset, each made once, and those of a scope in one reading of its rows. */
export class DayTables {
  readonly #tables = new Map<Scope, Map<string, DayTable>>()

  constructor(
    readonly universe: Universe,
    private readonly account: FactAccount,
  ) {}

  /** Null where nothing of it adds up by days. */
  table(scope: Scope, measure: string): DayTable | null {
    const { dataset } = this.universe
    if (dataset.days === null || dataset.knowledge.kind === 'undated' || scope === 'group') return null
    if (findMetric(measure)?.made.kind === 'asked') return null
    let ofScope = this.#tables.get(scope)
    if (ofScope === undefined) this.#tables.set(scope, (ofScope = new Map<string, DayTable>()))
    let table = ofScope.get(measure)
    if (table === undefined) {
      const { entities } = this.universe.roll(scope)
      const measures = entities.map((entity) => measureOf(dataset, this.account, this.universe, entity, measure))
      ofScope.set(measure, (table = new DayTable(entities, measure, measures, dataset.days)))
    }
    return table
  }

  /** Reads the rows for all tables that were asked for since the last time. */
  build(): void {
    for (const [scope, tables] of this.#tables) {
      const unbuilt = [...tables.values()].filter(({ isBuilt }) => !isBuilt)
      if (unbuilt.length === 0) continue
      for (const [index, entity] of this.universe.roll(scope).entities.entries()) {
        const own = this.universe.own(entity)
        if (own === null && scope !== 'account') continue
        const rows = this.universe.dataset.dayRows(own)
        for (const table of unbuilt) table.add(index, rows)
      }
      for (const table of unbuilt) table.finish()
    }
  }
}

function measureOf(
  dataset: Dataset,
  account: FactAccount,
  universe: Universe,
  entity: FactEntity,
  measure: string,
): string | null | typeof ASKED {
  const own = universe.own(entity)
  if (own === null && entity.scope !== 'account') return null
  const has = (name: string): boolean => dataset.measures === null || dataset.measures.has(name)
  if (measure !== 'results') return has(measure) ? measure : null
  const goals = dataset.goalsWithin(own)
  if (goals.length > 1 || goals.includes('mixed')) return ASKED
  if (dataset.measures?.has('results')) return 'results'
  const counted = goals[0] ?? account.result
  if (findMetric(counted)?.made.kind === 'asked') return ASKED
  return has(counted) ? counted : null
}
