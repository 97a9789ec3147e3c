/**
 * Reads an account's rows as they were known, with everything that belongs in its sums: rows of objects that Meta no longer lists,
 * under their former campaign, and the remainder by which the total of a campaign or of the account exceeds its children.
 */

import type { DataRow, DatasetEntity } from '../../engine/facts/dataset-source.js'
import { type LevelRow, type LevelRows, type Parent, withRemainders } from '../../engine/facts/remainder.js'
import { withResults } from '../../engine/metric/meta-results.js'
import { type Entity, type EntityLevel, goneAsOf, isGone } from '../../store/account/entities.js'
import { type Insight, type InsightLevel, insightsAsOf } from '../../store/account/insights.js'
import { coveredRanges } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { syncKind } from './sync-kind.js'

export interface RowsQuestion {
  readonly account: string
  readonly level: 'adset' | 'ad'
  /** The first day whose daily rows are needed; null for none. */
  readonly daysSince: string | null
  readonly hoursSince: string | null
  readonly until: string
  /** Epoch milliseconds: what was learned later is ignored. */
  readonly knownAt: number
  /** What the account counts as results if no goal is known. */
  readonly result: string
}

export interface KnownRows {
  /** Entities that Meta no longer lists. They are hidden: they count only in sums. */
  readonly hidden: readonly DatasetEntity[]
  readonly rows: readonly DataRow[]
}

/**
 * @param listed the entities that Meta lists
 * @param entityOf converts an entity to the form of the facts
 */
export async function knownRows(
  store: Store,
  question: RowsQuestion,
  listed: readonly Entity[],
  entityOf: (entity: Entity) => DatasetEntity,
): Promise<KnownRows> {
  const { level, daysSince, hoursSince } = question
  const days = daysSince === null ? null : await readLevels(store, question, daysSince, 'day')
  const hours = hoursSince === null ? null : await readLevels(store, question, hoursSince, 'hour')
  const read = [days, hours].filter((one) => one !== null)
  const places = new Places(listed)
  await places.addGone(store, question, read)
  const goals = new Goals([
    ...listed.filter((one) => one.level === 'adset').map(entityOf),
    ...places.goneOf('adset').map(entityOf),
  ])
  const gone = places.hidden(level, entityOf, goals)

  const counted = new Map(
    [...listed.filter((one) => one.level === level).map(entityOf), ...gone].map((one) => [one.key, one.result]),
  )
  const remainders = new Map<string, DatasetEntity>()
  const rows: DataRow[] = []
  for (const one of read) {
    const placed = (of: InsightLevel): LevelRows | undefined => {
      const found = one.get(of)
      return found && { covers: found.covers, rows: found.rows.map((row) => places.rowOf(of, row)) }
    }
    const own = placed(level)!
    const adset = level === 'ad' ? placed('adset') : undefined
    const above = { adset, campaign: placed('campaign'), account: placed('account') }
    const whole = withRemainders({ scope: level, own, ...above }, (parent) => goals.within(parent))
    for (const entity of whole.entities) {
      remainders.set(entity.key, entity)
      counted.set(entity.key, entity.result)
    }
    for (const row of [...whole.own.map((own) => dataRow(own, level)), ...whole.rows]) {
      rows.push(sayingResults(row, counted.get(row.entity) ?? question.result))
    }
  }
  return { hidden: [...gone, ...remainders.values()], rows }
}

interface Read {
  readonly rows: readonly Insight[]
  readonly covers: (day: string) => boolean
}

/** Reads the rows of the level and of its parents; of hours only the level's own and the account's. */
async function readLevels(
  store: Store,
  { account, level, until, knownAt }: RowsQuestion,
  since: string,
  resolution: 'day' | 'hour',
): Promise<ReadonlyMap<InsightLevel, Read>> {
  const above: readonly InsightLevel[] =
    resolution === 'hour' ? ['account'] : level === 'ad' ? ['adset', 'campaign', 'account'] : ['campaign', 'account']
  const found = new Map<InsightLevel, Read>()
  for (const of of [level, ...above]) {
    const rows = await insightsAsOf(store, { account, level: of, since, until, resolution, knownAt })
    if (of !== level && rows.length === 0) continue
    const ranges = await coveredRanges(store, account, syncKind(of, resolution === 'hour'), knownAt)
    const known = new Map<string, boolean>()
    const covers = (day: string): boolean => {
      let isCovered = known.get(day)
      if (isCovered === undefined) {
        isCovered = ranges.some((range) => range.since <= day && day <= range.until)
        known.set(day, isCovered)
      }
      return isCovered
    }
    found.set(of, { rows, covers })
  }
  return found
}

/** Finds the parents of each entity: from the current structure, else from its last known state, else from its own rows. */
class Places {
  readonly #listed: Readonly<Record<EntityLevel, ReadonlyMap<string, Entity>>>
  readonly #gone = { campaign: new Map<string, Entity>(), adset: new Map<string, Entity>(), ad: new Map<string, Entity>() }
  /** Entities that are known only by their rows, with one row of each. */
  readonly #rows = new Map<string, Insight>()

  constructor(listed: readonly Entity[]) {
    const of = (level: EntityLevel): Map<string, Entity> =>
      new Map(listed.filter((one) => one.level === level).map((one) => [one.id, one]))
    this.#listed = { campaign: of('campaign'), adset: of('adset'), ad: of('ad') }
  }

