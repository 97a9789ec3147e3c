/** What a tick may call apart from its rules. */

import type { CallsToMeta } from '../base/contract.js'

/** Of our own store. */
export interface InsightActivities {
  /** Brings the account's alerts in line with what is unusual now; skipped where that was done a moment ago. */
  findAnomalies(input: { account: string }): Promise<FoundAnomalies>
  /** Looks what could be done, which then waits for a word; skipped where that was done within the hour. */
  makeSuggestions(input: { account: string }): Promise<{ made: number; outdated: number; isSkipped: boolean }>
}

export interface FoundAnomalies {
  readonly found: number
  readonly opened: number
  readonly resolved: number
  readonly isSkipped: boolean
  /** To Meta, in this tick until now. Absent in histories of an earlier tetik. */
  readonly calls?: readonly CallsToMeta[]
}
