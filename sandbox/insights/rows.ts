/** Computes the rows of an insights query, by adding up what each ad delivered over objects, days and hours. */

import { passes } from '../protocol/filtering.js'
import type { GraphObject } from '../state/objects.js'
import type { InsightsFault } from '../world/faults.js'
import type { World } from '../world/world.js'
import { audienceOf, reachOf } from './audience.js'
import { HOURLY } from './breakdowns.js'
import { COLUMNS } from './columns.js'
import { entitiesOf, isListed } from './entities.js'
import { type InsightsRow, makeRow, summaryRow } from './make-row.js'
import { type Part, partsOf } from './parts.js'
import type { DayRange } from './periods.js'
import type { InsightsQuery } from './query.js'
import { filteredValue, metricValue, splitFilters } from './row-filters.js'
import { addAdDay, addTotals, delivered, emptyTotals, type Totals } from './totals.js'

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

const hourText = (hour: number): string => {
  const two = String(hour).padStart(2, '0')
  return `${two}:00:00 - ${two}:59:59`
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
