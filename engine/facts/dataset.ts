/**
 * Rows of entities, days and measures, kept so that a sum over any window is a matter of two look-ups. One dataset serves
 * every rule, account view and moment; `facts-of-dataset.ts` answers from it as of one of them.
 */

import { dayNumberOf } from '../clock/day.js'
import { matchesGlob } from '../text/glob.js'
import type { DatasetEntity, DatasetSource, EntityScope, Knowledge } from './dataset-source.js'
import { compareHours, type DaysHours } from './hours-given.js'
import { Series } from './series.js'

/** A day and, in hourly rows, an hour, as one number that grows with time. */
const hourIndex = (dayNumber: number, hour: number): number => dayNumber * 24 + hour

/** An entity of the dataset, or a group of its campaigns, with all that is under it; null is the account. */
export type Within = DatasetEntity | DatasetGroup | null

/** A row with its days as numbers. */
export interface EntityRow {
  readonly since: number
  readonly until: number
  readonly measures: Readonly<Record<string, number | null>>
  readonly silent?: boolean
  /** Of what a parent's total has beyond its children. */
  readonly rest?: boolean
}

/** Campaigns that are looked at as one. */
export interface DatasetGroup {
  readonly scope: 'group'
  readonly key: string
  readonly campaigns: readonly DatasetEntity[]
}

