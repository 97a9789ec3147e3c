/** The account's ceiling, which applies to launches as it applies to a rule's raise. */

import { minorUnitsPer } from '../../value/currency.js'
import type { LaunchBudget, LaunchSpec } from '../launch-spec.js'

const DAY = 86_400_000

/**
 * What the launch may spend on a day, in minor units. A budget of the whole time is spread evenly over its days, which it may
 * have less of than one.
 *
 * @param now epoch milliseconds, from which what starts at once runs
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
  readonly launch: Pick<LaunchSpec, 'campaign' | 'adsets' | 'publish' | 'currency'>
  /** Minor units a day; null where the account has none. */
  readonly ceiling: number | null
  /** Minor units a day of all that delivers in the account besides. */
  readonly delivering: number
  /** Epoch milliseconds. */
  readonly now: number
}

/** Why the launch must not be applied, as a sentence without a full stop; null where it may. */
export function refusalByCeiling({ launch, ceiling, delivering, now }: CeilingQuestion): string | null {
  if (ceiling === null) {
    return launch.publish === 'active'
      ? 'the account has no `guardrails: { ceiling }`, and nothing is set active without one'
      : null
  }
  const own = dailyBudgetOf(launch, now)
  if (own + delivering <= ceiling) return null
  const money = (minor: number) => amountText(minor, launch.currency)
  const besides = delivering > 0 ? ` on top of the ${money(delivering)} that deliver already` : ''
  return `${money(own)} per day${besides} are above the account’s ceiling of ${money(ceiling)} per day`
}

/** As files write money: `500 TRY`, `12.50 TRY`. */
export function amountText(minor: number, currency: string): string {
  const units = minorUnitsPer(currency)
  const digits = minor % units === 0 ? 0 : Math.round(Math.log10(units))
  return `${(minor / units).toFixed(digits)} ${currency}`
}
