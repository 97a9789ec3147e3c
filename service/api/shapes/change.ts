import Type, { type Static } from 'typebox'

import { Money, nullable, oneOf, shape } from './common.js'

export const StatusChange = shape('StatusChange', { status: oneOf(['ACTIVE', 'PAUSED']) })
export type StatusChange = Static<typeof StatusChange>

export const BudgetChange = Type.Union(
  [shape('DailyBudgetChange', { daily: Money }), shape('LifetimeBudgetChange', { lifetime: Money })],
  { title: 'BudgetChange', description: 'The new budget, of the kind that the entity has' },
)
export type BudgetChange = Static<typeof BudgetChange>

export const Change = shape(
  'Change',
  {
    id: Type.String(),
    state: oneOf(['running', 'done', 'refused', 'superseded', 'unknown'], {
      description:
        '`unknown`: it was sent to Meta and may have been made; later readings settle it. `superseded`: a later change of the same field took its place, and it is not sent again. `refused`: it was not made',
    }),
    outcome: nullable(oneOf(['confirmed', 'unchanged'], { description: '`unchanged`: it was so already' })),
    because: nullable(Type.String({ description: 'Why it was not made, or why nobody knows; a sentence' })),
    level: oneOf(['campaign', 'adset', 'ad']),
    entityId: Type.String(),
    field: oneOf(['status', 'daily_budget', 'lifetime_budget', 'bid_amount', 'name', 'labels']),
    before: nullable(Type.String({ description: 'A status, or minor units' })),
    target: Type.String(),
    warnings: Type.Array(Type.String(), {
      description: 'What the guardrails would have refused a rule for, a sentence each, as it was when the change was asked for',
    }),
    workflowUrl: nullable(Type.String({ description: 'Where to look in Temporal’s web UI' })),
  },
  'A person’s change at Meta, carried out by a workflow',
)
export type Change = Static<typeof Change>
