import Type, { type Static } from 'typebox'

import { Instant, Money, nullable, pageOf, shape } from './common.js'

const common = {
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  status: Type.String({ description: 'As configured: ACTIVE, PAUSED, DELETED, ARCHIVED' }),
  effectiveStatus: Type.String({ description: 'Taking the entities above it into account' }),
  dailyBudget: nullable(Money),
  lifetimeBudget: nullable(Money),
  fields: Type.Record(Type.String(), Type.Unknown(), { description: 'Other fields, by Meta’s names' }),
  learnedAt: Type.String({ ...Instant, description: 'When tetik first read these values' }),
}

export const Campaign = shape('Campaign', common)
export const Adset = shape('Adset', { ...common, campaignId: Type.String() })
const address = (description: string) => nullable(Type.String({ description }))

export const Ad = shape('Ad', {
  ...common,
  campaignId: Type.String(),
  adsetId: Type.String(),
  creativeId: nullable(Type.String()),
  thumbnailUrl: address('A small picture at Meta; such addresses expire after some days and are refreshed twice a day'),
  imageUrl: address('The ad’s image; null for a video, or if not read yet'),
})

export type Campaign = Static<typeof Campaign>
export type Adset = Static<typeof Adset>
export type Ad = Static<typeof Ad>

export const CampaignPage = pageOf('CampaignPage', Campaign)
export const AdsetPage = pageOf('AdsetPage', Adset)
export const AdPage = pageOf('AdPage', Ad)
