/** Computes the rows of an insights query, by adding up what each ad delivered over objects, days and hours. */

import { attributionOf, attributionText, outcomeOf } from '../delivery/outcome.js'
import { invalidParameter } from '../protocol/errors.js'
import { type Filter, passes } from '../protocol/filtering.js'
import type { GraphObject } from '../state/objects.js'
import { effectiveStatus } from '../state/status.js'
import type { InsightsFault } from '../world/faults.js'
import type { World } from '../world/world.js'
import { withActionBreakdowns } from './action-breakdowns.js'
import { HOURLY } from './breakdowns.js'
import { type ActionStats, COLUMNS, type ResultStats, type RowGoal } from './columns.js'
import { type Part, partsOf } from './parts.js'
import { type DayRange, rangeText } from './periods.js'
import type { InsightsQuery, Level } from './query.js'
import { addAdDay, delivered, emptyTotals, outcomeTotals, type Totals } from './totals.js'

export type InsightsRow = Record<string, string | ActionStats[] | ResultStats[]>

/** The subject of a row: an object, or the account if `object` is null. */
interface Entity {
  readonly object: GraphObject | null
  readonly ads: readonly GraphObject[]
}

export interface InsightsResult {
  readonly rows: InsightsRow[]
  readonly summary: InsightsRow | null
}

/**
 * Returns the most rows that a query may have. Like Meta, the sandbox refuses queries with too many for one call before running
 * them.
 */
export function largestRows(world: World, nodeId: string, query: InsightsQuery): number {
  const first = Math.min(...world.objects.all('campaign').map((campaign) => world.calendar.dayAt(campaign.createdTime)))
  const periods = query.periods.filter((period) => period.until >= first).length
  return entitiesOf(world, nodeId, query.level).length * periods * partsAtMost(query)
}

/** Returns the most rows of one object in one period. */
const partsAtMost = ({ breakdowns: { hourly, divided } }: InsightsQuery): number => (hourly ? 24 : 6 ** divided.length)

/**
 * @param asked the moment as of which the rows are computed
 * @param faults what to leave out of the rows
 */
export function insightsRows(
  world: World,
  nodeId: string,
  query: InsightsQuery,
  asked: number,
  faults: ReadonlySet<InsightsFault> = new Set(),
): InsightsResult {
  const { hourly, divided, empty } = query.breakdowns
  if (empty || (hourly && faults.has('hours-without-rows'))) return { rows: [], summary: null }
  const withoutOffMeta = hourly && faults.has('hours-without-conversions')
  const { entity: entityFilters, metric: metricFilters } = splitFilters(query)
  const sum = emptyTotals()
  const people = new Set<string>()
  const found: Array<{ row: InsightsRow; all: InsightsRow }> = []
  for (const entity of entitiesOf(world, nodeId, query.level)) {
    if (!isListed(world, nodeId, entity, query, asked, faults.has('deleted-rows-left-out'))) continue
    const ads = entity.ads.filter((ad) =>
      entityFilters.every((filter) => passes(filter, filteredValue(world, ad, filter, asked))),
    )
    if (ads.length === 0) continue
    for (const period of query.periods) {
      const parts = divided.length > 0 ? partsOf(world, ads, period, asked, divided) : wholes(world, ads, period, hourly, asked)
      for (const { values, totals, audience } of parts) {
        if (!delivered(totals)) continue
        const reach = hourly ? null : reachOf(audience, totals)
        const make = (fields: readonly string[]): InsightsRow =>
          makeRow(world, entity, query, fields, { period, values, totals, reach, withoutOffMeta })
        const all = metricFilters.length > 0 || query.sort ? make(Object.keys(COLUMNS)) : {}
        if (!metricFilters.every((filter) => passes(filter, metricValue(all, filter.field)))) continue
        found.push({ row: make(query.fields), all })
        if (query.summary) for (const ad of ads) people.add(ad.id)
        if (query.summary) addTotals(sum, totals)
      }
    }
  }
  if (query.sort) sortRows(found, query.sort)
  return { rows: found.map(({ row }) => row), summary: query.summary ? summaryRow(world, query, sum, people) : null }
}

