/**
 * Converts Meta's actions to our measures. Meta reports one conversion under several overlapping action types, so a measure is
 * the first of its types that a row contains, and never a sum of them.
 */

import { ACTION_TYPES, type ActionMeasure } from '../../engine/metric/actions.js'
import { factsOfMeasure } from '../../engine/metric/catalogue.js'

interface MeasureSource {
  readonly measure: string
  /** Action types, the preferred first. */
  readonly types: readonly string[]
}

/** Measures with a separate field, which contains a list with one action. */
export const LISTED: readonly { readonly measure: string; readonly field: string }[] = [
  { measure: 'outbound_clicks', field: 'outbound_clicks' },
  { measure: 'thruplays', field: 'video_thruplay_watched_actions' },
]

/**
 * Returns the types to read a measure from. An hourly row may lack all actions off Meta. If a measure of such actions were then
 * read from a channel on Meta, it would look complete, so these channels are left out.
 */
const typesToRead = (measure: ActionMeasure): readonly string[] =>
  ACTION_TYPES[measure].filter((type) => factsOfMeasure(measure)?.happens !== 'off-meta' || !type.startsWith('onsite_'))

/** Measures from the counts in `actions`: all but those that Meta gives in a separate field. */
export const COUNTED: readonly MeasureSource[] = (Object.keys(ACTION_TYPES) as ActionMeasure[])
  .filter((measure) => LISTED.every((listed) => listed.measure !== measure))
  .map((measure) => ({ measure, types: typesToRead(measure) }))

/** Measures from the money in `action_values`. */
export const VALUED: readonly MeasureSource[] = [{ measure: 'revenue', types: typesToRead('purchases') }]

/** Returns the measures of `sources`; zero if the row has none of their types. */
export function pickMeasures(sources: readonly MeasureSource[], byType: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    sources.map(({ measure, types }) => {
      const type = types.find((candidate) => byType.has(candidate))
      return [measure, type === undefined ? 0 : (byType.get(type) ?? 0)]
    }),
  )
}
