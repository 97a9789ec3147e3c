/**
 * Remainders: the part of a parent's total that the rows of its children lack. Meta's rows by level may leave out deleted
 * objects, but the total of a campaign or an account includes them.
 */

import { findMetric } from '../metric/catalogue.js'
import { SAID } from '../metric/meta-results.js'
import { lacksOffMeta, mayBeOffMeta, OFF_META, offMetaActions } from '../metric/off-meta.js'
import type { DataRow, DatasetEntity } from './dataset-source.js'
import { withoutNoise } from './series.js'

type Measures = Readonly<Record<string, number | null>>

/** The numbers of one entity in a day or an hour, with the ids of its campaign and ad set; null if these are not known. */
export interface LevelRow {
  readonly entity: string
  readonly campaign: string | null
  readonly adset: string | null
  readonly day: string
  readonly hour: number | null
  readonly measures: Measures
}

/** Rows of one level. `covers` returns whether the rows of a day were read. */
export interface LevelRows {
  readonly rows: readonly LevelRow[]
  readonly covers: (day: string) => boolean
}

export interface Levels {
  /** The level that rules are evaluated on, whose rows are `own`. */
  readonly scope: 'adset' | 'ad'
  readonly own: LevelRows
  /** The levels above, from the nearest to the account; absent if not read. */
  readonly adset?: LevelRows | undefined
  readonly campaign?: LevelRows | undefined
  readonly account?: LevelRows | undefined
}

export interface Parent {
  readonly scope: 'account' | 'campaign' | 'adset'
  /** The entity's id; Meta's id of the account. */
  readonly key: string
  readonly campaign: string | null
}

export interface WithRemainders {
  /** The rows of `Levels.own` that count. */
  readonly own: readonly LevelRow[]
  /** One hidden entity for each parent whose total exceeds its children's sum; it only counts in sums. */
  readonly entities: readonly DatasetEntity[]
  readonly rows: readonly DataRow[]
}

/**
 * Returns the remainder of each parent, day (or hour) and measure: the parent's own total minus the sum of its children, if that
 * is above zero. Only days that were read at both levels have remainders.
 *
 * A row whose parent is not known is left out if the totals of that day were read, because one of them includes it already.
 *
 * @param goalOf returns the measure that counts the results of a parent's remainder; `mixed` if its children have different ones
 */
export function withRemainders(levels: Levels, goalOf: (parent: Parent) => string | null): WithRemainders {
  const isPlaced = ({ adset, campaign, day }: LevelRow): boolean =>
    (adset !== null || levels.adset?.covers(day) !== true) && (campaign !== null || levels.campaign?.covers(day) !== true)
  const own = levels.own.rows.filter(isPlaced)
  const entities: DatasetEntity[] = []
  const rows: DataRow[] = []
  let children: readonly LevelRow[] = own
  for (const scope of ['adset', 'campaign', 'account'] as const) {
    const parents = levels[scope]
    if (parents === undefined) continue
    const totals = new Totals(scope, children)
    const seen = new Set<string>()
    for (const row of parents.rows) {
      if (!parents.covers(row.day) || !levels.own.covers(row.day)) continue
      if (scope === 'adset' && !isPlaced({ ...row, adset: row.entity })) continue
      const measures = totals.raise(row)
      if (measures === null) continue
      const parent: Parent = { scope, key: row.entity, campaign: scope === 'campaign' ? row.entity : row.campaign }
      const entity = `remainder of ${scope} ${parent.key}`
      if (!seen.has(entity)) entities.push(hidden(levels.scope, parent, entity, goalOf(parent)))
      seen.add(entity)
      const { day, hour } = row
      rows.push({
        ...{ scope: levels.scope, entity, since: day, until: day, hour, measures },
        ...(isRounding(measures) ? { silent: true } : {}),
      })
    }
    children = totals.rows()
  }
  return { own, entities, rows }
}

/** A `LevelRow` whose measures are added up in place. */
interface Total extends LevelRow {
  readonly measures: Record<string, number | null>
}

