/** The account's ceiling, which applies to launches as it applies to a rule's raise. */

import { minorUnitsPer } from '../../value/currency.js'
import type { LaunchBudget, LaunchSpec } from '../launch-spec.js'

const DAY = 86_400_000

/**
 * Returns what the launch may spend per day, in minor units. A lifetime budget is divided by its days, and counts in full if it runs
 * for less than a day.
 *
 * @param now epoch milliseconds; the start of ad sets without one
 */
export function dailyBudgetOf({ campaign, adsets }: Pick<LaunchSpec, 'campaign' | 'adsets'>, now: number): number {
  if (campaign.budget !== null) {
    const ends = adsets.map(({ end }) => end ?? now + DAY)
    const starts = adsets.map(({ start }) => start ?? now)
    return ofDay(campaign.budget, Math.min(...starts, now + 10 * 366 * DAY), Math.max(...ends, now))
  }
  return adsets.reduce(
    (sum, { budget, start, end }) => sum + (budget === null ? 0 : ofDay(budget, start ?? now, end ?? now + DAY)),
    0,
  )
}

const ofDay = ({ kind, amount }: LaunchBudget, start: number, end: number): number =>
  kind === 'daily' ? amount : Math.ceil(amount / Math.max(1, (end - start) / DAY))

export interface CeilingQuestion {
  readonly spec: Pick<LaunchSpec, 'campaign' | 'adsets' | 'publish' | 'currency'>
  /** Minor units per day; null if the account has no ceiling. */
  readonly ceiling: number | null
  /** Minor units per day of everything else that delivers in the account. */
  readonly delivering: number
  /** Epoch milliseconds. */
  readonly now: number
}

/** Returns why the ceiling forbids the launch, a sentence without a full stop; null if it does not. */
export function refusalByCeiling({ spec, ceiling, delivering, now }: CeilingQuestion): string | null {
  if (ceiling === null) {
    return spec.publish === 'active'
      ? 'the account has no `guardrails: { ceiling }`, without which a launch sets nothing active'
      : null
  }
  const own = dailyBudgetOf(spec, now)
  if (own + delivering <= ceiling) return null
  const money = (minor: number) => amountText(minor, spec.currency)
  const besides = delivering > 0 ? ` on top of the ${money(delivering)} that deliver already` : ''
  return `${money(own)} per day${besides} are above the account’s ceiling of ${money(ceiling)} per day`
}

/** Returns an amount as files have it: `500 TRY`, `12.50 TRY`. */
export function amountText(minor: number, currency: string): string {
  const units = minorUnitsPer(currency)
  const digits = minor % units === 0 ? 0 : Math.round(Math.log10(units))
  return `${(minor / units).toFixed(digits)} ${currency}`
}
