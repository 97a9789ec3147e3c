import Type, { type Static } from 'typebox'

import { Change } from './change.js'
import { Instant, nullable, oneOf, pageOf, shape } from './common.js'

export const SUGGESTION_STATES = ['waiting', 'applying', 'applied', 'refused', 'dismissed', 'outdated'] as const

const SuggestedChange = shape('SuggestedChange', {
  level: oneOf(['campaign', 'adset']),
  entityId: Type.String(),
  name: nullable(Type.String()),
  field: oneOf(['status', 'daily_budget']),
  before: Type.String({ description: 'The value when the suggestion was made: a status, or minor units' }),
  target: Type.String(),
})

export const Suggestion = shape(
  'Suggestion',
  {
    id: Type.String(),
    account: Type.String(),
    kind: oneOf(['pace', 'waste', 'move', 'fatigue']),
    changes: Type.Array(SuggestedChange, { description: 'Empty if only a person can do it, such as a new creative' }),
    reason: shape('SuggestionReason', { en: Type.String(), tr: Type.String() }, 'A sentence'),
    effect: shape(
      'SuggestionEffect',
      {
        measure: oneOf(['month_spend', 'daily_spend', 'daily_results']),
        unit: Type.String({ description: 'A currency for money, else `count`' }),
        low: Type.Number(),
        expected: Type.Number(),
        high: Type.Number(),
      },
      'The expected effect as an 80% interval: of the month’s total, or of a change per day',
    ),
    state: oneOf(SUGGESTION_STATES),
    note: nullable(Type.String({ description: 'Why it was not done, or only in part' })),
    answeredBy: nullable(Type.String()),
    madeAt: Instant,
    updatedAt: Instant,
  },
  'A proposed change, which waits until somebody applies or dismisses it',
)
export type Suggestion = Static<typeof Suggestion>
export const SuggestionPage = pageOf('SuggestionPage', Suggestion)

export const AppliedSuggestion = shape('AppliedSuggestion', {
  suggestion: Suggestion,
  changes: Type.Array(Change, { description: 'The changes that were started, in order' }),
})
