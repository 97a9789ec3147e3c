/**
 * Rows that sum up others: a campaign's next to those of its ad sets. An export with several levels has them, and counted in
 * addition to what they sum up they would count everything twice.
 */

import type { DataRow, DatasetEntity, EntityScope } from '../facts/dataset-source.js'

interface Place {
  readonly scope: EntityScope
  readonly key: string
}

/** A row of an entity for a stretch of days for which what is under it has rows, too. */
export interface SubTotal extends Place {
  readonly since: string | null
  readonly until: string | null
  /** Whether it is what the rows under it come to; where it is not, nobody can say what it is. */
  readonly isSum: boolean
}

export function subTotalsIn(rows: readonly DataRow[], entities: readonly DatasetEntity[]): readonly SubTotal[] {
  const parents = parentsOf(entities)
  if (!rows.some(({ scope, entity }) => parents.has(placeOf(scope, entity)))) return []
  const own = new Map<string, DataRow[]>()
  const beneath = new Map<string, DataRow[]>()
  const above = new Map(entities.map((entity) => [placeOf(entity.scope, entity.key), placesAbove(entity)]))
  for (const row of rows) {
    const place = placeOf(row.scope, row.entity)
    if (parents.has(place)) push(own, `${place}\u0000${row.since}\u0000${row.until}`, row)
    for (const parent of above.get(place) ?? []) push(beneath, `${parent}\u0000${row.since}\u0000${row.until}`, row)
  }
  return [...own].flatMap(([stretch, ofEntity]) => {
    const under = beneath.get(stretch)
    const [first] = ofEntity
    if (under === undefined || first === undefined) return []
    const { scope, entity: key, since, until } = first
    return [{ scope, key, since, until, isSum: comesTo(ofEntity, under) }]
  })
}

/** Money is rounded in each row, so that a sum of many may be off by some minor units. */
function comesTo(rows: readonly DataRow[], under: readonly DataRow[]): boolean {
  const measures = new Set(rows.flatMap(({ measures }) => Object.keys(measures)))
  // People who were reached by two ad sets are counted in both, and once in their campaign.
  for (const asked of ['reach', 'frequency']) measures.delete(asked)
  return [...measures].every((measure) => Math.abs(sum(rows, measure) - sum(under, measure)) <= under.length)
}

const sum = (rows: readonly DataRow[], measure: string): number =>
  rows.reduce((total, { measures }) => total + (measures[measure] ?? 0), 0)

const parentsOf = (entities: readonly DatasetEntity[]): ReadonlySet<string> => new Set(entities.flatMap(placesAbove))

/** Where what an entity is in has its rows. */
export const placesAbove = ({ scope, campaign, adset }: DatasetEntity): string[] => [
  ...(campaign !== null && scope !== 'campaign' ? [placeOf('campaign', campaign)] : []),
  ...(adset !== null && scope === 'ad' ? [placeOf('adset', adset)] : []),
]

export const placeOf = (scope: EntityScope, key: string): string => `${scope}/${key}`

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
