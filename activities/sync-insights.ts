/** Reads insights of a range of days and keeps them with the time they were learned. */

import { heartbeat } from '@temporalio/activity'

import type { InsightsRequest as MetaInsightsRequest, InsightsRow } from '../connectors/meta/insights.js'
import type { Account } from '../engine/account/account.js'
import { saveInsights } from '../store/insights.js'
import type { InsightsRequest, MetaReadActivities } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { recordSync, syncing } from './record-sync.js'
import type { Sync } from './record-sync.js'
import { syncKind } from './sync-kind.js'

const options = { onPage: (rows: number) => heartbeat(rows) }

export const syncInsights =
  (dependencies: ActivityDependencies): MetaReadActivities['syncInsights'] =>
  async (request) => {
    const account = accountOf(dependencies, request.account)
    const startedAt = dependencies.now()
    return await syncing(dependencies, syncOf(request, startedAt), async () => {
      const answer = await dependencies.meta(account).readInsights(questionOf(account, request), options)
      if (answer.kind === 'report') return { report: answer.reportRunId, startedAt }
      return await save(dependencies, request, answer.rows, startedAt)
    })
  }

/** One poll of a report; Temporal polls again while it is not ready. */
export const storeInsightsReport =
  (dependencies: ActivityDependencies): MetaReadActivities['storeInsightsReport'] =>
  async ({ report, startedAt, ...request }) => {
    const account = accountOf(dependencies, request.account)
    return await syncing(dependencies, syncOf(request, startedAt), async () => {
      const rows = await dependencies.meta(account).pollReport(report, questionOf(account, request), options)
      return await save(dependencies, request, rows, startedAt)
    })
  }

async function save(
  dependencies: ActivityDependencies,
  request: InsightsRequest,
  rows: readonly InsightsRow[],
  learnedAt: number,
): Promise<{ rows: number }> {
  const { account, level, since, until } = request
  await saveInsights(dependencies.store, {
    account,
    level,
    since,
    until,
    resolution: request.hourly ? 'hour' : 'day',
    learnedAt,
    rows: rows.map((row) => ({
      entityId: row.entity_id,
      campaignId: row.campaign_id,
      adsetId: row.adset_id,
      day: row.day,
      hour: row.hour,
      spend: row.spend,
      impressions: row.impressions,
      clicks: row.clicks,
      measures: row.measures,
    })),
  })
  await recordSync(dependencies, syncOf(request, learnedAt))
  return { rows: rows.length }
}

const syncOf = ({ account, level, since, until, hourly }: InsightsRequest, startedAt: number): Sync => ({
  account,
  kind: syncKind(level, hourly),
  since,
  until,
  startedAt,
})

const questionOf = (account: Account, request: InsightsRequest): MetaInsightsRequest => ({
  accountId: account.id,
  currency: account.currency,
  level: request.level,
  since: request.since,
  until: request.until,
  increment: request.hourly ? 'hour' : 'day',
  attribution: account.attribution,
})
