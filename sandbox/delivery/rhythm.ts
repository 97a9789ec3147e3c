/** How delivery in Turkey is distributed over the hours of a day and the days of a week. */

/** The share of a day's auctions by hour, before normalising. */
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

/** Returns the share of a day's spend in each of its 24 hours; the sum is one. Weekday 0 is Sunday. */
export const hourShares = (weekday: number): readonly number[] =>
  weekday === 0 || weekday === 6 ? WEEKEND_SHARES : WORKDAY_SHARES

/** The share of the budget that is spent on each weekday, Sunday first. The mean is close to one. */
const SPEND_BY_WEEKDAY = [1.05, 0.97, 0.96, 0.97, 0.99, 1.0, 1.06]
/** A factor on the cost of a purchase for each weekday, Sunday first: purchases are cheapest on Sundays and Mondays. */
const COST_BY_WEEKDAY = [0.94, 0.97, 1.02, 1.04, 1.03, 1.0, 1.0]

export const spendFactor = (weekday: number): number => SPEND_BY_WEEKDAY[weekday] ?? 1
export const costFactor = (weekday: number): number => COST_BY_WEEKDAY[weekday] ?? 1
