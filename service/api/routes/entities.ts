import Type from 'typebox'

import { picturesOf } from '../../../store/account/ad-pictures.js'
import { type EntityLevel, type EntityRevision, listEntities } from '../../../store/account/entities.js'
import type { Row } from '../../../store/tables/tables.js'
import type { ApiContext } from '../http/context.js'
import { cursorReader, page } from '../http/cursor.js'
import { instant } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { cursorQuery, type Money } from '../shapes/common.js'
import { type Ad, AdPage, type Adset, AdsetPage, type Campaign, CampaignPage } from '../shapes/entity.js'
import { accountNamed } from './accounts.js'

const readPlace = cursorReader(Type.Object({ id: Type.String() }))

const query = {
  account: Type.Optional(Type.String({ description: 'Name in tetik.yaml' })),
  status: Type.Optional(
    Type.String({
      description: 'As configured, for example ACTIVE; entities that are DELETED or ARCHIVED are listed only on request',
    }),
  ),
  ...cursorQuery({ byDefault: 100, most: 500 }),
}
const campaign = Type.Optional(Type.String({ description: 'A campaign’s id' }))
const adset = Type.Optional(Type.String({ description: 'An ad set’s id' }))

export const entityOperations = [
  operation({
    id: 'listCampaigns',
    method: 'get',
    path: '/api/campaigns',
    tag: 'Reading',
    summary: 'Campaigns as last synced, by id',
    query,
    problems: ['not-found'],
    responses: { 200: { description: 'A page', schema: CampaignPage } },
    handle: async ({ query }, context) => answer(200, await pageOf(context, 'campaign', query, campaignOf)),
  }),
  operation({
    id: 'listAdsets',
    method: 'get',
    path: '/api/adsets',
    tag: 'Reading',
    summary: 'Ad sets as last synced, by id',
    query: { ...query, campaign },
    problems: ['not-found'],
    responses: { 200: { description: 'A page', schema: AdsetPage } },
    handle: async ({ query }, context) => answer(200, await pageOf(context, 'adset', query, adsetOf)),
  }),
  operation({
    id: 'listAds',
    method: 'get',
    path: '/api/ads',
    tag: 'Reading',
    summary: 'Ads as last synced, by id',
    query: { ...query, campaign, adset },
    problems: ['not-found'],
    responses: { 200: { description: 'A page', schema: AdPage } },
    handle: async ({ query }, context) => {
      const { data, next } = await pageOf(context, 'ad', query, adOf)
      const pictures = await picturesOf(
        context.store,
        data.map(({ id }) => id),
      )
      return answer(200, { data: data.map((ad) => withPicture(ad, pictures.get(ad.id))), next })
    },
  }),
]

interface EntityQuery {
  readonly account?: string | undefined
  readonly status?: string | undefined
  readonly campaign?: string | undefined
  readonly adset?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

async function pageOf<T>(
  context: ApiContext,
  level: EntityLevel,
  { account, status, campaign, adset, cursor, limit = 100 }: EntityQuery,
  write: (entity: EntityRevision, currency: string) => T,
): Promise<{ data: T[]; next: string | null }> {
  if (account !== undefined) accountNamed(context, account)
  const after = readPlace(cursor)?.id
  const found = await listEntities(context.store, {
    level,
    limit: limit + 1,
    ...(account === undefined ? {} : { account }),
    ...(status === undefined ? {} : { status }),
    ...(campaign === undefined ? {} : { campaignId: campaign }),
    ...(adset === undefined ? {} : { adsetId: adset }),
    ...(after === undefined ? {} : { after }),
  })
  const { data, next } = page(found, limit, ({ id }) => ({ id }))
  const currencies = new Map(context.settings().accounts.map((row) => [row.name, row.currency]))
  return { data: data.map((entity) => write(entity, currencies.get(entity.account) ?? 'XXX')), next }
}

const money = (minor: number | null, currency: string): Money | null => (minor === null ? null : { minor, currency })

const campaignOf = (entity: EntityRevision, currency: string): Campaign => ({
  id: entity.id,
  account: entity.account,
  name: entity.name,
  status: entity.status,
  effectiveStatus: entity.effectiveStatus,
  dailyBudget: money(entity.dailyBudget, currency),
  lifetimeBudget: money(entity.lifetimeBudget, currency),
  fields: { ...entity.fields },
  learnedAt: instant(entity.learnedAt),
})

const adsetOf = (entity: EntityRevision, currency: string): Adset => ({
  ...campaignOf(entity, currency),
  campaignId: entity.campaignId,
})

type Picture = Pick<Ad, 'creativeId' | 'thumbnailUrl' | 'imageUrl'>

const withPicture = (ad: Omit<Ad, keyof Picture>, picture: Row<'ad_pictures'> | undefined): Ad => ({
  ...ad,
  creativeId: picture?.creative ?? null,
  thumbnailUrl: picture?.thumbnail_url ?? null,
  imageUrl: picture?.image_url ?? null,
})

const adOf = (entity: EntityRevision, currency: string): Omit<Ad, keyof Picture> => ({
  ...adsetOf(entity, currency),
  adsetId: entity.adsetId ?? '',
})
