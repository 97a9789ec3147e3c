/** The one place that maps errors of connectors and of the store to Temporal's failures. */

import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common'

import { ConnectorError } from '../../connectors/connector-error.js'
import { StoreError } from '../../store/base/error.js'

/**
 * Returns the failure whose type (`ConnectorError.kind`, `StoreError.code`) workflows decide on. Its first line is for people, and
 * it never contains a token or a phone number. A call that may have been carried out is retried all the same, because every
 * activity first checks whether it was. Sending a message cannot check that, and so has only one attempt.
 *
 * @throws CancelledFailure if the work was cancelled, which is not a failure
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
  // The caller that cancelled knows the reason; the ledger shows what may have been done anyway.
  if (error.kind === 'cancelled')
    throw new CancelledFailure(error.message, [{ mayHaveBeenCarriedOut: error.mayHaveBeenCarriedOut }])
  const { kind, reason, mayHaveBeenCarriedOut, retryAfter, code, subcode, status, userTitle, userMessage, trace, path, request } =
    error
  return ApplicationFailure.create({
    message: error.message,
    type: kind,
    nonRetryable: !error.retryable && !mayHaveBeenCarriedOut,
    // The SDK does not pass `nextRetryDelay` to the workflow, so the details contain the delay too.
    details: [{ reason, mayHaveBeenCarriedOut, retryAfter, code, subcode, status, userTitle, userMessage, trace, path, request }],
    ...(retryAfter === null ? {} : { nextRetryDelay: retryAfter }),
    // Polling for something that is not ready yet need not be logged.
    ...(kind === 'not-ready' ? { category: ApplicationFailureCategory.BENIGN } : {}),
  })
}
