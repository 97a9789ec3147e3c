/** Brings an account's structure and insights up to date. A part of `watchAccount`. */

import type { ErrorSummary, InsightsRequest, RowsRequest } from '../activities/contracts.js'
import { reads, reports } from './activity-options.js'
import { summarise } from './failure.js'

const DAY = 86_400_000

/** Reads what the tick needs; the first failure ends it, since what follows would fail likewise. Null where all went well. */
export async function syncAccount(account: string, insights: readonly InsightsRequest[]): Promise<ErrorSummary | null> {
  try {
    await reads.syncStructure.executeWithOptions({ summary: `Campaigns, ad sets and ads of ${account}` }, [{ account }])
    for (const request of insights) await syncInsights(request)
    return null
  } catch (error) {
    return summarise(error)
  }
}

/** What is good to have and no tick waits for: where it fails, a later tick asks again. */
export async function syncHistory(history: readonly InsightsRequest[]): Promise<void> {
  try {
    for (const request of history) await syncInsights(request)
  } catch (error) {
    summarise(error)
  }
}

async function syncInsights(request: InsightsRequest): Promise<void> {
  const what = request.reach ? 'reach' : `insights by ${request.hourly ? 'hour' : 'day'}`
  const summary = `${request.level} ${what}, ${request.since} to ${request.until}`
  try {
    const answer = await reads.syncInsights.executeWithOptions({ summary }, [request])
    if (!('report' in answer)) return
    await reports.storeInsightsReport.executeWithOptions({ summary: `${summary}: a report` }, [{ ...request, ...answer }])
  } catch (error) {
    // Fewer days would be another window.
    if (summarise(error).type !== 'too-much-data' || request.reach || request.since === request.until) throw error
    for (const half of halves(request)) await syncInsights(half)
  }
}

/** The earlier and the later half of the days. */
function halves(request: RowsRequest): readonly RowsRequest[] {
  const [first, last] = [Date.parse(request.since), Date.parse(request.until)]
  const middle = first + Math.floor((last - first) / DAY / 2) * DAY
  return [
    { ...request, until: isoDay(middle) },
    { ...request, since: isoDay(middle + DAY) },
  ]
}

const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10)
