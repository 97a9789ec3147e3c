/**
 * The rows of one account, indexed by entity, with running totals of each measure, so that a sum over any window takes two
 * look-ups. The same dataset serves all rules and moments; `facts-of-dataset.ts` computes the facts of one moment from it.
 */

import { dayNumberOf } from '../clock/day.js'
import { matchesGlob } from '../text/glob.js'
import type { DatasetEntity, DatasetSource, EntityScope, Knowledge } from './dataset-source.js'
import { compareHours, type HoursOfDay } from './hourly-rows.js'
import { Series } from './series.js'

/** Returns the index of an hour: how many hours it comes after the first hour of day number 0. */
const hourIndex = (dayNumber: number, hour: number): number => dayNumber * 24 + hour

/** An entity or a group of campaigns, together with everything under it; null is the whole account. */
export type Subtree = DatasetEntity | DatasetGroup | null

export interface EntityRow {
  /** First and last day number that the row covers; in hourly rows both are the hour's index. */
  readonly since: number
  readonly until: number
  readonly measures: Readonly<Record<string, number | null>>
  /** As in `DataRow`. */
  readonly silent?: boolean
  /** Whether the row belongs to a remainder, the part of a parent's total that its children lack (`remainder.ts`). */
  readonly remainder?: boolean
}

/** Campaigns whose numbers are added up as one entity's. */
export interface DatasetGroup {
  readonly scope: 'group'
  readonly key: string
  readonly campaigns: readonly DatasetEntity[]
}

export class Dataset {
  readonly knowledge: Knowledge
  readonly measures: ReadonlySet<string> | null
  /** First and last day number of the rows; null if there are no rows or no dates. */
  readonly days: { readonly first: number; readonly last: number } | null
  readonly #entities: ReadonlyMap<EntityScope, ReadonlyMap<string, DatasetEntity>>
  readonly #listed = new Map<EntityScope, readonly DatasetEntity[]>()
  readonly #dayRows = new Map<string, EntityRow[]>()
  readonly #hourRows = new Map<string, EntityRow[]>()
  readonly #beneath = new Map<string, DatasetEntity[]>()
  readonly #series = { day: new Map<Subtree, Map<string, Series>>(), hour: new Map<Subtree, Map<string, Series>>() }
  readonly #goals = new Map<Subtree, readonly (string | null)[]>()
  readonly #attributions = new Map<Subtree, readonly string[]>()
  readonly #groups = new Map<string, DatasetGroup>()
  readonly #inRows = new Set<string>()
  readonly #hoursOf = new Map<number, HoursOfDay>()
  #byDay: { days: ReadonlyMap<number, EntityRow[]>; hours: ReadonlyMap<number, EntityRow[]> } | undefined

