/**
 * Rows that sum up others, such as a campaign's row in a file with its ad sets. An export with several levels has them; counted in
 * addition to their children, they would count everything twice.
 */

import type { DataRow, DatasetEntity, EntityScope } from '../facts/dataset-source.js'

interface Place {
  readonly scope: EntityScope
  readonly key: string
}

/** A row of an entity for a period for which its children have rows, too. */
export interface SubTotal extends Place {
  readonly since: string | null
  readonly until: string | null
  /** Whether it is the sum of the rows under it; if not, its meaning is unclear. */
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

/** Whether rows are the sum of others. Money is rounded in each row, so the sum may be off by one minor unit per row. */
function comesTo(rows: readonly DataRow[], under: readonly DataRow[]): boolean {
  const measures = new Set(rows.flatMap(({ measures }) => Object.keys(measures)))
  // People who were reached by two ad sets count in both, but only once in the campaign.
  for (const asked of ['reach', 'frequency']) measures.delete(asked)
  return [...measures].every((measure) => Math.abs(sum(rows, measure) - sum(under, measure)) <= under.length)
}

const sum = (rows: readonly DataRow[], measure: string): number =>
  rows.reduce((total, { measures }) => total + (measures[measure] ?? 0), 0)

const parentsOf = (entities: readonly DatasetEntity[]): ReadonlySet<string> => new Set(entities.flatMap(placesAbove))

/** Returns the keys of an entity's campaign and ad set. */
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
