/**
 * A measure of all entities of one scope by day, as running totals. The sum over any window is the difference of two numbers, and
 * the numbers of all entities for one day are adjacent in memory.
 */

import { dayNumberOf } from '../../clock/day.js'
import type { DatasetEntity } from '../../facts/dataset-source.js'
import type { Dataset } from '../../facts/dataset.js'
import type { FactAccount, FactEntity, Facts } from '../../facts/facts.js'
import { findMetric } from '../../metric/catalogue.js'
import { uncountedGoal } from '../../metric/result.js'
import type { DayRange } from '../../value/ranges.js'
import type { Scope } from '../../value/scope.js'
import { type Column, setValue } from './column.js'
import { EntityDays } from './entity-days.js'
import type { Universe } from './entity-order.js'
import { RunningTotals } from './running-totals.js'

export class DayTable {
  /** Null if nothing was added. */
  #totals: RunningTotals | null = null
  /** `[(day - first) * entities + entity]`: number of rows without a value on all earlier days; null if there are none. */
  #gaps: Int32Array | null = null
  /** 1 if a row of several days spans the start of that day, so that a window must not begin or end there; null if there are none. */
  #cuts: Uint8Array | null = null
  #built = false

  /** @param measures for each entity the measure's name in the rows; null if the data lacks it, `ASKED` if it does not add up */
  constructor(
    private readonly entities: readonly FactEntity[],
    private readonly measure: string,
    private readonly measures: readonly (string | null | typeof ASKED)[],
    private readonly days: { readonly first: number; readonly last: number },
  ) {}

  /** Adds the rows of one entity. Call it once per entity, in any order, then `finish`. */
  add(entity: number, days: EntityDays): void {
    const measure = this.measures[entity]!
    if (typeof measure !== 'string') return
    const sums = days.sums(measure)
    this.#totals ??= new RunningTotals(this.entities.length, sums.length)
    this.#totals.add(entity, sums)
    for (const day of days.gaps(measure)) this.#gap(entity, day)
    for (const { since, until } of days.stretches) this.#cut(entity, since, until)
  }

  finish(): void {
    const width = this.entities.length
    const gaps = this.#gaps
    if (gaps !== null) for (let place = width; place < gaps.length; place++) gaps[place]! += gaps[place - width]!
    this.#built = true
  }

  /** The measure's names in the rows, each once. */
  get names(): readonly string[] {
    return [...new Set(this.measures)].filter((measure) => typeof measure === 'string')
  }

  get isBuilt(): boolean {
    return this.#built
  }

  /** Writes the sums of all entities over days that are all known. */
  sum(out: Column, facts: Facts, days: DayRange): void {
    const width = this.entities.length
    const since = this.#row(dayNumberOf(days.since))
    const until = this.#row(dayNumberOf(days.until) + 1)
    const [from, to] = [since * width, until * width]
    const { values } = out
    const gaps = this.#gaps
    const cuts = this.#cuts
    out.someAtLeast = false
    if (this.#totals === null) values.fill(0)
    else this.#totals.sum(values, since, until)
    if (gaps !== null) for (let i = 0; i < width; i++) if (gaps[to + i]! > gaps[from + i]!) values[i] = NaN
    if (cuts !== null) for (let i = 0; i < width; i++) if (cuts[from + i]! + cuts[to + i]! > 0) values[i] = NaN
    for (const [i, measure] of this.#exceptions) {
      if (measure === null) values[i] = NaN
      else setValue(out, i, facts.total(this.entities[i]!, this.measure, days))
    }
  }

  /** Entities without a plain sum. */
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

  #gap(entity: number, day: number): void {
    this.#gaps ??= new Int32Array(this.#size)
    this.#gaps[(day + 1) * this.entities.length + entity]! += 1
  }

  #cut(entity: number, since: number, until: number): void {
    this.#cuts ??= new Uint8Array(this.#size)
    for (let day = since + 1; day <= until; day++) this.#cuts[day * this.entities.length + entity] = 1
  }
}

/** Marks an entity whose numbers do not simply add up: the facts are asked each time. */
export const ASKED = Symbol('asked')

/** The tables of one account's dataset. Each is built once, and all tables of a scope in one pass over its rows. */
export class DayTables {
  readonly #tables = new Map<Scope, Map<string, DayTable>>()

  constructor(
    readonly universe: Universe,
    private readonly account: FactAccount,
  ) {}

  /** Returns null if the measure does not add up over days. */
  table(scope: Scope, measure: string): DayTable | null {
    const { dataset } = this.universe
    if (dataset.days === null || dataset.knowledge.kind === 'undated' || scope === 'group') return null
    if (findMetric(measure)?.made.kind === 'asked') return null
    let ofScope = this.#tables.get(scope)
    if (ofScope === undefined) this.#tables.set(scope, (ofScope = new Map<string, DayTable>()))
    let table = ofScope.get(measure)
    if (table === undefined) {
      const { entities } = this.universe.roll(scope)
      const owns = this.universe.owns(scope)
      const has = dataset.measures === null || dataset.measures.has(measure)
      const measures = owns.map((own) => {
        if (own === null && scope !== 'account') return null
        return measure === 'results' ? resultsOf(dataset, this.account, own) : has ? measure : null
      })
      ofScope.set(measure, (table = new DayTable(entities, measure, measures, dataset.days)))
    }
    return table
  }

  /** Reads the rows for all tables that were requested since the last call. */
  build(): void {
    const { dataset } = this.universe
    if (dataset.days === null) return
    for (const [scope, tables] of this.#tables) {
      const unbuilt = [...tables.values()].filter(({ isBuilt }) => !isBuilt)
      if (unbuilt.length === 0) continue
      const days = new EntityDays([...new Set(unbuilt.flatMap(({ names }) => names))], dataset.days)
      for (const [index, own] of this.universe.owns(scope).entries()) {
        if (own === null && scope !== 'account') continue
        days.read(dataset.dayRows(own))
        for (const table of unbuilt) table.add(index, days)
      }
      for (const table of unbuilt) table.finish()
    }
  }
}

/** Returns the measure that counts the results of an entity, or of the account (`own` is null). */
function resultsOf(dataset: Dataset, account: FactAccount, own: DatasetEntity | null): string | null | typeof ASKED {
  const goals = dataset.goalsWithin(own)
  if (goals.length > 1 || goals.includes('mixed')) return ASKED
  if (dataset.measures?.has('results')) return 'results'
  const counted = goals[0] ?? account.result
  if (findMetric(counted)?.made.kind === 'asked') return ASKED
  if (dataset.hasResults) return 'results'
  if (uncountedGoal(counted) !== null) return ASKED
  return dataset.measures === null || dataset.measures.has(counted) ? counted : null
}