/** The numbers of each parent by day and hour: the sum of its children, raised to its own total if that is more. */
class Totals {
  readonly #byPlace = new Map<string, Map<string, Total>>()
  /** Rows whose parent is not known. */
  readonly #others: LevelRow[] = []

  constructor(
    private readonly scope: Parent['scope'],
    children: readonly LevelRow[],
  ) {
    for (const child of children) {
      const key = this.#keyOf(child)
      if (key === null) {
        this.#others.push(child)
        continue
      }
      const { measures } = this.#place(key, child)
      for (const measure in child.measures) {
        const [sum, value] = [measures[measure], child.measures[measure]!]
        measures[measure] = sum === null || value === null ? null : (sum ?? 0) + value
      }
    }
  }

  /**
   * Raises a parent's numbers to its own total. If the total exceeds the children's spend but leaves off-Meta conversions out,
   * those of the remainder are unknown, not zero.
   *
   * @returns the difference of each measure that rose, with `OFF_META: null` if its off-Meta conversions are unknown; null if
   * no measure rose
   */
  raise(own: LevelRow): Measures | null {
    const { measures } = this.#place(own.entity, own)
    const isLeftOut = lacksOffMeta(own.measures) || (offMetaActions(own.measures) === 0 && offMetaActions(measures) > 0)
    const isUnknown = (measure: string): boolean => (isLeftOut || lacksOffMeta(measures)) && mayBeOffMeta(measure)
    let risen: Record<string, number | null> | null = null
    for (const measure in own.measures) {
      const [total, sum] = [own.measures[measure]!, measures[measure] === undefined ? 0 : measures[measure]]
      if (total === null || sum === null || !isAdditive(measure) || isUnknown(measure)) continue
      const more = withoutNoise(total - sum)
      if (more <= 0) continue
      risen ??= {}
      risen[measure] = more
      measures[measure] = total
    }
    if (risen !== null && isLeftOut && (risen['spend'] ?? 0) > 0 && !isRounding(risen)) {
      risen[OFF_META] = null
      measures[OFF_META] = null
    }
    return risen
  }

  rows(): LevelRow[] {
    return [...[...this.#byPlace.values()].flatMap((rows) => [...rows.values()]), ...this.#others]
  }

  #keyOf({ adset, campaign }: LevelRow): string | null {
    return this.scope === 'adset' ? adset : this.scope === 'campaign' ? campaign : ACCOUNT
  }

  #place(entity: string, { day, hour, campaign, adset }: LevelRow): Total {
    const place = hour === null ? day : `${day} ${hour}`
    let rows = this.#byPlace.get(place)
    if (rows === undefined) this.#byPlace.set(place, (rows = new Map<string, Total>()))
    const key = this.scope === 'account' ? ACCOUNT : entity
    let row = rows.get(key)
    if (row === undefined) {
      const above = this.scope === 'account' ? null : campaign
      row = { entity: key, campaign: above, adset: this.scope === 'adset' ? adset : '', day, hour, measures: {} }
      rows.set(key, row)
    }
    return row
  }
}

const ACCOUNT = ''

/** Reach and frequency do not add up. Nor do results, Meta's own or counted: each ad set has its own goal. */
const isAdditive = (measure: string): boolean =>
  findMetric(measure)?.made.kind !== 'asked' && !measure.startsWith(SAID) && measure !== 'results'

/** Whether only money differs. Meta rounds the money of each row separately, so such a difference means no delivery. */
const isRounding = (measures: Measures): boolean =>
  Object.keys(measures).every((measure) => measure === 'spend' || measure === 'revenue' || measure.startsWith('value:'))

/** Returns the hidden entity that holds a parent's remainder. */
const hidden = (scope: DatasetEntity['scope'], parent: Parent, key: string, result: string | null): DatasetEntity => ({
  scope,
  key,
  id: null,
  name: null,
  campaign: parent.campaign,
  adset: parent.scope === 'adset' && scope === 'ad' ? parent.key : null,
  result,
  attributes: {},
  hidden: true,
})
