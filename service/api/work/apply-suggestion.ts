/** Applies a suggestion change by change, with the workflow that makes any person's change. */

import type { SuggestedChange } from '../../../engine/suggestion/suggestion.js'
import { findSuggestion, moveSuggestion, type Suggestion } from '../../../store/analysis/suggestions.js'
import { findMutation } from '../../../store/decisions/mutations.js'
import type { ApiContext } from '../http/context.js'
import { instant } from '../http/instant.js'
import { ProblemError } from '../http/problem.js'
import type { Change } from '../shapes/change.js'
import { carryOutChange } from './changes.js'

const BY = 'api:token'
/** Milliseconds. Accounts are analysed every hour: a suggestion that no analysis has confirmed for this long has outdated numbers. */
const STALE = 86_400_000

/**
 * Applies a waiting suggestion, or continues one that is being applied: each change has a fixed id and is made once. If some changes
 * are refused, the note says so.
 *
 * @throws ProblemError `already-answered`, `change-refused` if nothing was changed, `temporal-unavailable`
 */
export async function applySuggestion(
  context: ApiContext,
  row: Suggestion,
): Promise<{ suggestion: Suggestion; changes: Change[] }> {
  const { store, now } = context
  const suggested = JSON.parse(row.changes_json) as SuggestedChange[]
  if (suggested.length === 0) {
    throw new ProblemError('change-refused', 'This suggestion has no changes to apply at Meta: a person has to act on it.')
  }
  if (row.state === 'waiting' && now() - row.updated_at > STALE) {
    const since = instant(row.updated_at)
    throw new ProblemError(
      'change-refused',
      `The account was last analysed at ${since}; wait for the next analysis, which confirms the suggestion or withdraws it.`,
    )
  }
  const isOurs = await moveSuggestion(store, row.id, { from: 'waiting', to: 'applying', by: BY, at: now() })
  const current = (await findSuggestion(store, row.id))!
  if (!isOurs && current.state !== 'applying') {
    throw new ProblemError('already-answered', `The suggestion is already ${current.state}.`)
  }
  // The second change of a move depends on the first; the changes of other kinds are independent.
  const isChain = row.kind === 'move'
  const changes: Change[] = []
  const refusals: ProblemError[] = []
  for (const [index, change] of suggested.entries()) {
    try {
      changes.push(await carryOutChange(context, inputOf(current, change, index)))
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem !== 'change-refused') {
        await leaveOpen(context, current, changes.length + refusals.length)
        throw error
      }
      refusals.push(error)
      if (isChain) break
      continue
    }
    // The next one waits until this one is known to be done: a budget goes down before another goes up.
    if (changes.at(-1)!.state !== 'done') return { suggestion: current, changes }
  }
  const [first] = refusals
  const note = first === undefined ? null : noteOf(changes.length, suggested.length, first)
  const to = changes.length > 0 ? 'applied' : 'refused'
  await moveSuggestion(store, row.id, { from: 'applying', to, note, by: BY, at: now() })
  if (first !== undefined && changes.length === 0) throw first
  return { suggestion: (await findSuggestion(store, row.id))!, changes }
}

const noteOf = (done: number, all: number, { detail }: ProblemError): string =>
  done === 0 ? detail : `${done} of ${all} changes were made. Not all: ${detail}`

const requestOf = (suggestion: string, index: number): string => `suggestion-${suggestion}-${index}`

const inputOf = ({ id: suggestion, account }: Suggestion, change: SuggestedChange, index: number) => ({
  id: requestOf(suggestion, index),
  account,
  madeBy: { kind: 'suggestion' as const, id: suggestion },
  level: change.level,
  entityId: change.entityId,
  field: change.field,
  target: change.target,
  approvedBefore: change.before,
})

/** Sets the suggestion back to waiting if none of its changes was started; otherwise it stays in `applying`. */
async function leaveOpen({ store, now }: ApiContext, { id }: Suggestion, begun: number): Promise<void> {
  if (begun > 0 || (await findMutation(store, requestOf(id, 0))) !== undefined) return
  await moveSuggestion(store, id, { from: 'applying', to: 'waiting', by: BY, at: now() })
}
