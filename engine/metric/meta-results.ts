/**
 * Meta's own `results` of a row, in addition to the row's actions. Insights' field `results` is a list with one
 * `{ indicator, values: [{ value, attribution_windows }] }`; the indicator names what is counted (`actions:link_click`,
 * `conversions:schedule_website`, `total_profile_visits`). Meta leaves `values` out if nothing happened, and never says "0".
 * The field is in the reference without a description; its form is that of live answers in public repositories, read 2026-11.
 */

import { numberIn } from './off-meta.js'
import { uncountedGoal } from './result.js'

/** How the measures begin that Meta says itself. */
export const SAID = 'result:'

/** Where a row keeps Meta's number: `result:actions:link_click`. Zero where Meta named the indicator and gave no number. */
export const saidMeasure = (indicator: string): string => `${SAID}${indicator}`

/** By how much Meta's own number is above what the row's actions say; only rows that differ have it. */
export const RESULTS_DIFFERENCE = 'results:difference'

type Measures = Readonly<Record<string, number | null>>

/**
 * The results of a day of an ad set.
 *
 * @param counted the measure of `resultOfGoal`, or the account's own
 * @returns Meta's number where it gave one, else what the row's actions say; null where neither is known
 */
export function resultsOfDay(measures: Measures, counted: string): number | null {
  const said = saidBy(measures)
  if (said === null) return countedIn(measures, counted)
  if (said.value > 0) return said.value
  // Actions and conversions were asked for as well, so that a type which is not in the row did not happen: Meta's zero, however
  // many our own type has, which may count other channels too.
  const type = /^(?:actions|conversions):(.+)$/.exec(said.indicator)?.[1]
  return type === undefined ? countedIn(measures, counted) : numberIn(measures, `action:${type}`)
}

/** A day's measures with its results, and with their difference where Meta's number is another one. */
export function withResults(measures: Measures, counted: string): Measures {
  const results = resultsOfDay(measures, counted)
  const own = countedIn(measures, counted)
  const differs = results !== null && own !== null && results !== own
  return { ...measures, results, ...(differs ? { [RESULTS_DIFFERENCE]: results - own } : {}) }
}

/** By the row's own actions; null where the goal has no type, or the row leaves it out. */
const countedIn = (measures: Measures, counted: string): number | null =>
  uncountedGoal(counted) === null ? numberIn(measures, counted) : null

function saidBy(measures: Measures): { indicator: string; value: number } | null {
  for (const key in measures) {
    if (key.startsWith(SAID)) return { indicator: key.slice(SAID.length), value: measures[key] ?? 0 }
  }
  return null
}
