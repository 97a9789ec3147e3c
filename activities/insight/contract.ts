/** The activities of a tick besides its rules. */

import type { CallsToMeta } from '../base/contract.js'

/** Activities that only use our own store. */
export interface InsightActivities {
  /** Opens and resolves the account's alerts by what is unusual now; skipped if that was done in the last quarter of an hour. */
  findAnomalies(input: { account: string }): Promise<FoundAnomalies>
  /** Computes suggestions, which wait until someone applies or dismisses them; skipped if that was done within the hour. */
  makeSuggestions(input: { account: string }): Promise<{ made: number; outdated: number; isSkipped: boolean }>
}

export interface FoundAnomalies {
  readonly found: number
  readonly opened: number
  readonly resolved: number
  readonly isSkipped: boolean
  /** Calls to Meta in this tick so far. Absent in histories of an earlier tetik. */
  readonly calls?: readonly CallsToMeta[]
}
