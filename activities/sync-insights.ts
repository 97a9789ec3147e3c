/** Reads insights of a range of days and keeps them with the time they were learned. */

import { heartbeat } from '@temporalio/activity'

import type { InsightsRequest as MetaInsightsRequest, InsightsRow, ReachRow } from '../connectors/meta/insights.js'
import type { Account } from '../engine/account/account.js'
import { saveInsights } from '../store/insights.js'
import { saveReach } from '../store/reach.js'
import type { MetaReadActivities, ReachRequest, RowsRequest } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { failureOf } from './errors.js'
import { recordSync, syncing } from './record-sync.js'
import type { Sync } from './record-sync.js'
import { syncKind } from './sync-kind.js'

const options = { onPage: (rows: number) => heartbeat(rows) }

export const syncInsights =
  (dependencies: ActivityDependencies): MetaReadActivities['syncInsights'] =>
  async (request) => {
    const account = accountOf(dependencies, request.account)
    const startedAt = dependencies.now()
    if (request.reach) {
      return await failing(async () => {
        const rows = await dependencies.meta(account).readReach(reachQuestion(account, request), options)
        return await keepReach(dependencies, request, rows, startedAt)
      })
    }
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
    if (request.reach) throw new Error('Reach is never prepared as a report.')
    return await syncing(dependencies, syncOf(request, startedAt), async () => {
      const rows = await dependencies.meta(account).pollReport(report, questionOf(account, request), options)
      return await save(dependencies, request, rows, startedAt)
    })
  }

/** A reading of a window that fails leaves the window as it was known: there is nothing to write down of it. */
async function failing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failureOf(error)
  }
}

async function keepReach(
  { store, now }: ActivityDependencies,
  { account, level, since, until }: ReachRequest,
  rows: readonly ReachRow[],
  startedAt: number,
): Promise<{ rows: number }> {
  await saveReach(store, {
    account,
    level,
    since,
    until,
    startedAt,
    finishedAt: now(),
    rows: rows.map(({ entity_id: entityId, reach, frequency }) => ({ entityId, reach, frequency })),
  })
  return { rows: rows.length }
}

async function save(
  dependencies: ActivityDependencies,
  request: RowsRequest,
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

const syncOf = ({ account, level, since, until, hourly }: RowsRequest, startedAt: number): Sync => ({
  account,
  kind: syncKind(level, hourly),
  since,
  until,
  startedAt,
})

const reachQuestion = (account: Account, { level, since, until }: ReachRequest) => ({
  accountId: account.id,
  level,
  since,
  until,
})

const questionOf = (account: Account, request: RowsRequest): MetaInsightsRequest => ({
  accountId: account.id,
  currency: account.currency,
  level: request.level,
  since: request.since,
  until: request.until,
  increment: request.hourly ? 'hour' : 'day',
  attribution: account.attribution,
})
