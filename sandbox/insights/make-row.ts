/** Makes a row of insights with the fields that a query names, from the row's totals. */

import { attributionOf, attributionText, outcomeOf } from '../delivery/outcome.js'
import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'
import { withActionBreakdowns } from './action-breakdowns.js'
import { audienceOf, reachOf } from './audience.js'
import { type ActionStats, COLUMNS, type ResultStats, type RowGoal } from './columns.js'
import { type Entity, lineOf } from './entities.js'
import type { Part } from './parts.js'
import { type DayRange, rangeText } from './periods.js'
import type { InsightsQuery } from './query.js'
import type { Totals } from './totals.js'

export type InsightsRow = Record<string, string | ActionStats[] | ResultStats[]>

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

export function makeRow(
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

/** Returns the totals of all rows as one row, over all days. */
export function summaryRow(world: World, query: InsightsQuery, sum: Totals, people: ReadonlySet<string>): InsightsRow {
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