  async addGone(
    store: Store,
    { account, knownAt }: RowsQuestion,
    read: readonly ReadonlyMap<InsightLevel, Read>[],
  ): Promise<void> {
    for (const level of ['ad', 'adset', 'campaign'] as const) {
      const ids = new Set<string>()
      const add = (id: string | null | undefined): void => {
        if (id && !this.#listed[level].has(id)) ids.add(id)
      }
      for (const levels of read) {
        for (const row of levels.get(level)?.rows ?? []) {
          add(row.entityId)
          if (!this.#listed[level].has(row.entityId)) this.#rows.set(`${level}/${row.entityId}`, row)
        }
        if (level === 'ad') continue
        for (const [below, { rows }] of levels) {
          if (below === 'ad' || below === 'adset')
            for (const row of rows) add(level === 'campaign' ? row.campaignId : row.adsetId)
        }
      }
      if (level !== 'ad') for (const { adsetId } of this.goneOf('ad')) if (level === 'adset') add(adsetId)
      if (level === 'campaign') for (const one of [...this.goneOf('ad'), ...this.goneOf('adset')]) add(one.campaignId)
      for (const entity of await goneAsOf(store, { account, level, ids: [...ids], knownAt })) {
        this.#gone[level].set(entity.id, entity)
      }
    }
  }

  goneOf(level: EntityLevel): readonly Entity[] {
    return [...this.#gone[level].values()]
  }

  rowOf(level: InsightLevel, row: Insight): LevelRow {
    const { entityId: entity, day, hour, spend, impressions, clicks } = row
    const above = level === 'account' ? { campaign: null, adset: null } : this.#above(level, entity, row)
    return { entity, ...above, day, hour, measures: { ...row.measures, spend, impressions, clicks } }
  }

  /** Returns the gone entities that have rows of their own, and the gone parents of such entities. */
  hidden(level: 'adset' | 'ad', entityOf: (entity: Entity) => DatasetEntity, goals: Goals): DatasetEntity[] {
    const found: DatasetEntity[] = []
    for (const of of ['campaign', 'adset', 'ad'] as const) {
      if (of === 'ad' && level === 'adset') continue
      for (const entity of this.#gone[of].values()) {
        const made = asHidden(entityOf(entity), isGone(entity))
        found.push(of === 'adset' && !saysGoal(entity) ? { ...made, result: goals.within(inCampaign(made.campaign)) } : made)
      }
      for (const [place, row] of this.#rows) {
        const [rowLevel, id = ''] = place.split('/')
        if (rowLevel !== of || this.#gone[of].has(id)) continue
        const { campaign, adset } = this.#above(of, id, row)
        const result = of === 'adset' ? goals.within(inCampaign(campaign)) : null
        found.push({
          ...unseen(of, id),
          campaign: of === 'campaign' ? null : campaign,
          adset: of === 'ad' ? adset : null,
          result,
        })
      }
    }
    return found
  }

  #above(level: EntityLevel, id: string, row: Insight): Pick<LevelRow, 'campaign' | 'adset'> {
    if (level === 'campaign') return { campaign: id, adset: null }
    const known = this.#listed[level].get(id) ?? this.#gone[level].get(id)
    const campaign = known?.campaignId || row.campaignId || null
    return { campaign, adset: level === 'adset' ? id : known?.adsetId || row.adsetId || null }
  }
}

/** Which results ad sets count. If all ad sets of a parent agree, the parent's remainder is counted the same way. */
class Goals {
  readonly #byCampaign = new Map<string, Set<string>>()
  readonly #byAdset = new Map<string, string | null>()
  readonly #all = new Set<string>()

  constructor(adsets: readonly DatasetEntity[]) {
    for (const { key, campaign, result } of adsets) {
      this.#byAdset.set(key, result)
      if (result === null) continue
      this.#all.add(result)
      if (campaign === null) continue
      const own = this.#byCampaign.get(campaign)
      if (own === undefined) this.#byCampaign.set(campaign, new Set([result]))
      else own.add(result)
    }
  }

  /** Returns `mixed` if they differ, and null if none is known; then the account's own result counts. */
  within({ scope, key, campaign }: Parent): string | null {
    if (scope === 'adset') return this.#byAdset.get(key) ?? null
    const goals = campaign === null ? this.#all : (this.#byCampaign.get(campaign) ?? this.#all)
    return goals.size > 1 ? 'mixed' : ([...goals][0] ?? null)
  }
}

const inCampaign = (campaign: string | null): Parent => ({ scope: 'campaign', key: campaign ?? '', campaign })

const saysGoal = ({ fields }: Entity): boolean => typeof fields['optimization_goal'] === 'string'

/** @param isKnown whether its last status is known; an entity last seen in a list counts as deleted */
const asHidden = (entity: DatasetEntity, isKnown: boolean): DatasetEntity => ({
  ...entity,
  campaign: entity.campaign || null,
  attributes: { ...entity.attributes, ...(isKnown ? {} : DELETED), delivering: false },
  hidden: true,
})

const DELETED = { status: 'DELETED', effective_status: 'DELETED' }

const unseen = (scope: EntityLevel, id: string): DatasetEntity => ({
  ...{ scope, key: id, id, name: null, campaign: null, adset: null, result: null },
  attributes: { ...DELETED, delivering: false },
  hidden: true,
})

/** Meta's own results come only with the days of ad sets; a remainder in addition to them is counted by its goal. */
const sayingResults = (row: DataRow, counted: string): DataRow =>
  row.scope === 'adset' && row.hour === null && row.silent !== true
    ? { ...row, measures: withResults(row.measures, counted) }
    : row

const dataRow = ({ entity, day, hour, measures }: LevelRow, scope: 'adset' | 'ad'): DataRow => ({
  ...{ scope, entity, since: day, until: day, hour, measures },
})