export class Dataset {
  readonly knowledge: Knowledge
  readonly measures: ReadonlySet<string> | null
  /** First and last day number of the rows; null where there are none, or no dates. */
  readonly days: { readonly first: number; readonly last: number } | null
  readonly #entities: ReadonlyMap<EntityScope, ReadonlyMap<string, DatasetEntity>>
  readonly #listed = new Map<EntityScope, readonly DatasetEntity[]>()
  readonly #dayRows = new Map<string, EntityRow[]>()
  readonly #hourRows = new Map<string, EntityRow[]>()
  readonly #beneath = new Map<string, DatasetEntity[]>()
  readonly #series = { day: new Map<Within, Map<string, Series>>(), hour: new Map<Within, Map<string, Series>>() }
  readonly #goals = new Map<Within, readonly (string | null)[]>()
  readonly #attributions = new Map<Within, readonly string[]>()
  readonly #groups = new Map<string, DatasetGroup>()
  readonly #inRows = new Set<string>()
  readonly #hoursOf = new Map<number, DaysHours>()
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
    for (const entity of source.entities) for (const above of aboveOf(entity)) push(this.#beneath, above, entity)
    const rests = new Set(source.entities.filter(isRest).map(({ scope, key }) => placeOf(scope, key)))
    let [first, last] = [Infinity, -Infinity]
    for (const row of source.rows) {
      const since = row.since === null ? 0 : dayNumberOf(row.since)
      const until = row.until === null ? since : dayNumberOf(row.until)
      first = Math.min(first, since)
      last = Math.max(last, until)
      const place = placeOf(row.scope, row.entity)
      for (const measure in row.measures) this.#inRows.add(measure)
      const marks = { ...(row.silent === true ? { silent: true } : {}), ...(rests.has(place) ? { rest: true } : {}) }
      if (row.hour === null) push(this.#dayRows, place, { since, until, measures: row.measures, ...marks })
      else {
        const hour = hourIndex(since, row.hour)
        push(this.#hourRows, place, { since: hour, until: hour, measures: row.measures, ...marks })
      }
    }
    this.days = source.knowledge.kind === 'undated' || first > last ? null : { first, last }
  }

  entities(scope: EntityScope): readonly DatasetEntity[] {
    return this.#listed.get(scope)!
  }

  find(scope: EntityScope, key: string): DatasetEntity | null {
    return this.#entities.get(scope)?.get(key) ?? null
  }

  /** The campaigns whose names fit one of the globs, the same group whenever it is asked for. */
  group(name: string, globs: readonly string[]): DatasetGroup {
    const key = JSON.stringify([name, ...globs])
    let group = this.#groups.get(key)
    if (group === undefined) {
      const fits = (campaign: DatasetEntity) => globs.some((glob) => campaign.name !== null && matchesGlob(campaign.name, glob))
      group = { scope: 'group', key: name, campaigns: [...this.#entities.get('campaign')!.values()].filter(fits) }
      this.#groups.set(key, group)
    }
    return group
  }

  /** The entity and all that is under it; everything for null, which is the account. */
  within(entity: Within): readonly DatasetEntity[] {
    if (entity === null) return [...this.#entities.values()].flatMap((found) => [...found.values()])
    if (entity.scope === 'group') return entity.campaigns.flatMap((campaign) => this.within(campaign))
    return [entity, ...(this.#beneath.get(placeOf(entity.scope, entity.key)) ?? [])]
  }

  /**
   * A measure of an entity with what is under it, over time.
   *
   * @param only takes the entities of that goal alone, `''` those of none: for `results`
   */
  series(entity: Within, measure: string, resolution: 'day' | 'hour', only?: string): Series {
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

  /** Of an entity that has no goal of its own: none that is asked for. */
  #goalKeyOf = (member: DatasetEntity): string | null => this.resultOf(member) ?? (member.noGoal === true ? null : '')

  /** An ad's results are those of its ad set's goal; `null` where no goal is known. */
  resultOf(entity: DatasetEntity): string | null {
    const adset = entity.scope === 'ad' && entity.adset !== null ? this.find('adset', entity.adset) : null
    return entity.result ?? adset?.result ?? null
  }

  /** The attribution settings of what has rows of its own under an entity, each once. */
  attributionsWithin(entity: Within): readonly string[] {
    let known = this.#attributions.get(entity)
    if (known === undefined) {
      const settings = this.#bearing(entity).map((member) => this.#attributionOf(member))
      known = [...new Set(settings)].filter((setting) => setting !== null).sort()
      this.#attributions.set(entity, known)
    }
    return known
  }

  #attributionOf(entity: DatasetEntity): string | null {
    const adset = entity.scope === 'ad' && entity.adset !== null ? this.find('adset', entity.adset) : null
    return entity.attribution ?? adset?.attribution ?? null
  }

  /** What has rows of its own under an entity. */
  #bearing(entity: Within): readonly DatasetEntity[] {
    return this.within(entity).filter((member) => {
      const place = placeOf(member.scope, member.key)
      return [this.#dayRows.get(place), this.#hourRows.get(place)].some((rows) => rows?.some(({ silent }) => silent !== true))
    })
  }

  /** The goals of what has rows of its own under an entity, each once. */
  goalsWithin(entity: Within): readonly (string | null)[] {
    const known = this.#goals.get(entity)
    if (known !== undefined) return known
    const bearing = this.#bearing(entity).map((member) => ({ goal: this.resultOf(member), noGoal: member.noGoal === true }))
    const goals = [...new Set(bearing.filter(({ goal, noGoal }) => goal !== null || !noGoal).map(({ goal }) => goal))]
    this.#goals.set(entity, goals)
    return goals
  }

  /** The daily rows of an entity with what is under it, in no order; all there are for null, which is the account. */
  dayRows(entity: Within): readonly EntityRow[] {
    const members = this.within(entity)
    const [first] = members
    if (members.length === 1 && first !== undefined) return this.#dayRows.get(placeOf(first.scope, first.key)) ?? []
    return [...this.#rowsOf(members, 'day')]
  }

  /** Whether rows of synced days say their entity's results themselves, by the measure `results`. */
  get saysResults(): boolean {
    return this.measures === null && this.#inRows.has('results')
  }

  /** What a day's own rows and the rows of its hours say of the whole account. */
  hoursOf(day: number): DaysHours {
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

  /** Whether any row has the measure. */
  hasMeasure(measure: string): boolean {
    return this.#inRows.has(measure)
  }

  *#rowsOf(members: readonly DatasetEntity[], resolution: 'day' | 'hour'): Generator<EntityRow> {
    const rows = resolution === 'day' ? this.#dayRows : this.#hourRows
    for (const member of members) yield* rows.get(placeOf(member.scope, member.key)) ?? []
  }
}

/** A remainder has neither a name nor an id; what was deleted has the latter. */
const isRest = ({ hidden, id }: DatasetEntity): boolean => hidden === true && id === null

const placeOf = (scope: EntityScope, key: string): string => `${scope}/${key}`

const aboveOf = ({ campaign, adset, scope }: DatasetEntity): string[] => [
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
