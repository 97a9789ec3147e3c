/** All that could be done in an account now. */

import { fatigue } from './fatigue.js'
import { move } from './move.js'
import { pace } from './pace.js'
import type { Suggestion, SuggestionContext } from './suggestion.js'
import { waste } from './waste.js'

/** No two of them change the same entity: of such the earlier kind stays, stopping waste before all else. */
export function suggestionsFor(context: SuggestionContext): Suggestion[] {
  const touched = new Set([...(context.except ?? []), ...(context.changed ?? [])])
  const kept = [...waste(context), ...move(context), ...fatigue(context)].filter(({ changes }) => {
    if (changes.some(({ entityId }) => touched.has(entityId))) return false
    for (const { entityId } of changes) touched.add(entityId)
    return true
  })
  return [...kept, ...pace({ ...context, except: touched })]
}
