import Type, { type Static } from 'typebox'

import { Day, Instant, Money, nullable, pageOf, shape } from './common.js'

export const Insight = shape(
  'Insight',
  {
    entityId: Type.String(),
    campaignId: nullable(Type.String({ description: 'The campaign that it belongs to; null in rows of the account' })),
    adsetId: nullable(
      Type.String({ description: 'The ad set that it belongs to; null in rows of the account and of campaigns' }),
    ),
    day: Day,
    hour: nullable(Type.Integer({ minimum: 0, maximum: 23 })),
    spend: Money,
    impressions: Type.Integer(),
    clicks: Type.Integer(),
    measures: Type.Record(Type.String(), nullable(Type.Number()), {
      description:
        'Other additive measures, and actions as `action:<type>` and `value:<type>`; money in minor units; null if unknown',
    }),
    learnedAt: Instant,
  },
  'Numbers of an ad set, an ad, a campaign or the account for a day or an hour; a day without a row in the synced range is zero',
)
export type Insight = Static<typeof Insight>

export const InsightPage = pageOf('InsightPage', Insight)
