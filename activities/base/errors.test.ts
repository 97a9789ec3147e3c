import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { describe, expect, it } from 'vitest'

import { type ConnectorErrorDetails, MetaError, WhatsAppError } from '../../connectors/connector-error.js'
import { failureOf } from './errors.js'

const details = (more: Partial<ConnectorErrorDetails>): ConnectorErrorDetails => ({
  kind: 'invalid-request',
  reason: 'meta-100',
  retryable: false,
  retryAfter: null,
  mayHaveBeenCarriedOut: false,
  code: 100,
  subcode: null,
  status: 400,
  userTitle: null,
  userMessage: null,
  trace: 'AbC',
  path: null,
  request: 'POST /v27.0/1',
  ...more,
})

describe('the failure made of a connector’s error', () => {
  it('has the error’s kind as its type and a first line for people', () => {
    const failure = failureOf(new MetaError('Could not pause it: no.\nMeta, POST /v27.0/1', details({})))
    expect(failure).toMatchObject({ type: 'invalid-request', nonRetryable: true })
    expect(failure.message.split('\n')[0]).toBe('Could not pause it: no.')
    expect(failure.details).toMatchObject([{ reason: 'meta-100', code: 100, trace: 'AbC', request: 'POST /v27.0/1' }])
  })

  it('delays the next attempt as long as the server asked for', () => {
    const limited = details({ kind: 'rate-limited', retryable: true, retryAfter: 420_000 })
    expect(failureOf(new MetaError('x', limited))).toMatchObject({ nonRetryable: false, nextRetryDelay: 420_000 })
    expect(failureOf(new MetaError('x', { ...limited, retryAfter: null })).nextRetryDelay).toBeUndefined()
  })

  it('is retryable if the call may have been carried out, because every activity checks that first', () => {
    const open = details({ kind: 'unknown-outcome', mayHaveBeenCarriedOut: true })
    expect(failureOf(new WhatsAppError('x', open))).toMatchObject({ type: 'unknown-outcome', nonRetryable: false })
  })

  it('is not logged while something is not ready yet', () => {
    expect(failureOf(new MetaError('x', details({ kind: 'not-ready', retryable: true })))).toMatchObject({ category: 'BENIGN' })
  })

  it('is a cancellation if the caller gave up', () => {
    expect(() => failureOf(new MetaError('x', details({ kind: 'cancelled' })))).toThrow(CancelledFailure)
  })
})

it('an ApplicationFailure is returned unchanged', () => {
  const failure = ApplicationFailure.nonRetryable('x', 'y')
  expect(failureOf(failure)).toBe(failure)
  expect(() => failureOf(new CancelledFailure('x'))).toThrow(CancelledFailure)
})

it('any other error is retryable and keeps its own name', () => {
  expect(failureOf(new RangeError('out of it'))).toMatchObject({ type: 'RangeError', nonRetryable: false, message: 'out of it' })
  expect(failureOf('a text')).toMatchObject({ type: 'Error', message: 'a text' })
})
