/** How a day in Turkey is spread over its hours, and a week over its days. */

/** Share of an ordinary day's auctions by hour, before it is brought to a sum of one. */
const WORKDAY = [
  2.6, 1.7, 1.1, 0.8, 0.7, 0.9, 1.6, 2.7, 3.6, 4.1, 4.4, 4.7, 5.4, 5.3, 4.8, 4.7, 4.8, 5.1, 5.3, 5.8, 6.8, 7.6, 7.2, 4.9,
]
const WEEKEND = [
  3.5, 2.5, 1.7, 1.1, 0.8, 0.7, 1.0, 1.6, 2.7, 3.9, 4.8, 5.3, 5.4, 5.2, 5.1, 5.1, 5.2, 5.3, 5.4, 5.7, 6.3, 6.9, 6.9, 5.4,
]

const normalise = (hours: readonly number[]): readonly number[] => {
  const sum = hours.reduce((total, hour) => total + hour, 0)
  return hours.map((hour) => hour / sum)
}
const WORKDAY_SHARES = normalise(WORKDAY)
const WEEKEND_SHARES = normalise(WEEKEND)

/** Share of a day's spend that falls in each of its 24 hours; sums to one. Weekday 0 is Sunday. */
export const hourShares = (weekday: number): readonly number[] =>
  weekday === 0 || weekday === 6 ? WEEKEND_SHARES : WORKDAY_SHARES

/** How much of the budget a weekday takes; Sunday first. Their mean is close to one. */
const SPEND_BY_WEEKDAY = [1.05, 0.97, 0.96, 0.97, 0.99, 1.0, 1.06]
/** How willing to buy people are, as a factor on the cost of a purchase; Sunday first. Mondays and paydays' Fridays are good. */
const COST_BY_WEEKDAY = [0.94, 0.97, 1.02, 1.04, 1.03, 1.0, 1.0]

export const spendFactor = (weekday: number): number => SPEND_BY_WEEKDAY[weekday] ?? 1
export const costFactor = (weekday: number): number => COST_BY_WEEKDAY[weekday] ?? 1
