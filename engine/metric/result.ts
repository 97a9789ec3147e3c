/** Determines what `results` counts: what the ad set is optimised for, or else the account's `result`, or else purchases. */

import { measureOfActionType } from './actions.js'
import { findMetric } from './catalogue.js'
import { customConversion, customEvent, EVENT_GOALS, EVENT_RESULTS, GOAL_RESULTS } from './result-types.js'

/** What an ad set is optimised for, as Meta reports it; null if not known. */
export interface Goal {
  /** `optimization_goal` */
  readonly goal: string | null
  /** The text fields of `promoted_object`: `custom_event_type`, `custom_conversion_id`, `pixel_id`, … */
  readonly promoted: Readonly<Record<string, unknown>> | null
}

const UNCOUNTED = 'goal:'

/**
 * Returns the measure of an ad set's results; null if no goal is known, in which case the account's own result applies. A goal
 * without a known action type gives `goal:<its name>`, which no row has: its results are unknown (`uncountedGoal`) unless Meta's
 * own `results` state them.
 */
export function resultOfGoal({ goal, promoted }: Goal): string | null {
  if (goal === null) return null
  if (!EVENT_GOALS.has(goal)) return GOAL_RESULTS[goal]?.measure ?? `${UNCOUNTED}${goal}`
  const text = (key: string): string | null => {
    const value = promoted?.[key]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const conversion = text('custom_conversion_id')
  if (conversion !== null) return customConversion(conversion).measure
  const event = text('custom_event_type')
  const own = text('custom_event_str')
  const [web, app] = [text('pixel_id') !== null, text('application_id') !== null]
  if (own !== null && (event === null || event === 'OTHER')) {
    // Meta does not document an action type for each custom event of an app; several share `app_custom_event.other`.
    return web && !app ? customEvent(own).measure : `${UNCOUNTED}${goal} for ${own}`
  }
  if (event === null) return `${UNCOUNTED}${goal} without an event`
  const channel = web && app ? 'both' : app ? 'app' : 'web'
  return EVENT_RESULTS[event]?.[channel]?.measure ?? `${UNCOUNTED}${goal} for ${event}`
}

/** Returns the goal of a measure from `resultOfGoal` that has no known action type; null for every other measure. */
export const uncountedGoal = (measure: string): string | null =>
  measure.startsWith(UNCOUNTED) ? measure.slice(UNCOUNTED.length) : null

/**
 * Returns the measure that a person means by `result: purchases` or by an action type such as `omni_purchase`; null if it is
 * neither. A ratio cannot be a result.
 */
export function resultMeasure(name: string): string | null {
  const metric = findMetric(name)
  if (metric) return metric.made.kind === 'sum' && metric.unit === 'count' && name !== 'results' ? metric.made.measure : null
  const type = name.startsWith('action:') ? name.slice('action:'.length) : name
  const measure = measureOfActionType(type)
  if (measure !== null) return measure
  return /[._]/.test(type) ? `action:${type}` : null
}
