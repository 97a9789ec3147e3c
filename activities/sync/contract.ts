/** The activities that read an account from Meta. */

import type { InsightsRequest } from '../facts/insights-request.js'

/** Activities that read from Meta. */
export interface SyncActivities {
  syncStructure(input: { account: string }): Promise<{ campaigns: number; adsets: number; ads: number }>
  /** Returns the number of stored rows, or the report that Meta prepares instead of answering at once. */
  syncInsights(input: InsightsRequest): Promise<{ rows: number } | PendingReport>
  /**
   * Stores a finished report. Fails with `not-ready` while Meta prepares it, and with `report-failed` if another must be started.
   */
  storeInsightsReport(input: InsightsRequest & PendingReport): Promise<{ rows: number }>
}

/** A report that Meta prepares. It contains what happened before `startedAt` (epoch milliseconds). */
interface PendingReport {
  readonly report: string
  readonly startedAt: number
}

export interface ReadingPlan {
  /** What to read first. If it is empty and no rule is due, it is too early to read the account again. */
  readonly insights: readonly InsightsRequest[]
  /** What may be read after the rules were evaluated: mostly hours of past days, which show what is usual. */
  readonly history: readonly InsightsRequest[]
}
