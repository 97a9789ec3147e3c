/**
 * Calls the user's own URLs: a single POST with JSON, signed according to Standard Webhooks (version 1, symmetric), so that any
 * library for it can detect forgeries, and repeated deliveries by their id.
 */

import { createHmac } from 'node:crypto'

import { ConnectorError, type ConnectorErrorDetails } from '../connector-error.js'
import type { CallOptions, ConnectorOptions } from '../options.js'
import { createTransport, TransportFailure } from '../transport.js'

export interface WebhookCall {
  /** http or https. Its path or query may contain a secret, so it is never included in errors. */
  readonly url: string
  /** A name of the URL for people: the environment variable that holds it. */
  readonly name: string
  /** The same for every attempt of a call. */
  readonly id: string
  readonly body: unknown
  /** `whsec_` and base64, or any other text; null leaves the call unsigned. */
  readonly secret: string | null
}

export interface WebhookClient {
  /**
   * Resolves when the receiver accepted the call (2xx).
   *
   * @throws ConnectorError `invalid-request` for an invalid URL, or if the receiver refused permanently (a redirect, or any 4xx
   *   not listed below); temporary failures (408, 425, 429, 5xx, a lost connection) are `retryable`
   */
  call(call: WebhookCall, options?: CallOptions): Promise<{ readonly status: number }>
  close(): Promise<void>
}

type WebhookClientOptions = Pick<ConnectorOptions, 'dispatcher' | 'timeouts' | 'signal'> & { readonly now?: () => number }

/** The answer's body is read up to this size and discarded. */
const LARGEST_ANSWER = 1_000_000
const PASSING = new Set([408, 425, 429])

export function createWebhookClient(options: WebhookClientOptions = {}): WebhookClient {
  const now = options.now ?? Date.now
  const timeouts = { connect: 5_000, headers: 15_000, body: 10_000, total: 25_000, ...options.timeouts }
  const transport = createTransport({ ...options, timeouts, maxAnswerBytes: LARGEST_ANSWER })
  return {
    async call({ url: written, name, id, body, secret }, { signal = options.signal?.() } = {}) {
      const url = readUrl(written)
      if (url === null)
        throw failure(name, { kind: 'invalid-request', reason: 'malformed-url' }, 'it is not an http or https URL')
      const text = JSON.stringify(body)
      const timestamp = String(Math.floor(now() / 1000))
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'tetik',
        'idempotency-key': id,
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        ...(secret === null ? {} : { 'webhook-signature': signatureOf(secret, id, timestamp, text) }),
      }
      let status: number
      let wait: number | null
      try {
        const answer = await transport.exchange({ method: 'POST', url, headers, body: text, signal })
        status = answer.status
        wait = secondsOf(answer.headers['retry-after'])
      } catch (error) {
        if (!(error instanceof TransportFailure)) throw error
        throw lost(name, error)
      }
      if (status >= 200 && status < 300) return { status }
      const passing = PASSING.has(status) || status >= 500
      const details = { reason: `http-${status}`, status, retryable: passing, retryAfter: passing ? wait : null }
      if (passing) throw failure(name, { ...details, kind: 'temporarily-unavailable' }, `it answered ${status}`)
      const why = status < 400 ? `it answered ${status}, and redirects are not followed` : `it answered ${status}, which is final`
      throw failure(name, { ...details, kind: 'invalid-request' }, why)
    },
    close: () => transport.close(),
  }
}

/** Returns the signature of Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`. */
function signatureOf(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

function readUrl(written: string): URL | null {
  if (!URL.canParse(written)) return null
  const url = new URL(written)
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
}

/** Converts `Retry-After` from seconds to milliseconds; dates are ignored, as clocks differ. */
function secondsOf(header: string | string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null
}

/** The receiver recognizes a repeated delivery by its id, so a lost answer can be retried. */
function lost(name: string, { reason, sent }: TransportFailure): ConnectorError {
  const words = {
    cancelled: 'it was cancelled',
    'timed-out': 'it did not answer in time',
    'connection-refused': 'it refused the connection',
    'connection-failed': 'could not connect',
    'connection-lost': 'the connection broke',
    'answer-too-large': 'its answer is too large',
    closed: 'the client was closed',
  }[reason]
  const kind = reason === 'cancelled' ? 'cancelled' : sent ? 'timed-out' : 'unreachable'
  return failure(name, { kind, reason, retryable: reason !== 'cancelled', mayHaveBeenCarriedOut: sent }, words)
}

function failure(
  name: string,
  details: Pick<ConnectorErrorDetails, 'kind' | 'reason'> & Partial<ConnectorErrorDetails>,
  why: string,
): ConnectorError {
  return new ConnectorError('webhook', `Could not call the webhook ${name}: ${why}.`, {
    retryable: false,
    retryAfter: null,
    mayHaveBeenCarriedOut: false,
    code: null,
    subcode: null,
    status: null,
    userTitle: null,
    userMessage: null,
    trace: null,
    path: null,
    request: `POST ${name}`,
    ...details,
  })
}
