/** Lists of campaigns, ad sets, ads and creatives under an object or the account. */

import { parseInstant } from '../base/calendar.js'
import { DATE_PRESETS } from '../insights/periods.js'
import { deletedNotListed, invalidParameter } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { type Filter, passes, readFiltering } from '../protocol/filtering.js'
import { checkPageSize, cutPage } from '../protocol/paging.js'
import { enumListParameter, enumParameter, type Parameters, textParameter } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import type { EdgeAnswer } from '../request/edge-answer.js'
import type { GraphObject, ObjectKind } from '../state/objects.js'
import { EFFECTIVE, effectiveStatus } from '../state/status.js'
import type { World } from '../world/world.js'
import type { FieldReader } from './node-types.js'

const KINDS: Record<string, ObjectKind> = { campaigns: 'campaign', adsets: 'adset', ads: 'ad', adcreatives: 'creative' }

/**
 * @param parent an object's id; null for the whole account
 * @param render returns the answer for each object of the page
 */
export function listEdge(
  call: Call,
  parent: string | null,
  edge: string,
  parameters: Parameters,
  render: (object: GraphObject) => unknown,
): EdgeAnswer {
  const kind = KINDS[edge]
  if (!kind) throw new Error(`No edge ${edge}.`)
  enumParameter(parameters, 'date_preset', DATE_PRESETS)
  const found = under(call.world, parent, kind)
    .filter(selection(call, kind, parameters))
    .sort((a, b) => b.createdTime - a.createdTime || (a.id < b.id ? 1 : -1))
  const url = `${call.base}/${parent ?? `act_${call.world.account.id}`}/${edge}`
  const page = cutPage(found, (object) => object.id, { url, parameters: withToken(call, parameters) })
  checkPageSize(page.items, parseFields(parameters.fields).length)
  call.rows += page.items.length
  const summary = textParameter({ summary: flat(parameters.summary) }, 'summary')
  return {
    data: page.items.map(render),
    ...(page.paging ? { paging: page.paging } : {}),
    ...(summary && summary !== 'false' ? { summary: { total_count: found.length } } : {}),
  }
}

const flat = (value: unknown): unknown => (Array.isArray(value) ? value.join(',') : value)

function under({ objects }: World, parent: string | null, kind: ObjectKind): GraphObject[] {
  if (parent === null) return objects.all(kind)
  if (kind === 'creative') {
    const ads = objects.get(parent).kind === 'ad' ? [objects.get(parent)] : objects.childrenOf(parent)
    return ads.map((ad) => objects.get(String(ad.fields.creative)))
  }
  const children = objects.childrenOf(parent)
  return children[0] && children[0].kind !== kind ? children.flatMap((child) => objects.childrenOf(child.id)) : [...children]
}

function selection({ world, now }: Call, kind: ObjectKind, parameters: Parameters): (object: GraphObject) => boolean {
  if (kind === 'creative') return ({ fields }) => fields.status !== 'DELETED'
  const statuses = enumListParameter(parameters, 'effective_status', EFFECTIVE[kind])
  if (statuses?.includes('DELETED')) throw deletedNotListed()
  const filters = readFiltering(parameters)
  const asksStatus = filters.some(({ field }) => field.endsWith('effective_status'))
  const since = textParameter(parameters, 'updated_since')
  const updatedSince = since === undefined ? null : parseInstant(since)
  if (since !== undefined && updatedSince === null) throw invalidParameter('Param updated_since must be a timestamp')
  for (const filter of filters) filterReader(kind, filter)
  return (object) => {
    const status = effectiveStatus(world.objects, object, now)
    if (statuses ? !statuses.includes(status) : !asksStatus && (status === 'DELETED' || status === 'ARCHIVED')) return false
    if (updatedSince !== null && object.updatedTime < updatedSince) return false
    return filters.every((filter) => passes(filter, filterReader(kind, filter)(world, object, now)))
  }
}

const ORDER: readonly ObjectKind[] = ['ad', 'adset', 'campaign']

/** Reads a filter's field: `campaign.id`, `adset.name`, or without a dot a field of the listed objects themselves. */
function filterReader(kind: ObjectKind, { field, operator }: Filter): FieldReader {
  const [scope, name] = field.includes('.') ? (field.split('.', 2) as [string, string]) : [kind, field]
  const steps = ORDER.indexOf(scope as ObjectKind) - ORDER.indexOf(kind)
  const known = [
    'id',
    'name',
    'status',
    'effective_status',
    'created_time',
    'updated_time',
    'objective',
    'daily_budget',
    'lifetime_budget',
    'adlabels',
    'bid_strategy',
    'billing_event',
    'buying_type',
    'configured_status',
    'optimization_goal',
    'spend_cap',
  ]
  if (!ORDER.includes(scope as ObjectKind) || steps < 0 || !known.includes(name)) {
    throw invalidParameter(`Filtering field ${field} with operation ${operator.toLowerCase()} is not supported`)
  }
  return (world, listed, now) => {
    let object = listed
    for (let step = 0; step < steps; step++) object = world.objects.get(object.parent ?? '')
    if (name === 'id') return object.id
    if (name === 'configured_status') return object.fields.status
    if (name === 'effective_status') return effectiveStatus(world.objects, object, now)
    if (name === 'created_time') return Math.floor(object.createdTime / 1000)
    if (name === 'updated_time') return Math.floor(object.updatedTime / 1000)
    return object.fields[name]
  }
}
