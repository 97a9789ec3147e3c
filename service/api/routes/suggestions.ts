/**
 * Lists suggestions, applies one, or dismisses it. A suggestion may have several changes, and they may take longer than a request: then the
 * answer to `apply` is 202. An `Idempotency-Key` identifies one request and its stored answer, so the same key returns that 202
 * again, and a new key continues. No change is made twice, whatever the key, since each has a fixed id.
 */

import Type from 'typebox'

import type { Effect, SuggestedChange } from '../../../engine/suggestion/suggestion.js'
import { toMajor } from '../../../engine/value/minor-units.js'
import {
  findSuggestion,
  listSuggestions,
  moveSuggestion,
  type Suggestion as StoredSuggestion,
} from '../../../store/analysis/suggestions.js'
import { refuseStopped } from '../access/refuse-stopped.js'
import type { ApiContext } from '../http/context.js'
import { cursorReader, page } from '../http/cursor.js'
import { instant } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { cursorQuery, oneOf } from '../shapes/common.js'
import { AppliedSuggestion, Suggestion, SUGGESTION_STATES, SuggestionPage } from '../shapes/suggestion.js'
import { applySuggestion } from '../work/apply-suggestion.js'

const readPlace = cursorReader(Type.Object({ at: Type.Integer(), id: Type.String() }))
const params = { id: Type.String({ maxLength: 100 }) }

export const suggestionOperations = [
  operation({
    id: 'listSuggestions',
    method: 'get',
    path: '/api/ai/suggestions',
    tag: 'Suggestions',
    summary: 'Suggestions, newest first',
    query: {
      account: Type.Optional(Type.String()),
      state: Type.Optional(oneOf(SUGGESTION_STATES)),
      ...cursorQuery({ byDefault: 50, most: 200 }),
    },
    responses: { 200: { description: 'A page', schema: SuggestionPage } },
    handle: async ({ query }, context) => {
      const { cursor, limit = 50, ...filters } = query
      const after = readPlace(cursor)
      const rows = await listSuggestions(context.store, {
        ...filters,
        limit: limit + 1,
        ...(after === undefined ? {} : { after }),
      })
      const { data, next } = page(rows, limit, ({ made_at: at, id }) => ({ at, id }))
      return answer(200, { data: data.map((row) => viewOf(context, row)), next })
    },
  }),
  operation({
    id: 'applySuggestion',
    method: 'post',
    path: '/api/ai/suggestions/{id}/apply',
    tag: 'Suggestions',
    summary: 'Applies the suggestion',
    description:
      'Each change is checked again first: the value must be the same as when it was suggested, and the guardrails of rules apply. ' +
      'While a change is in progress the answer is 202. To continue, send the request again with a new `Idempotency-Key`: the old ' +
      'key returns the stored 202. No change is made twice.',
    params,
    write: true,
    problems: ['not-found', 'already-answered', 'rules-stopped', 'change-refused', 'temporal-unavailable'],
    responses: {
      200: { description: 'Done, and confirmed by reading it back from Meta', schema: AppliedSuggestion },
      202: { description: 'It is in progress', schema: AppliedSuggestion },
    },
    handle: async ({ params }, context) => {
      const row = await suggestionNamed(context, params.id)
      if (row.state === 'waiting') await refuseStopped(context, [row.account])
      const { suggestion, changes } = await applySuggestion(context, row)
      return answer(suggestion.state === 'applied' ? 200 : 202, { suggestion: viewOf(context, suggestion), changes })
    },
  }),
  operation({
    id: 'dismissSuggestion',
    method: 'post',
    path: '/api/ai/suggestions/{id}/dismiss',
    tag: 'Suggestions',
    summary: 'Dismisses the suggestion; the same one is not made again for a week',
    params,
    write: true,
    problems: ['not-found', 'already-answered'],
    responses: { 200: { description: 'The suggestion as it is now', schema: Suggestion } },
    handle: async ({ params }, context) => {
      const { store, now } = context
      const { id } = await suggestionNamed(context, params.id)
      const isDone = await moveSuggestion(store, id, { from: 'waiting', to: 'dismissed', by: 'api:token', at: now() })
      const row = await suggestionNamed(context, id)
      if (!isDone && row.state !== 'dismissed') {
        throw new ProblemError('already-answered', `The suggestion is already ${row.state}.`)
      }
      return answer(200, viewOf(context, row))
    },
  }),
]

async function suggestionNamed({ store }: ApiContext, id: string): Promise<StoredSuggestion> {
  const row = await findSuggestion(store, id)
  if (row !== undefined) return row
  throw new ProblemError('not-found', `There is no suggestion ${id}.`)
}

function viewOf({ settings }: ApiContext, row: StoredSuggestion): Suggestion {
  const currency = settings().accounts.find(({ name }) => name === row.account)?.currency ?? null
  const { measure, low, expected, high } = JSON.parse(row.effect_json) as Effect
  const isMoney = measure !== 'daily_results'
  const shown = (value: number): number => (isMoney ? toMajor(value, currency) : value)
  return {
    id: row.id,
    account: row.account,
    kind: row.kind,
    changes: (JSON.parse(row.changes_json) as SuggestedChange[]).map((change) => ({ ...change })),
    reason: { en: row.reason_en, tr: row.reason_tr },
    effect: {
      measure,
      unit: isMoney ? (currency ?? 'money') : 'count',
      low: shown(low),
      expected: shown(expected),
      high: shown(high),
    },
    state: row.state,
    note: row.note,
    answeredBy: row.answered_by,
    madeAt: instant(row.made_at),
    updatedAt: instant(row.updated_at),
  }
}
