/** Finds the objects that get rows in a query. */

import type { GraphObject } from '../state/objects.js'
import { effectiveStatus } from '../state/status.js'
import type { World } from '../world/world.js'
import type { InsightsQuery, Level } from './query.js'

/** The subject of a row: an object, or the account if `object` is null. */
export interface Entity {
  readonly object: GraphObject | null
  readonly ads: readonly GraphObject[]
}

/**
 * Whether an object has rows of its own in a list by `level`. A deleted or archived one has them only if the query filters by the
 * effective status of that level, or if it is the queried object itself. Its parents always include it (Marketing API,
 * "Insights API": Deleted and Archived Objects).
 */
export function isListed(
  world: World,
  nodeId: string,
  { object }: Entity,
  { level, filters }: InsightsQuery,
  asked: number,
  leavesOutDeleted: boolean,
): boolean {
  if (object === null || object.id === nodeId) return true
  const status = effectiveStatus(world.objects, object, asked)
  if (status !== 'DELETED' && status !== 'ARCHIVED') return true
  if (leavesOutDeleted && status === 'DELETED') return false
  return filters.some(({ field }) => field === `${level}.effective_status`)
}

/** Returns the objects of a level that contain ads of a node, each with those ads. */
export function entitiesOf(world: World, nodeId: string, level: Level): Entity[] {
  const { objects } = world
  const node = objects.find(nodeId)
  const ads = objects.all('ad').filter((ad) => !node || lineOf(world, ad).includes(node.id))
  if (level === 'account') return [{ object: null, ads }]
  const groups = new Map<string, GraphObject[]>()
  for (const ad of ads) {
    const id = lineOf(world, ad)[level === 'ad' ? 0 : level === 'adset' ? 1 : 2] ?? ''
    const group = groups.get(id)
    if (group) group.push(ad)
    else groups.set(id, [ad])
  }
  return [...groups].map(([id, group]) => ({ object: objects.get(id), ads: group }))
}

/** Returns the ids of an ad, its ad set and its campaign. */
export function lineOf(world: World, ad: GraphObject): [string, string, string] {
  const adset = world.objects.get(ad.parent ?? '')
  return [ad.id, adset.id, adset.parent ?? '']
}
