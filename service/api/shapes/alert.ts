import Type, { type Static } from 'typebox'

import { Day, Instant, nullable, oneOf, pageOf, shape } from './common.js'

export const ALERT_STATES = ['open', 'seen', 'snoozed', 'resolved'] as const
export const ALERT_METRICS = ['spend', 'results', 'cpa', 'cpc', 'cpm', 'ctr', 'roas'] as const
const AlertScope = oneOf(['account', 'campaign', 'adset'])

const Contribution = shape(
  'Contribution',
  {
    scope: AlertScope,
    id: Type.String(),
    name: nullable(Type.String()),
    value: Type.Number(),
    expected: Type.Number(),
    share: Type.Number({ description: 'Of the deviation: 0.8 is four fifths of it' }),
    isUnusual: Type.Boolean({ description: 'Whether it is unusual itself' }),
    isDelivering: Type.Boolean({ description: 'False where somebody paused or ended it' }),
  },
  'What an entity below adds to the deviation',
)

const alert = {
  id: Type.String(),
  account: Type.String(),
  entity: shape('AlertEntity', { scope: AlertScope, id: nullable(Type.String()), name: nullable(Type.String()) }),
  metric: oneOf(ALERT_METRICS),
  unit: Type.String({ description: 'A currency for money, else `count`, `percentage` (a ratio) or `number`' }),
  direction: oneOf(['up', 'down']),
  kind: oneOf(['spike', 'shift', 'zero', 'drift']),
  value: nullable(Type.Number({ description: 'In the major unit, as it was last seen; null for a ratio over nothing' })),
  expected: Type.Number(),
  lo: Type.Number({ description: 'The band that 95 % of values should lie in' }),
  hi: Type.Number(),
  score: Type.Number({ description: 'Robust standard deviations, signed' }),
  contributions: Type.Array(Contribution, { description: 'Of spend and results: what is below, the largest share first' }),
  firstDay: Day,
  lastDay: Type.String({ ...Day, description: 'The day that it was last seen on' }),
  openedAt: Instant,
  heldAt: Type.String({ ...Instant, description: 'When it was last found to hold' }),
}

export const Anomaly = shape('Anomaly', { ...alert, isOver: Type.Boolean() }, 'Something unusual, whether it goes on or is over')
export type Anomaly = Static<typeof Anomaly>
export const AnomalyPage = pageOf('AnomalyPage', Anomaly)

export const Alert = shape(
  'Alert',
  {
    ...alert,
    state: oneOf(ALERT_STATES),
    snoozedUntil: nullable(Instant),
    cause: nullable(Type.String({ description: 'The alert that explains this one: tell of that one instead' })),
    resolvedAt: nullable(Instant),
    changedBy: nullable(Type.String({ description: 'Who last changed its state; null where it took its own course' })),
  },
  'An anomaly that somebody should know of',
)
export type Alert = Static<typeof Alert>
export const AlertPage = pageOf('AlertPage', Alert)

export const Snooze = shape('AlertSnooze', {
  hours: Type.Number({
    exclusiveMinimum: 0,
    maximum: 24 * 90,
    description: 'For how long; then it is open again if it still holds',
  }),
})
