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
    share: Type.Number({ description: 'Share of the deviation, as a ratio: 0.8 is 80%' }),
    isUnusual: Type.Boolean({ description: 'Whether this entity’s value is unusual in itself' }),
    isDelivering: Type.Boolean({ description: 'False if somebody paused or ended it' }),
  },
  'How much of the deviation comes from one entity below',
)

const alert = {
  id: Type.String(),
  account: Type.String(),
  entity: shape('AlertEntity', { scope: AlertScope, id: nullable(Type.String()), name: nullable(Type.String()) }),
  metric: oneOf(ALERT_METRICS),
  unit: Type.String({ description: 'A currency for money, else `count`, `percentage` (a ratio) or `number`' }),
  direction: oneOf(['up', 'down']),
  kind: oneOf(['spike', 'shift', 'zero', 'drift']),
  value: nullable(Type.Number({ description: 'Last known value, in the major unit; null for a ratio with a zero denominator' })),
  expected: Type.Number(),
  lo: Type.Number({ description: 'Lower bound of the band that should contain 95% of values' }),
  hi: Type.Number(),
  score: Type.Number({ description: 'Robust standard deviations, signed' }),
  contributions: Type.Array(Contribution, { description: 'For spend and results: entities below, largest share first' }),
  firstDay: Day,
  lastDay: Type.String({ ...Day, description: 'Last day on which it was found' }),
  openedAt: Instant,
  heldAt: Type.String({ ...Instant, description: 'When it was last confirmed' }),
}

export const Anomaly = shape(
  'Anomaly',
  { ...alert, isOver: Type.Boolean() },
  'A deviation from the expected value, current or past',
)
export type Anomaly = Static<typeof Anomaly>
export const AnomalyPage = pageOf('AnomalyPage', Anomaly)

export const Alert = shape(
  'Alert',
  {
    ...alert,
    state: oneOf(ALERT_STATES),
    snoozedUntil: nullable(Instant),
    cause: nullable(Type.String({ description: 'The alert that explains this one; show that one instead' })),
    resolvedAt: nullable(Instant),
    changedBy: nullable(Type.String({ description: 'Who last changed its state; null if nobody did' })),
  },
  'An anomaly that people should look at',
)
export type Alert = Static<typeof Alert>
export const AlertPage = pageOf('AlertPage', Alert)

export const Snooze = shape('AlertSnooze', {
  hours: Type.Number({
    exclusiveMinimum: 0,
    maximum: 24 * 90,
    description: 'Duration; afterwards the alert reopens if the anomaly continues',
  }),
})
