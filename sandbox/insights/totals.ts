/** The totals of a row of insights, over ads, days and hours. */

import { DAY } from '../base/calendar.js'
import { type AdDay, type Counter, COUNTERS, type Purchase } from '../delivery/day.js'
import { type Attribution, type Outcome, PURCHASE } from '../delivery/outcome.js'

/** Attribution windows that the sandbox reports numbers for. `7d_view` and `28d_view` ended on 2026-01-12. */
export const WINDOWS = ['1d_click', '7d_click', '28d_click', '1d_view'] as const
export type AttributionWindow = (typeof WINDOWS)[number]

/** Counts or kuruş by attribution window; `value` uses each ad set's own setting. */
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
  /** All results of the ad sets by kind, including purchases. */
  readonly outcomes: Map<string, OutcomeTotals>
}

const noWindows = (): ByWindow => ({ value: 0, '1d_click': 0, '7d_click': 0, '28d_click': 0, '1d_view': 0 })

export const emptyTotals = (): Totals => ({
  counters: Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Record<Counter, number>,
  purchases: noWindows(),
  revenue: noWindows(),
  outcomes: new Map<string, OutcomeTotals>(),
})

/** Whether anything was delivered; only then is there a row. */
export const delivered = ({ counters, outcomes }: Totals): boolean =>
  counters.impressions > 0 ||
  counters.spend > 0 ||
  [...outcomes.values()].some(({ counts }) => counts['28d_click'] + counts['1d_view'] > 0)

/**
 * Adds an ad's day, or only one of its hours if `hour` is not null. Purchases reported after `asked` are not known yet and not
 * added.
 */
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

/** Adds a few actions that are not results of the ad set. They occur at once, so every click window includes them. */
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

/** Returns the totals of a kind of result. Those of purchases share `purchases` and `revenue`. */
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
