/** What is added up for a row of insights, over ads, days and hours. */

import { DAY } from '../calendar.js'
import { COUNTERS, type AdDay, type Counter, type Purchase } from '../delivery/day.js'

/** Attribution windows that the sandbox reports numbers for. `7d_view` and `28d_view` ended on 2026-01-12. */
export const WINDOWS = ['1d_click', '7d_click', '28d_click', '1d_view'] as const
export type AttributionWindow = (typeof WINDOWS)[number]

/** Count and kuruş by attribution window; `value` is the ad sets' own setting, 7-day click and 1-day view. */
export type ByWindow = Record<AttributionWindow | 'value', number>

export interface Totals {
  readonly counters: Record<Counter, number>
  readonly purchases: ByWindow
  readonly revenue: ByWindow
}

const noWindows = (): ByWindow => ({ value: 0, '1d_click': 0, '7d_click': 0, '28d_click': 0, '1d_view': 0 })

export const emptyTotals = (): Totals => ({
  counters: Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<Counter, number>,
  purchases: noWindows(),
  revenue: noWindows(),
})

/** Delivered at all: a row is made only then. */
export const delivered = ({ counters, purchases }: Totals): boolean =>
  counters.impressions > 0 || counters.spend > 0 || purchases['28d_click'] + purchases['1d_view'] > 0

/** @param hour that hour alone; null for the whole day. Purchases reported after `asked` are not known yet. */
export function addAdDay(totals: Totals, day: AdDay, asked: number, hour: number | null): void {
  const hours = hour === null ? day.hours : [day.hours[hour]]
  for (const counts of hours) {
    if (counts) for (const counter of COUNTERS) totals.counters[counter] += counts[counter]
  }
  for (const purchase of day.purchases) {
    if (purchase.reportedAt <= asked && (hour === null || purchase.hour === hour)) addPurchase(totals, purchase)
  }
}

function addPurchase({ purchases, revenue }: Totals, { through, delay, value }: Purchase): void {
  const windows: Array<AttributionWindow | 'value'> =
    through === 'view'
      ? ['1d_view', 'value']
      : [
          ...(delay <= DAY ? (['1d_click'] as const) : []),
          ...(delay <= 7 * DAY ? (['7d_click', 'value'] as const) : []),
          '28d_click',
        ]
  for (const window of windows) {
    purchases[window] += 1
    revenue[window] += value
  }
}
