/** What reading an account from Meta may ask to be done. */

import type { InsightsRequest } from '../facts/insights-request.js'

/** Readings of Meta. */
export interface SyncActivities {
  syncStructure(input: { account: string }): Promise<{ campaigns: number; adsets: number; ads: number }>
  /** The number of rows that were stored, or the report that Meta prepares instead of answering at once. */
  syncInsights(input: InsightsRequest): Promise<{ rows: number } | PendingReport>
  /** Fails with the type `not-ready` for as long as the report is not, with `report-failed` where another must be started. */
  storeInsightsReport(input: InsightsRequest & PendingReport): Promise<{ rows: number }>
}

/** A report that Meta prepares. It knows of what happened before `startedAt`. */
interface PendingReport {
  readonly report: string
  readonly startedAt: number
}

export interface ReadingPlan {
  /** What to read first; none, where no rule is due, means that it is too early to read the account again. */
  readonly insights: readonly InsightsRequest[]
  /** What may be read after the rules had their turn: hours of days gone by, to know what is usual. */
  readonly history: readonly InsightsRequest[]
}
