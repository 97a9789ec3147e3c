/** All suggestions for an account. */

import { fatigue } from './fatigue.js'
import { move } from './move.js'
import { pace } from './pace.js'
import type { Suggestion, SuggestionContext } from './suggestion.js'
import { waste } from './waste.js'

/** Returns all suggestions. If two would change the same entity, the first kind is kept; `waste` comes first. */
export function suggestionsFor(context: SuggestionContext): Suggestion[] {
  const touched = new Set([...(context.except ?? []), ...(context.changed ?? [])])
  const kept = [...waste(context), ...move(context), ...fatigue(context)].filter(({ changes }) => {
    if (changes.some(({ entityId }) => touched.has(entityId))) return false
    for (const { entityId } of changes) touched.add(entityId)
    return true
  })
  return [...kept, ...pace({ ...context, except: touched })]
}
