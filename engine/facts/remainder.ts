/**
 * What a parent's own total has and the rows of its children lack: Meta's rows by level may leave out objects that are deleted,
 * and the total of a campaign or an account never does. Pure.
 */

import { findMetric } from '../metric/catalogue.js'
import { SAID } from '../metric/meta-results.js'
import { lacksOffMeta, mayBeOffMeta, OFF_META, offMetaActions } from '../metric/off-meta.js'
import type { DataRow, DatasetEntity } from './dataset-source.js'
import { withoutNoise } from './series.js'

type Measures = Readonly<Record<string, number | null>>

/** The numbers of one entity over a day or an hour of it, with the ids of what it is in; null where nothing says them. */
export interface LevelRow {
  readonly entity: string
  readonly campaign: string | null
  readonly adset: string | null
  readonly day: string
  readonly hour: number | null
  readonly measures: Measures
}

/** Rows of one level, and the days whose rows they all are. */
export interface LevelRows {
  readonly rows: readonly LevelRow[]
  readonly covers: (day: string) => boolean
}

export interface Levels {
  /** What is judged: rows of single ads or of ad sets. */
  readonly scope: 'adset' | 'ad'
  readonly own: LevelRows
  /** Those above, from the nearest to the account; a level that was not read is left out. */
  readonly adset?: LevelRows | undefined
  readonly campaign?: LevelRows | undefined
  readonly account?: LevelRows | undefined
}

export interface Parent {
  readonly scope: 'account' | 'campaign' | 'adset'
  /** Of the account it is Meta's id. */
  readonly key: string
  readonly campaign: string | null
}

export interface WithRemainders {
  /** Those of the rows judged that count. */
  readonly own: readonly LevelRow[]
  /** One for each parent that has more than its children: hidden, and so in sums alone. */
  readonly entities: readonly DatasetEntity[]
  readonly rows: readonly DataRow[]
}

/**
 * For each parent, day (or hour) and measure: the parent's own total less what is known of its children, never below zero. A day
 * counts only where it was read of the parents and of what is judged.
 *
 * Of a row that names no parent nobody knows where it belongs. Where the totals of its day are known, one of them has it already,
 * and it is left out.
 *
 * @param goalOf in what a parent's remainder counts its results; `mixed` where that can't be said
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

interface Total extends LevelRow {
  readonly measures: Record<string, number | null>
}

/** Each parent's numbers by day and hour, as the sum of its children until its own total is more. */
class Totals {
  readonly #byPlace = new Map<string, Map<string, Total>>()
  /** Of rows whose parent is not known. */
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
   * Raises a parent's numbers to its own total. What delivered beyond the children may have brought conversions too: where the
   * total leaves them out, nobody knows how many.
   *
   * @returns by how much, the measures that rose alone, `OFF_META` among them where that is unknown; null for none
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

/** Reach and frequency do not add up, so that nothing is left of them; what Meta says of an ad set's results is of one goal. */
const isAdditive = (measure: string): boolean =>
  findMetric(measure)?.made.kind !== 'asked' && !measure.startsWith(SAID) && measure !== 'results'

/** Meta rounds each row's money by itself: a difference of money alone was no delivery. */
const isRounding = (measures: Measures): boolean =>
  Object.keys(measures).every((measure) => measure === 'spend' || measure === 'revenue' || measure.startsWith('value:'))

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
