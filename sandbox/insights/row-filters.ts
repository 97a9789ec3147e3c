/** The filters of a query: some select ads before adding up, others are applied to the finished rows. */

import { invalidParameter } from '../protocol/errors.js'
import type { Filter } from '../protocol/filtering.js'
import type { GraphObject } from '../state/objects.js'
import { effectiveStatus } from '../state/status.js'
import type { World } from '../world/world.js'
import { COLUMNS } from './columns.js'
import { lineOf } from './entities.js'
import type { InsightsRow } from './make-row.js'
import type { InsightsQuery } from './query.js'

const ENTITY_FILTERS = [
  'id',
  'name',
  'effective_status',
  'status',
  'objective',
  'adlabels',
  'buying_type',
  'optimization_goal',
] as const

/** Separates filters such as `adset.id`, which select ads before adding up, from filters by metrics, which are applied to rows. */
export function splitFilters(query: InsightsQuery): { entity: Filter[]; metric: Filter[] } {
  const entity: Filter[] = []
  const metric: Filter[] = []
  for (const filter of query.filters) {
    const [scope, name] = filter.field.includes('.') ? filter.field.split('.', 2) : ['', filter.field]
    // This filter is applied later, to the lists of a row.
    if (filter.field === 'action_type') continue
    const isMetric = Object.hasOwn(COLUMNS, filter.field.slice(scope ? scope.length + 1 : 0).split(':')[0] ?? '')
    if (isMetric && ['', 'account', 'campaign', 'adset', 'ad'].includes(scope ?? '')) metric.push(filter)
    else if (['campaign', 'adset', 'ad'].includes(scope ?? '') && ENTITY_FILTERS.some((known) => known === name))
      entity.push(filter)
    else
      throw invalidParameter(`Filtering field ${filter.field} with operation ${filter.operator.toLowerCase()} is not supported`)
  }
  return { entity, metric }
}

/** Returns the value that a filter such as `adset.id` compares. */
export function filteredValue(world: World, ad: GraphObject, { field }: Filter, asked: number): unknown {
  const [scope, name = ''] = field.split('.', 2)
  const [adId, adsetId, campaignId] = lineOf(world, ad)
  const object = world.objects.get(scope === 'ad' ? adId : scope === 'adset' ? adsetId : campaignId)
  if (name === 'id') return object.id
  if (name === 'effective_status') return effectiveStatus(world.objects, object, asked)
  return object.fields[name]
}

/** Returns a metric of a row as a number; `actions:purchase` is the count of that action type. */
export function metricValue(row: InsightsRow, field: string): number {
  const [name = '', action] = (field.includes('.') ? field.slice(field.indexOf('.') + 1) : field).split(/:(.*)/s)
  const value = row[name]
  if (Array.isArray(value)) {
    const entry = value.find((each) => 'action_type' in each && each.action_type === action)
    return entry && 'action_type' in entry ? Number(entry.value) : 0
  }
  return Number(value ?? 0)
}
