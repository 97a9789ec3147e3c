import Type from 'typebox'

import { insightsAsOf } from '../../../store/account/insights.js'
import { cursorReader, page } from '../http/cursor.js'
import { instant } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { cursorQuery, Day, Instant, oneOf } from '../shapes/common.js'
import { type Insight, InsightPage } from '../shapes/insight.js'
import { accountNamed } from './accounts.js'

const readPlace = cursorReader(
  Type.Object({ day: Type.String(), entityId: Type.String(), hour: Type.Union([Type.Integer(), Type.Null()]) }),
)

export const insightOperations = [
  operation({
    id: 'listInsights',
    method: 'get',
    path: '/api/insights',
    tag: 'Reading',
    summary: 'Insights by day or hour, as known now or at an earlier time',
    query: {
      account: Type.String({ description: 'Name in tetik.yaml' }),
      level: Type.Optional(oneOf(['account', 'campaign', 'adset', 'ad'], { default: 'adset' })),
      id: Type.Optional(Type.String({ description: 'Of one campaign, ad set or ad' })),
      since: Type.String({ ...Day, description: 'First day' }),
      until: Type.String({ ...Day, description: 'Last day, inclusive' }),
      resolution: Type.Optional(oneOf(['day', 'hour'], { default: 'day' })),
      knownAt: Type.Optional(Type.String({ ...Instant, description: 'Returns what was known at that time' })),
      ...cursorQuery({ byDefault: 1000, most: 5000 }),
    },
    problems: ['not-found'],
    responses: { 200: { description: 'A page, by day, entity and hour', schema: InsightPage } },
    handle: async ({ query }, context) => {
      const { currency } = accountNamed(context, query.account)
      if (query.since > query.until) {
        throw new ProblemError('invalid-request', `since (${query.since}) is after until (${query.until}).`, {
          errors: [{ where: 'query.since', message: 'is after until' }],
        })
      }
      const limit = query.limit ?? 1000
      const after = readPlace(query.cursor)
      const rows = await insightsAsOf(context.store, {
        account: query.account,
        level: query.level ?? 'adset',
        since: query.since,
        until: query.until,
        resolution: query.resolution ?? 'day',
        limit: limit + 1,
        ...(query.id === undefined ? {} : { entityId: query.id }),
        ...(query.knownAt === undefined ? {} : { knownAt: Date.parse(query.knownAt) }),
        ...(after === undefined ? {} : { after }),
      })
      const { data, next } = page(rows, limit, ({ day, entityId, hour }) => ({ day, entityId, hour }))
      const insights = data.map((row): Insight => {
        const { campaignId = null, adsetId = null } = row
        return {
          ...row,
          campaignId,
          adsetId,
          spend: { minor: row.spend, currency },
          measures: { ...row.measures },
          learnedAt: instant(row.learnedAt),
        }
      })
      return answer(200, { data: insights, next })
    },
  }),
]
