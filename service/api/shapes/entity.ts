import Type, { type Static } from 'typebox'

import { Instant, Money, nullable, pageOf, shape } from './common.js'

const common = {
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  status: Type.String({ description: 'As configured: ACTIVE, PAUSED, DELETED, ARCHIVED' }),
  effectiveStatus: Type.String({ description: 'With what is above it' }),
  dailyBudget: nullable(Money),
  lifetimeBudget: nullable(Money),
  fields: Type.Record(Type.String(), Type.Unknown(), { description: 'Other fields, by Meta’s names' }),
  learnedAt: Type.String({ ...Instant, description: 'Since when tetik has known it to be so' }),
}

export const Campaign = shape('Campaign', common)
export const Adset = shape('Adset', { ...common, campaignId: Type.String() })
const address = (description: string) => nullable(Type.String({ description }))

export const Ad = shape('Ad', {
  ...common,
  campaignId: Type.String(),
  adsetId: Type.String(),
  creativeId: nullable(Type.String()),
  thumbnailUrl: address('A small picture at Meta’s; such addresses end after some days and are read again twice a day'),
  imageUrl: address('The image that it shows; null for a video, and before it was read'),
})

export type Campaign = Static<typeof Campaign>
export type Adset = Static<typeof Adset>
export type Ad = Static<typeof Ad>

export const CampaignPage = pageOf('CampaignPage', Campaign)
export const AdsetPage = pageOf('AdsetPage', Adset)
export const AdPage = pageOf('AdPage', Ad)
