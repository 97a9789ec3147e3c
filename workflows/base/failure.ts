/** Reads an activity's failure. Workflows decide on its type, never on its text. */

import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow'

import type { ErrorSummary } from '../../activities/base/contract.js'

/**
 * Returns the type and the first line of an activity's failure. A timeout has the type `Timeout`: the work may have been done.
 *
 * @throws the error itself if it is not an activity's failure (a cancellation, for example), so that it is not mistaken for one
 */
export function summarise(error: unknown): ErrorSummary {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
  const cause = error.cause
  if (cause instanceof TimeoutFailure) return { type: 'Timeout', message: 'No answer came in time.' }
  if (cause instanceof ApplicationFailure) return { type: cause.type ?? 'Error', message: firstLine(cause.message) }
  return { type: 'Error', message: firstLine(cause?.message ?? error.message) }
}

/** The other lines are in the activity's own failure, in Temporal. */
const firstLine = (message: string): string => message.split('\n', 1)[0]!

/** Returns how long the other system asked to wait before the next try (`Retry-After`), in milliseconds; null if it did not. */
export function askedDelay(error: unknown): number | null {
  if (!(error instanceof ActivityFailure) || !(error.cause instanceof ApplicationFailure)) return null
  const [details] = (error.cause.details ?? []) as { retryAfter?: number | null }[]
  return details?.retryAfter ?? null
}

/** Returns whether a retry cannot help, as the mapping of errors decided when it made this failure. */
export function isPermanent(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true
}
