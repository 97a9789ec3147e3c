/** Carries a suggestion out, change by change, each by the workflow that carries out any change of a person's. */

import type { SuggestedChange } from '../../engine/suggestion/suggestion.js'
import { findMutation } from '../../store/mutations.js'
import { findSuggestion, moveSuggestion } from '../../store/suggestions.js'
import type { Suggestion } from '../../store/suggestions.js'
import { carryOutChange } from './changes.js'
import type { ApiContext } from './context.js'
import { ProblemError } from './problem.js'
import type { Change } from './shapes/change.js'

const BY = 'api:token'

/**
 * Applies what waits; what is being applied already is taken up where it stands, for each change has an id of its own. The first
 * change that is refused ends it: those after it rest on it.
 *
 * @throws ProblemError `already-answered`, `change-refused` where nothing was changed, `temporal-unavailable`
 */
export async function applySuggestion(
  context: ApiContext,
  row: Suggestion,
): Promise<{ suggestion: Suggestion; changes: Change[] }> {
  const { store, now } = context
  const suggested = JSON.parse(row.changes_json) as SuggestedChange[]
  if (suggested.length === 0) {
    throw new ProblemError('change-refused', 'This one has nothing that could be changed at Meta: it needs a person’s work.')
  }
  const isOurs = await moveSuggestion(store, row.id, { from: 'waiting', to: 'applying', by: BY, at: now() })
  const current = (await findSuggestion(store, row.id))!
  if (!isOurs && current.state !== 'applying') {
    throw new ProblemError('already-answered', `The suggestion is ${current.state} already.`)
  }
  const changes: Change[] = []
  for (const [index, change] of suggested.entries()) {
    try {
      changes.push(await carryOutChange(context, inputOf(current, change, index)))
    } catch (error) {
      await giveUp(context, current, changes, error)
      throw error
    }
    // The next one waits until this one is known to be done: a budget goes down before another goes up.
    if (changes.at(-1)!.state !== 'done') return { suggestion: current, changes }
  }
  await moveSuggestion(store, row.id, { from: 'applying', to: 'applied', by: BY, at: now() })
  return { suggestion: (await findSuggestion(store, row.id))!, changes }
}

const requestOf = (suggestion: string, index: number): string => `suggestion-${suggestion}-${index}`

const inputOf = ({ id, account }: Suggestion, change: SuggestedChange, index: number) => ({
  request: requestOf(id, index),
  account,
  madeBy: `suggestion:${id}`,
  level: change.level,
  entityId: change.entityId,
  field: change.field,
  target: change.target,
  approved: { before: change.before },
})

async function giveUp({ store, now }: ApiContext, { id }: Suggestion, done: readonly Change[], error: unknown): Promise<void> {
  if (!(error instanceof ProblemError)) return
  // Nothing was begun, or nobody knows: it may be tried again.
  if (error.problem === 'temporal-unavailable') {
    if (done.length > 0 || (await findMutation(store, requestOf(id, 0))) !== undefined) return
    await moveSuggestion(store, id, { from: 'applying', to: 'waiting', by: BY, at: now() })
    return
  }
  const note = done.length === 0 ? error.message : `${done.length} of its changes were made; then: ${error.message}`
  await moveSuggestion(store, id, { from: 'applying', to: done.length === 0 ? 'refused' : 'applied', note, by: BY, at: now() })
}
