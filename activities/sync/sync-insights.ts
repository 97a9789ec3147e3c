/** Reads insights of a range of days and stores them with the time they were learned. */

import { heartbeat } from '@temporalio/activity'

import { ConnectorError } from '../../connectors/connector-error.js'
import type { InsightsRequest as MetaInsightsRequest, InsightsRow, ReachRow } from '../../connectors/meta/insights.js'
import type { Account } from '../../engine/account/account.js'
import { DAY } from '../../engine/clock/zone.js'
import { saveInsights } from '../../store/account/insights.js'
import { saveReach } from '../../store/account/reach.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import type { InsightsRequest, ReachRequest, RowsRequest } from '../facts/insights-request.js'
import { syncKind } from '../facts/sync-kind.js'
import type { SyncActivities } from './contract.js'
import { inPages } from './question-size.js'
import { readGone } from './read-gone.js'
import { recordSync, type Sync, syncing } from './record-sync.js'

/** Rows of a page. If even 125 are too many, a report is requested. */
const PAGES = { largest: 500, smallest: 125, hasReports: true }
const PAGES_OF_REPORT = { largest: 500, smallest: 25, hasReports: false }

export const syncInsights =
  (dependencies: ActivityDependencies): SyncActivities['syncInsights'] =>
  async (request) => {
    const account = accountOf(dependencies, request.account)
    const startedAt = dependencies.now()
    return await recorded(dependencies, request, startedAt, async () => {
      const meta = dependencies.meta(account)
      let isReport = false
      const report = async () => {
        isReport = true
        return { report: await meta.startInsightsReport(questionOf(account, request)), startedAt }
      }
      if (request.asReport) return await report()
      try {
        return await inPages(dependencies, account.name, keyOf(request), PAGES, async (page) => {
          if (page === null) return await report()
          const options = { page, onPage }
          if (request.reach)
            return await keepReach(dependencies, request, await meta.readReach(reachOf(account, request), options), startedAt)
          return await save(dependencies, request, await meta.readInsights(rowsOf(account, request), options), startedAt)
        })
      } catch (error) {
        // A page of any size would be refused. If it is too much even for a report, the workflow requests fewer days.
        if (error instanceof ConnectorError && error.kind === 'too-much-data' && !isReport) return await report()
        throw error
      }
    })
  }

/** Polls a report once; Temporal retries while it is not ready. */
export const storeInsightsReport =
  (dependencies: ActivityDependencies): SyncActivities['storeInsightsReport'] =>
  async ({ report, startedAt, ...request }) => {
    const account = accountOf(dependencies, request.account)
    return await recorded(dependencies, request, startedAt, async () => {
      const meta = dependencies.meta(account)
      return await inPages(dependencies, account.name, `${keyOf(request)}, report`, PAGES_OF_REPORT, async (page) => {
        const options = { page: page ?? PAGES_OF_REPORT.smallest, onPage }
        if (request.reach)
          return await keepReach(
            dependencies,
            request,
            await meta.pollReachReport(report, reachOf(account, request), options),
            startedAt,
          )
        return await save(dependencies, request, await meta.pollReport(report, rowsOf(account, request), options), startedAt)
      })
    })
  }

const onPage = (rows: number): void => heartbeat(rows)

/**
 * The same for a request of the same kind on another day, because the number of rows depends on the level, the resolution and the
 * number of days.
 */
function keyOf(request: InsightsRequest): string {
  const days = 1 + Math.round((Date.parse(request.until) - Date.parse(request.since)) / DAY)
  const what = request.reach ? `reach of ${request.level}` : syncKind(request.level, request.hourly)
  return `${what}, ${days} days`
}

/**
 * Records a failed reading of rows. A failed reading of reach is not recorded, because the window simply keeps its last known
 * values.
 */
async function recorded<T>(
  dependencies: ActivityDependencies,
  request: InsightsRequest,
  startedAt: number,
  work: () => Promise<T>,
): Promise<T> {
  if (!request.reach) return await syncing(dependencies, syncOf(request, startedAt), work)
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
  if (level !== 'account' && !request.hourly) {
    await readGone(dependencies, dependencies.meta(accountOf(dependencies, account)), { account, level, since })
  }
  return { rows: rows.length }
}

const syncOf = ({ account, level, since, until, hourly }: RowsRequest, startedAt: number): Sync => ({
  account,
  kind: syncKind(level, hourly),
  since,
  until,
  startedAt,
})

const reachOf = (account: Account, { level, since, until }: ReachRequest) => ({
  accountId: account.id,
  level,
  since,
  until,
})

const questionOf = (account: Account, request: InsightsRequest) =>
  request.reach ? reachOf(account, request) : rowsOf(account, request)

const rowsOf = (account: Account, request: RowsRequest): MetaInsightsRequest => ({
  accountId: account.id,
  currency: account.currency,
  level: request.level,
  since: request.since,
  until: request.until,
  increment: request.hourly ? 'hour' : 'day',
  attribution: account.attribution,
})
