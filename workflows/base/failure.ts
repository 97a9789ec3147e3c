/** What an activity's failure says, read once here: workflows decide on types, never on text. */

import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow'

import type { ErrorSummary } from '../../activities/base/contract.js'

/**
 * The type and first line of what an activity failed with. A time-out has the type `Timeout`: the work may have been done.
 *
 * @throws what is no failure of an activity (a cancellation among them), so that it is never taken for an outcome
 */
export function summarise(error: unknown): ErrorSummary {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
  const cause = error.cause
  if (cause instanceof TimeoutFailure) return { type: 'Timeout', message: 'No answer came in time.' }
  if (cause instanceof ApplicationFailure) return { type: cause.type ?? 'Error', message: firstLine(cause.message) }
  return { type: 'Error', message: firstLine(cause?.message ?? error.message) }
}

/** The rest is for those who look closer, and stands in the activity's own failure. */
const firstLine = (message: string): string => message.split('\n', 1)[0]!

/** The pause that the outside system asked for before a next try, in milliseconds. */
export function askedDelay(error: unknown): number | null {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return null
  const [details] = (error.cause.details ?? []) as { retryAfter?: number | null }[]
  return details?.retryAfter ?? null
}

/** Whether trying the same again can help: the mapping of errors said so when it made this failure. */
export function isPermanent(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true
}
