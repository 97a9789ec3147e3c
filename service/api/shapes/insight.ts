import Type, { type Static } from 'typebox'

import { Day, Instant, Money, nullable, pageOf, shape } from './common.js'

export const Insight = shape(
  'Insight',
  {
    entityId: Type.String(),
    campaignId: nullable(Type.String({ description: 'The campaign that it is in; null in rows of the account' })),
    adsetId: nullable(Type.String({ description: 'The ad set that it is in; null in rows of the account and of campaigns' })),
    day: Day,
    hour: nullable(Type.Integer({ minimum: 0, maximum: 23 })),
    spend: Money,
    impressions: Type.Integer(),
    clicks: Type.Integer(),
    measures: Type.Record(Type.String(), nullable(Type.Number()), {
      description:
        'Other additive measures, and actions by `action:<type>` and `value:<type>`; money in minor units; null is not known',
    }),
    learnedAt: Instant,
  },
  'A day, or an hour, of an ad set, an ad, a campaign or the account; days without a row within the synced range are zero',
)
export type Insight = Static<typeof Insight>

export const InsightPage = pageOf('InsightPage', Insight)