  constructor(source: DatasetSource) {
    this.knowledge = source.knowledge
    this.measures = source.measures
    this.#entities = byScope(source.entities)
    for (const [scope, entities] of this.#entities) {
      this.#listed.set(
        scope,
        [...entities.values()].filter(({ hidden }) => hidden !== true),
      )
    }
    for (const entity of source.entities) for (const parent of parentsOf(entity)) push(this.#beneath, parent, entity)
    const remainders = new Set(source.entities.filter(isRemainder).map(({ scope, key }) => placeOf(scope, key)))
    let [first, last] = [Infinity, -Infinity]
    for (const row of source.rows) {
      const since = row.since === null ? 0 : dayNumberOf(row.since)
      const until = row.until === null ? since : dayNumberOf(row.until)
      first = Math.min(first, since)
      last = Math.max(last, until)
      const place = placeOf(row.scope, row.entity)
      for (const measure in row.measures) this.#inRows.add(measure)
      const marks = { ...(row.silent === true ? { silent: true } : {}), ...(remainders.has(place) ? { remainder: true } : {}) }
      if (row.hour === null) push(this.#dayRows, place, { since, until, measures: row.measures, ...marks })
      else {
        const hour = hourIndex(since, row.hour)
        push(this.#hourRows, place, { since: hour, until: hour, measures: row.measures, ...marks })
      }
    }
    this.days = source.knowledge.kind === 'undated' || first > last ? null : { first, last }
  }

  /** Returns the entities of a scope without the hidden ones. */
  entities(scope: EntityScope): readonly DatasetEntity[] {
    return this.#listed.get(scope)!
  }

  /** Returns the entity with this key, also a hidden one; null if there is none. */
  find(scope: EntityScope, key: string): DatasetEntity | null {
    return this.#entities.get(scope)?.get(key) ?? null
  }

  /** Returns the group of campaigns whose names match one of the globs: the same object for the same arguments. */
  group(name: string, globs: readonly string[]): DatasetGroup {
    const key = JSON.stringify([name, ...globs])
    let group = this.#groups.get(key)
    if (group === undefined) {
      const matches = (campaign: DatasetEntity) =>
        globs.some((glob) => campaign.name !== null && matchesGlob(campaign.name, glob))
      group = { scope: 'group', key: name, campaigns: [...this.#entities.get('campaign')!.values()].filter(matches) }
      this.#groups.set(key, group)
    }
    return group
  }

  /** Returns the entity and everything under it, hidden entities included; all entities for the account (null). */
  within(entity: Subtree): readonly DatasetEntity[] {
    if (entity === null) return [...this.#entities.values()].flatMap((found) => [...found.values()])
    if (entity.scope === 'group') return entity.campaigns.flatMap((campaign) => this.within(campaign))
    return [entity, ...(this.#beneath.get(placeOf(entity.scope, entity.key)) ?? [])]
  }

  /**
   * Returns a measure of an entity and everything under it, over time.
   *
   * @param only restricts it to entities with this goal, or to those whose goal is not known (`''`); used for `results`
   */
  series(entity: Subtree, measure: string, resolution: 'day' | 'hour', only?: string): Series {
    let ofEntity = this.#series[resolution].get(entity)
    if (ofEntity === undefined) this.#series[resolution].set(entity, (ofEntity = new Map<string, Series>()))
    const key = only === undefined ? measure : `${measure}\u0000${only}`
    const known = ofEntity.get(key)
    if (known !== undefined) return known
    const members = this.within(entity).filter((member) => only === undefined || this.#goalKeyOf(member) === only)
    const series = new Series(measure, this.#rowsOf(members, resolution))
    ofEntity.set(key, series)
    return series
  }

  /** Returns the `only` that selects the entity; null if none does, because it has no goal. */
  #goalKeyOf = (member: DatasetEntity): string | null => this.resultOf(member) ?? (member.noGoal === true ? null : '')

  /** Returns the measure that counts an entity's results. An ad without its own has its ad set's; null if it is not known. */
  resultOf(entity: DatasetEntity): string | null {
    const adset = entity.scope === 'ad' && entity.adset !== null ? this.find('adset', entity.adset) : null
    return entity.result ?? adset?.result ?? null
  }

  /** Returns the different attribution settings of the entities with rows in a subtree, sorted; unknown ones are left out. */
  attributionsWithin(entity: Subtree): readonly string[] {
    let known = this.#attributions.get(entity)
    if (known === undefined) {
      const settings = this.#withRows(entity).map((member) => this.#attributionOf(member))
      known = [...new Set(settings)].filter((setting) => setting !== null).sort()
      this.#attributions.set(entity, known)
    }
    return known
  }

  #attributionOf(entity: DatasetEntity): string | null {
    const adset = entity.scope === 'ad' && entity.adset !== null ? this.find('adset', entity.adset) : null
    return entity.attribution ?? adset?.attribution ?? null
  }

  /** Returns the entity, and those under it, that have at least one row other than rounding differences (`silent`). */
  #withRows(entity: Subtree): readonly DatasetEntity[] {
    return this.within(entity).filter((member) => {
      const place = placeOf(member.scope, member.key)
      return [this.#dayRows.get(place), this.#hourRows.get(place)].some((rows) => rows?.some(({ silent }) => silent !== true))
    })
  }

  /** Returns the different goals of the entities with rows in a subtree; null among them is a goal that is not known. */
  goalsWithin(entity: Subtree): readonly (string | null)[] {
    const known = this.#goals.get(entity)
    if (known !== undefined) return known
    const members = this.#withRows(entity).map((member) => ({ goal: this.resultOf(member), noGoal: member.noGoal === true }))
    const goals = [...new Set(members.filter(({ goal, noGoal }) => goal !== null || !noGoal).map(({ goal }) => goal))]
    this.#goals.set(entity, goals)
    return goals
  }

  /** Returns the daily rows of an entity and everything under it, in no particular order. */
  dayRows(entity: Subtree): readonly EntityRow[] {
    const members = this.within(entity)
    const [first] = members
    if (members.length === 1 && first !== undefined) return this.#dayRows.get(placeOf(first.scope, first.key)) ?? []
    return [...this.#rowsOf(members, 'day')]
  }

  /** Whether synced rows contain their entity's results themselves, as the measure `results`. */
  get hasResults(): boolean {
    return this.measures === null && this.#inRows.has('results')
  }

  /** Returns what the daily and the hourly rows of a day contain for the whole account. */
  hoursOf(day: number): HoursOfDay {
    let known = this.#hoursOf.get(day)
    if (known !== undefined) return known
    this.#byDay ??= {
      days: groupBy(this.#dayRows, (since) => since),
      hours: groupBy(this.#hourRows, (since) => Math.floor(since / 24)),
    }
    known = compareHours(this.#byDay.days.get(day) ?? [], this.#byDay.hours.get(day) ?? [])
    this.#hoursOf.set(day, known)
    return known
  }

  /** Whether any row contains the measure. */
  hasMeasure(measure: string): boolean {
    return this.#inRows.has(measure)
  }

  *#rowsOf(members: readonly DatasetEntity[], resolution: 'day' | 'hour'): Generator<EntityRow> {
    const rows = resolution === 'day' ? this.#dayRows : this.#hourRows
    for (const member of members) yield* rows.get(placeOf(member.scope, member.key)) ?? []
  }
}

/** Deleted entities are hidden too, but have an id; remainders have none. */
const isRemainder = ({ hidden, id }: DatasetEntity): boolean => hidden === true && id === null

const placeOf = (scope: EntityScope, key: string): string => `${scope}/${key}`

const parentsOf = ({ campaign, adset, scope }: DatasetEntity): string[] => [
  ...(campaign !== null && scope !== 'campaign' ? [placeOf('campaign', campaign)] : []),
  ...(adset !== null && scope === 'ad' ? [placeOf('adset', adset)] : []),
]

function byScope(entities: readonly DatasetEntity[]): Map<EntityScope, Map<string, DatasetEntity>> {
  const scopes = new Map<EntityScope, Map<string, DatasetEntity>>([
    ['campaign', new Map()],
    ['adset', new Map()],
    ['ad', new Map()],
  ])
  for (const entity of entities) scopes.get(entity.scope)!.set(entity.key, entity)
  return scopes
}

function groupBy(rows: ReadonlyMap<string, readonly EntityRow[]>, dayOf: (since: number) => number): Map<number, EntityRow[]> {
  const groups = new Map<number, EntityRow[]>()
  for (const row of [...rows.values()].flat()) {
    const group = groups.get(dayOf(row.since))
    if (group === undefined) groups.set(dayOf(row.since), [row])
    else group.push(row)
  }
  return groups
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
