/** Reads an account's structure and insights from Meta into the store, as a part of `watchAccount` and others. */

import { patched } from '@temporalio/workflow'

import type { ErrorSummary } from '../../activities/base/contract.js'
import type { InsightsRequest, RowsRequest } from '../../activities/facts/insights-request.js'
import { reads, reports } from './activity-options.js'
import { summarise } from './failure.js'

const DAY = 86_400_000
/** How often one report is started within a tick. */
const MOST_STARTS = 3
/** Patch id: after a failed report, fewer days are requested. Older histories replay without it. */
const FEWER_DAYS = 'fewer-days-after-failed-reports'
/** How often a reading is repeated with smaller pages. */
const MOST_ROUNDS = 3

/** Reads what the tick needs. Returns the first failure, after which nothing more is read, or null if all was read. */
export async function syncAccount(account: string, insights: readonly InsightsRequest[]): Promise<ErrorSummary | null> {
  try {
    const summary = `Campaigns, ad sets and ads of ${account}`
    await whileShrinking(() => reads.syncStructure.executeWithOptions({ summary }, [{ account }]))
    for (const request of insights) await syncInsights(request)
    return null
  } catch (error) {
    return summarise(error)
  }
}

/** Reads history that no rule needs now. A failure is ignored: a later tick asks again. */
export async function syncHistory(history: readonly InsightsRequest[]): Promise<void> {
  try {
    for (const request of history) await syncInsights(request)
  } catch (error) {
    summarise(error)
  }
}

async function syncInsights(request: InsightsRequest, mostStarts = MOST_STARTS): Promise<void> {
  const what = request.reach ? 'reach' : `insights by ${request.hourly ? 'hour' : 'day'}`
  const summary = `${request.level} ${what}, ${request.since} to ${request.until}`
  try {
    await inReports(request, summary, mostStarts)
  } catch (error) {
    // Reach over fewer days would be the reach of another window.
    if (request.reach || request.since === request.until) throw error
    const { type } = summarise(error)
    const isGivenUp = type === 'report-failed' && patched(FEWER_DAYS)
    if (type !== 'too-much-data' && !isGivenUp) throw error
    // If the number of days was not the reason, the report of a half fails too, so one start of it is enough.
    for (const half of halves(request)) await syncInsights(half, isGivenUp ? 1 : mostStarts)
  }
}

/** Reads directly, or as a report if Meta has to prepare one. A report that failed at Meta is started again. */
async function inReports(request: InsightsRequest, summary: string, mostStarts: number): Promise<void> {
  for (let start = 1; ; start += 1) {
    const again = start === 1 ? '' : `, start ${start} of its report`
    const asked = start === 1 ? request : { ...request, asReport: true as const }
    const answer = await whileShrinking(() => reads.syncInsights.executeWithOptions({ summary: `${summary}${again}` }, [asked]))
    if (!('report' in answer)) return
    try {
      await reports.storeInsightsReport.executeWithOptions({ summary: `${summary}: a report${again}` }, [
        { ...request, ...answer },
      ])
      return
    } catch (error) {
      if (summarise(error).type !== 'report-failed' || start === mostStarts) throw error
    }
  }
}

/**
 * Repeats a reading whose page was too large. Each failure leaves a smaller page for the next try; one activity has few tries.
 */
async function whileShrinking<T>(read: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await read()
    } catch (error) {
      if (summarise(error).type !== 'page-too-large' || round === MOST_ROUNDS) throw error
    }
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
