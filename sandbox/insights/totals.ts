/** What is added up for a row of insights, over ads, days and hours. */

import { DAY } from '../base/calendar.js'
import { type AdDay, type Counter, COUNTERS, type Purchase } from '../delivery/day.js'
import { type Attribution, type Outcome, PURCHASE } from '../delivery/outcome.js'

/** Attribution windows that the sandbox reports numbers for. `7d_view` and `28d_view` ended on 2026-01-12. */
export const WINDOWS = ['1d_click', '7d_click', '28d_click', '1d_view'] as const
export type AttributionWindow = (typeof WINDOWS)[number]

/** Count and kuruş by attribution window; `value` is by each ad set's own setting. */
export type ByWindow = Record<AttributionWindow | 'value', number>

export interface OutcomeTotals {
  readonly outcome: Outcome
  readonly counts: ByWindow
  readonly values: ByWindow
}

export interface Totals {
  readonly counters: Record<Counter, number>
  readonly purchases: ByWindow
  readonly revenue: ByWindow
  /** All that the ad sets brought, purchases among it, by kind. */
  readonly outcomes: Map<string, OutcomeTotals>
}

const noWindows = (): ByWindow => ({ value: 0, '1d_click': 0, '7d_click': 0, '28d_click': 0, '1d_view': 0 })

export const emptyTotals = (): Totals => ({
  counters: Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<Counter, number>,
  purchases: noWindows(),
  revenue: noWindows(),
  outcomes: new Map<string, OutcomeTotals>(),
})

/** Delivered at all: a row is made only then. */
export const delivered = ({ counters, outcomes }: Totals): boolean =>
  counters.impressions > 0 ||
  counters.spend > 0 ||
  [...outcomes.values()].some(({ counts }) => counts['28d_click'] + counts['1d_view'] > 0)

/** @param hour that hour alone; null for the whole day. Purchases reported after `asked` are not known yet. */
export function addAdDay(totals: Totals, day: AdDay, asked: number, hour: number | null): void {
  const [first, last] = hour === null ? [0, day.hours.length - 1] : [hour, hour]
  for (let of = first; of <= last; of++) {
    const counts = day.hours[of]
    if (!counts) continue
    for (const counter of COUNTERS) totals.counters[counter] += counts[counter]
    if (day.outcome.besides) addBesides(totals, day.outcome.besides, of % 3 === 0 ? counts.checkouts : 0)
  }
  for (const purchase of day.purchases) {
    if (purchase.reportedAt <= asked && (hour === null || purchase.hour === hour)) addPurchase(totals, purchase, day)
  }
}

/** A few, whether there were any results or not; each at once, so that every window of clicks has them. */
function addBesides(totals: Totals, outcome: Outcome, count: number): void {
  if (count === 0) return
  const { counts } = outcomeTotals(totals, outcome)
  for (const window of ['value', '1d_click', '7d_click', '28d_click'] as const) counts[window] += count
}

function addPurchase(totals: Totals, purchase: Purchase, { outcome, attribution }: AdDay): void {
  const into = outcomeTotals(totals, outcome)
  for (const window of windowsOf(purchase, attribution)) {
    into.counts[window] += 1
    into.values[window] += purchase.value
  }
}

/** Of purchases, the account's own sums are part of their kind's. */
export function outcomeTotals(totals: Totals, outcome: Outcome): OutcomeTotals {
  let found = totals.outcomes.get(outcome.kind)
  if (!found) {
    found =
      outcome.kind === PURCHASE.kind
        ? { outcome, counts: totals.purchases, values: totals.revenue }
        : { outcome, counts: noWindows(), values: noWindows() }
    totals.outcomes.set(outcome.kind, found)
  }
  return found
}

function windowsOf({ through, delay }: Purchase, { click, view }: Attribution): Array<AttributionWindow | 'value'> {
  if (through === 'view') return ['1d_view', ...(delay <= view * DAY ? (['value'] as const) : [])]
  return [
    ...(delay <= DAY ? (['1d_click'] as const) : []),
    ...(delay <= 7 * DAY ? (['7d_click'] as const) : []),
    '28d_click',
    ...(delay <= click * DAY ? (['value'] as const) : []),
  ]
}

export function addTotals(sum: Totals, more: Totals): void {
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
