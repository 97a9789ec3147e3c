/**
 * Meta's own `results` of a row, in addition to the row's actions. Insights' field `results` is a list with one
 * `{ indicator, values: [{ value, attribution_windows }] }`; the indicator names what is counted (`actions:link_click`,
 * `conversions:schedule_website`, `total_profile_visits`). Meta leaves out `values` if nothing happened, and never sends "0".
 * Meta's reference lists the field without describing it; its shape is taken from live answers in public repositories, read
 * 2026-11.
 */

import { numberIn } from './off-meta.js'
import { uncountedGoal } from './result.js'

/** Prefix of measures that hold Meta's own number. */
export const SAID = 'result:'

/** Returns the measure that holds Meta's number: `result:actions:link_click`. It is zero if Meta gave no number. */
export const saidMeasure = (indicator: string): string => `${SAID}${indicator}`

/** Meta's own number minus the number from the row's actions; only present in rows in which they differ. */
export const RESULTS_DIFFERENCE = 'results:difference'

type Measures = Readonly<Record<string, number | null>>

/**
 * Returns the results of an ad set on a day: Meta's number if it gave one, otherwise the number from the row's actions; null if
 * neither is known.
 *
 * @param counted the measure from `resultOfGoal`, or the account's own
 */
export function resultsOfDay(measures: Measures, counted: string): number | null {
  const said = saidBy(measures)
  if (said === null) return countedIn(measures, counted)
  if (said.value > 0) return said.value
  // Actions and conversions were requested as well, so a type that is not in the row did not happen: Meta's number is zero, even
  // if our own type, which may count other channels too, has some.
  const type = /^(?:actions|conversions):(.+)$/.exec(said.indicator)?.[1]
  return type === undefined ? countedIn(measures, counted) : numberIn(measures, `action:${type}`)
}

/** Returns a day's measures with its results added, and with the difference if Meta's number is not the same as our own. */
export function withResults(measures: Measures, counted: string): Measures {
  const results = resultsOfDay(measures, counted)
  const own = countedIn(measures, counted)
  const differs = results !== null && own !== null && results !== own
  return { ...measures, results, ...(differs ? { [RESULTS_DIFFERENCE]: results - own } : {}) }
}

/** Counts by the row's own actions; null if the goal has no action type, or the row's number is not known. */
const countedIn = (measures: Measures, counted: string): number | null =>
  uncountedGoal(counted) === null ? numberIn(measures, counted) : null

function saidBy(measures: Measures): { indicator: string; value: number } | null {
  for (const key in measures) {
    if (key.startsWith(SAID)) return { indicator: key.slice(SAID.length), value: measures[key] ?? 0 }
  }
  return null
}
