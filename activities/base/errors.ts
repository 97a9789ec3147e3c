/** From what connectors and the store throw to what Temporal decides on: the one place where that is mapped. */

import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common'

import { ConnectorError } from '../../connectors/connector-error.js'
import { StoreError } from '../../store/base/error.js'

/**
 * The failure with the type (`ConnectorError.kind`, `StoreError.code`) that workflows decide on. Its first line is for
 * people; nothing in it holds a token or a number. What may have been carried out is tried again all the same, since every
 * activity finds out first; sending a message, which cannot, has one attempt.
 *
 * @throws CancelledFailure where the work was cancelled: that is no failure of its own
 */
export function failureOf(error: unknown): ApplicationFailure {
  if (error instanceof CancelledFailure) throw error
  if (error instanceof ApplicationFailure) return error
  if (error instanceof ConnectorError) return ofConnector(error)
  if (error instanceof StoreError) {
    return ApplicationFailure.create({ message: error.message, type: error.code, nonRetryable: false })
  }
  return ApplicationFailure.create({
    message: error instanceof Error ? error.message : String(error),
    type: error instanceof Error ? error.name : 'Error',
    ...(error instanceof Error ? { cause: error } : {}),
  })
}

function ofConnector(error: ConnectorError): ApplicationFailure {
  // The canceller knows why; what may have been done all the same is in the ledger.
  if (error.kind === 'cancelled')
    throw new CancelledFailure(error.message, [{ mayHaveBeenCarriedOut: error.mayHaveBeenCarriedOut }])
  const { kind, reason, mayHaveBeenCarriedOut, retryAfter, code, subcode, status, userTitle, userMessage, trace, path, request } =
    error
  return ApplicationFailure.create({
    message: error.message,
    type: kind,
    nonRetryable: !error.retryable && !mayHaveBeenCarriedOut,
    // The SDK does not hand `nextRetryDelay` on to the workflow, hence the delay among the details.
    details: [{ reason, mayHaveBeenCarriedOut, retryAfter, code, subcode, status, userTitle, userMessage, trace, path, request }],
    ...(retryAfter === null ? {} : { nextRetryDelay: retryAfter }),
    // Polling for what is not there yet is no news for logs.
    ...(kind === 'not-ready' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  })
}
