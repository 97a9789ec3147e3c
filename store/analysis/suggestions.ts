/** Suggestions: ticks make them, people apply or dismiss them. */

import { randomUUID } from 'node:crypto'

import type { SuggestedChange } from '../../engine/suggestion/suggestion.js'
import type { Store } from '../base/store.js'
import { inTransaction } from '../base/transaction.js'
import type { NewRow, Row } from '../tables/tables.js'

export type Suggestion = Row<'suggestions'>
export type SuggestionState = Suggestion['state']

export type FoundSuggestion = Pick<
  NewRow<'suggestions'>,
  'kind' | 'suggestion_key' | 'changes_json' | 'reason_en' | 'reason_tr' | 'effect_json'
>

/** A suggestion that was dismissed or applied is not made again for this long, in milliseconds. */
const REST = 7 * 86_400_000

/**
 * Updates the waiting suggestions to those that were found, in one transaction: new ones are added, the same ones are updated, and
 * those whose reason is gone become outdated. A suggestion whose changes differ counts as a new one, so that nobody applies changes
 * that they did not read. While a suggestion is being applied, nothing else is suggested for its entities.
 */
export function recordSuggestions(
  store: Store,
  { account, found, at }: { readonly account: string; readonly found: readonly FoundSuggestion[]; readonly at: number },
): Promise<{ made: number; outdated: number }> {
  return inTransaction(store, async ({ db }) => {
    const known = await db
      .selectFrom('suggestions')
      .select(['id', 'suggestion_key', 'state', 'changes_json', 'answered_at'])
      .where('account', '=', account)
      .where((row) => row.or([row('state', 'in', ['waiting', 'applying']), row('answered_at', '>', at - REST)]))
      .execute()
    const waiting = new Map(known.filter(({ state }) => state === 'waiting').map((row) => [row.suggestion_key, row]))
    // A suggestion that was never finished being applied must not block its entities forever.
    const recent = known.filter(({ state, answered_at }) => state === 'applying' && (answered_at ?? 0) > at - REST)
    const applying = new Set(recent.flatMap(entitiesOf))
    const resting = new Set(known.filter(({ state }) => state !== 'waiting').map((row) => row.suggestion_key))
    const fresh: FoundSuggestion[] = []
    for (const suggestion of found) {
      if (entitiesOf(suggestion).some((entity) => applying.has(entity))) continue
      const before = waiting.get(suggestion.suggestion_key)
      if (before?.changes_json === suggestion.changes_json) {
        waiting.delete(suggestion.suggestion_key)
        await db
          .updateTable('suggestions')
          .set({ ...suggestion, updated_at: at })
          .where('id', '=', before.id)
          .execute()
      } else if (!resting.has(suggestion.suggestion_key)) fresh.push(suggestion)
    }
    const gone = [...waiting.values()].map(({ id }) => id)
    if (gone.length > 0) {
      await db.updateTable('suggestions').set({ state: 'outdated', updated_at: at }).where('id', 'in', gone).execute()
    }
    for (const suggestion of fresh) {
      const state = { state: 'waiting', note: null, answered_by: null, answered_at: null, made_at: at, updated_at: at } as const
      await db
        .insertInto('suggestions')
        .values({ ...suggestion, ...state, id: randomUUID(), account })
        .execute()
    }
    return { made: fresh.length, outdated: gone.length }
  })
}

const entitiesOf = ({ changes_json }: Pick<Suggestion, 'changes_json'>): string[] =>
  (JSON.parse(changes_json) as SuggestedChange[]).map(({ entityId }) => entityId)

/**
 * Moves a suggestion from one state to another. If two callers try at once, one succeeds.
 *
 * @returns whether it was in that state
 */
export async function moveSuggestion(
  { db }: Store,
  id: string,
  { from, to, note = null, by, at }: { from: SuggestionState; to: SuggestionState; note?: string | null; by: string; at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('suggestions')
    .set({ state: to, note, answered_by: by, answered_at: at, updated_at: at })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const findSuggestion = (store: Store, id: string): Promise<Suggestion | undefined> =>
  store.db.selectFrom('suggestions').selectAll().where('id', '=', id).executeTakeFirst()

export interface SuggestionQuestion {
  readonly account?: string
  readonly state?: SuggestionState
  readonly limit: number
  readonly after?: { readonly at: number; readonly id: string }
}

/** Returns one page of suggestions, latest first. */
export const listSuggestions = (store: Store, { account, state, limit, after }: SuggestionQuestion): Promise<Suggestion[]> =>
  store.db
    .selectFrom('suggestions')
    .selectAll()
    .$if(account !== undefined, (query) => query.where('account', '=', account!))
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(after !== undefined, (query) =>
      query.where((row) => row(row.refTuple('made_at', 'id'), '<', row.tuple(after!.at, after!.id))),
    )
    .orderBy('made_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
