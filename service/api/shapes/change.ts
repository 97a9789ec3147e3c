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
        '`unknown`: it was sent to Meta and may have been made; a later sync will tell. `superseded`: replaced by a later change of the same field, and not sent again. `refused`: not made',
    }),
    outcome: nullable(oneOf(['confirmed', 'unchanged'], { description: '`unchanged`: the field already had this value' })),
    because: nullable(Type.String({ description: 'A sentence: why it was not made, or why that is not known' })),
    level: oneOf(['campaign', 'adset', 'ad']),
    entityId: Type.String(),
    field: oneOf(['status', 'daily_budget', 'lifetime_budget', 'bid_amount', 'name', 'labels']),
    before: nullable(Type.String({ description: 'A status, or minor units' })),
    target: Type.String(),
    warnings: Type.Array(Type.String(), {
      description: 'One sentence for each guardrail that would have refused this change to a rule, at the time of the request',
    }),
    workflowUrl: nullable(Type.String({ description: 'Its page in Temporal’s web UI' })),
  },
  'A person’s change at Meta, carried out by a workflow',
)
export type Change = Static<typeof Change>