const HOURS = [...Array(24).keys()]

/** Returns the totals of a whole period, or of each hour separately. */
function wholes(world: World, ads: readonly GraphObject[], period: DayRange, hourly: boolean, asked: number): Part[] {
  const audience = audienceOf(world, ads)
  return (hourly ? HOURS : [null]).map((hour) => ({
    values: hour === null ? {} : { [HOURLY]: hourText(hour) },
    totals: totalsOf(world, ads, period, hour, asked),
    audience,
  }))
}

/**
 * Whether an object has rows of its own in a list by `level`. A deleted or archived one has them only if the query filters by the
 * effective status of that level, or if it is the queried object itself. Its parents always include it (Marketing API,
 * "Insights API": Deleted and Archived Objects).
 */
function isListed(
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

function entitiesOf(world: World, nodeId: string, level: Level): Entity[] {
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
function lineOf(world: World, ad: GraphObject): [string, string, string] {
  const adset = world.objects.get(ad.parent ?? '')
  return [ad.id, adset.id, adset.parent ?? '']
}

function totalsOf(
  world: World,
  ads: readonly GraphObject[],
  { since, until }: DayRange,
  hour: number | null,
  asked: number,
): Totals {
  const totals = emptyTotals()
  for (const ad of ads) {
    const from = Math.max(since, world.calendar.dayAt(ad.createdTime))
    for (let day = from; day <= until; day++) addAdDay(totals, world.delivery.adOnDay(ad, day, asked), asked, hour)
  }
  return totals
}

/** Returns the number of people whom the ad sets can reach. */
function audienceOf(world: World, ads: readonly GraphObject[]): number {
  const adsets = new Set(ads.map((ad) => ad.parent ?? ''))
  let audience = 0
  for (const adset of adsets) audience += world.delivery.profileOf(adset).audience
  return audience
}

/** Returns how many of these people the impressions reached. Reach saturates, so it does not add up. */
function reachOf(audience: number, { counters }: Totals): number {
  const reachable = audience * 0.6
  return Math.min(counters.impressions, Math.ceil(reachable * (1 - Math.exp((-0.93 * counters.impressions) / reachable))))
}

interface RowNumbers {
  readonly period: DayRange
  /** The values of the breakdowns. */
  readonly values: Part['values']
  readonly totals: Totals
  readonly reach: number | null
  readonly withoutOffMeta: boolean
}

const adsetsOf = (world: World, ads: readonly GraphObject[]): GraphObject[] =>
  [...new Set(ads.map((ad) => ad.parent ?? ''))].map((id) => world.objects.get(id))

const goalsOf = (world: World, ads: readonly GraphObject[]): RowGoal[] =>
  adsetsOf(world, ads).map(({ fields }) => ({ goal: String(fields.optimization_goal), outcome: outcomeOf(fields) }))

function makeRow(
  world: World,
  { object, ads }: Entity,
  query: InsightsQuery,
  fields: readonly string[],
  { period, values, totals, reach, withoutOffMeta }: RowNumbers,
): InsightsRow {
  const row: InsightsRow = {}
  const line = lineColumns(world, object, ads)
  const { account } = world
  const { windows } = query
  // Source: "Insights API Breakdowns", action metrics: none "across multiple attribution settings", unless windows are named.
  const isMixed = windows === null && line.attribution_setting === 'mixed'
  const context = { account, totals, windows, reach, withoutOffMeta: withoutOffMeta || isMixed, goals: goalsOf(world, ads) }
  for (const field of fields) {
    const value = COLUMNS[field]?.(context) ?? line[field]
    if (value !== undefined) row[field] = value
  }
  return withActionBreakdowns(Object.assign(row, rangeText(period), values), query, world, object)
}

const hourText = (hour: number): string => {
  const two = String(hour).padStart(2, '0')
  return `${two}:00:00 - ${two}:59:59`
}

/** Returns ids and names of the row's object and of the levels above it, not below. */
function lineColumns(world: World, object: GraphObject | null, ads: readonly GraphObject[]): Record<string, string> {
  const [ad] = ads
  const settings = new Set(adsetsOf(world, ads).map(({ fields }) => attributionText(attributionOf(fields.attribution_spec))))
  const attribution_setting = settings.size > 1 ? 'mixed' : [...settings].join('')
  if (!object || !ad) return { attribution_setting }
  const [, adsetId, campaignId] = lineOf(world, ad)
  const campaign = world.objects.get(campaignId)
  const adset = world.objects.get(adsetId)
  const text = (value: unknown): string => String(value)
  return {
    campaign_id: campaign.id,
    campaign_name: text(campaign.fields.name),
    objective: text(campaign.fields.objective),
    buying_type: text(campaign.fields.buying_type),
    attribution_setting,
    created_time: world.calendar.instantText(object.createdTime).slice(0, 10),
    updated_time: world.calendar.instantText(object.updatedTime).slice(0, 10),
    ...(object.kind === 'campaign'
      ? {}
      : { adset_id: adset.id, adset_name: text(adset.fields.name), optimization_goal: text(adset.fields.optimization_goal) }),
    ...(object.kind === 'ad' ? { ad_id: object.id, ad_name: text(object.fields.name) } : {}),
  }
}

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
function splitFilters(query: InsightsQuery): { entity: Filter[]; metric: Filter[] } {
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

function filteredValue(world: World, ad: GraphObject, { field }: Filter, asked: number): unknown {
  const [scope, name = ''] = field.split('.', 2)
  const [adId, adsetId, campaignId] = lineOf(world, ad)
  const object = world.objects.get(scope === 'ad' ? adId : scope === 'adset' ? adsetId : campaignId)
  if (name === 'id') return object.id
  if (name === 'effective_status') return effectiveStatus(world.objects, object, asked)
  return object.fields[name]
}

function metricValue(row: InsightsRow, field: string): number {
  const [name = '', action] = (field.includes('.') ? field.slice(field.indexOf('.') + 1) : field).split(/:(.*)/s)
  const value = row[name]
  if (Array.isArray(value)) {
    const entry = value.find((each) => 'action_type' in each && each.action_type === action)
    return entry && 'action_type' in entry ? Number(entry.value) : 0
  }
  return Number(value ?? 0)
}

function sortRows(
  found: Array<{ row: InsightsRow; all: InsightsRow }>,
  { by, descending }: NonNullable<InsightsQuery['sort']>,
): void {
  const key = ({ row, all }: (typeof found)[number]): string | number => {
    const value = all[by] ?? row[by]
    return typeof value === 'string' && Number.isNaN(Number(value)) ? value : metricValue(all, by)
  }
  found.sort((a, b) => {
    const [left, right] = [key(a), key(b)]
    const order = left < right ? -1 : left > right ? 1 : 0
    return descending ? -order : order
  })
}

function addTotals(sum: Totals, more: Totals): void {
  const add = (into: Record<string, number>, part: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(part)) into[name] = (into[name] ?? 0) + value
  }
  add(sum.counters, more.counters)
  for (const { outcome, counts, values } of more.outcomes.values()) {
    const into = outcomeTotals(sum, outcome)
    add(into.counts, counts)
    add(into.values, values)
  }
}

/** Returns the totals of all rows as one row, over all days. */
function summaryRow(world: World, query: InsightsQuery, sum: Totals, people: ReadonlySet<string>): InsightsRow {
  const row: InsightsRow = { account_id: world.account.id }
  const ads = [...people].map((id) => world.objects.get(id))
  const reach = query.breakdowns.hourly ? null : reachOf(audienceOf(world, ads), sum)
  for (const field of query.summary ?? []) {
    const value = COLUMNS[field]?.({
      account: world.account,
      totals: sum,
      windows: query.windows,
      reach: sum.counters.impressions > 0 ? reach : null,
      withoutOffMeta: false,
      goals: [],
    })
    if (value !== undefined) row[field] = value
  }
  const days = query.periods
  if (days.length > 0) {
    const whole = { since: Math.min(...days.map((day) => day.since)), until: Math.max(...days.map((day) => day.until)) }
    Object.assign(row, rangeText(whole))
  }
  return row
}
