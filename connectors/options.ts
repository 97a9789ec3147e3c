import type { Dispatcher } from 'undici'

import type { Clock } from './clock.js'

/** Timeouts in milliseconds; the defaults suit Graph. */
export interface Timeouts {
  /** Until the connection is established. Default 5 s. */
  readonly connect?: number
  /** Until the answer begins. Default 30 s, 60 s for insights. */
  readonly headers?: number
  /** Between two pieces of the answer. Default 15 s. */
  readonly body?: number
  /** From sending to the answer's last byte. Default 90 s. */
  readonly total?: number
  /** Replaces `headers` and `total` when a file is sent, as the connection may be slow. Default 300 s. */
  readonly upload?: number
}

export interface RateLimits {
  /** Points that may be spent at once. */
  readonly capacity?: number
  /** Points refilled per second. */
  readonly perSecond?: number
  /** A call that would have to wait longer than this for its points fails as `rate-limited` at once. Default 10 s. */
  readonly maxWait?: number
}

/** Options of every client. */
export interface ConnectorOptions {
  /** The URL of Graph without the version: `https://graph.facebook.com`. */
  readonly baseUrl: string
  /** One of `GRAPH_VERSIONS`. Default `DEFAULT_VERSION`. */
  readonly version?: string | undefined
  /** Called for every request, so that a renewed token is used at once. The token is only sent in the `Authorization` header. */
  readonly token: () => string
  /** Replaces the client's own connection pool; `close()` does not close it. */
  readonly dispatcher?: Dispatcher | undefined
  readonly timeouts?: Timeouts | undefined
  readonly rateLimits?: RateLimits | undefined
  /** Reading an answer is aborted beyond this size. Default 32 MiB. */
  readonly maxAnswerBytes?: number | undefined
  readonly clock?: Clock | undefined
  /** Called for every request without a signal of its own, so that a call is cancelled with the work that it belongs to. */
  readonly signal?: (() => AbortSignal | undefined) | undefined
}

/** Options of every call. */
export interface CallOptions {
  /** Replaces the client's own signal. */
  readonly signal?: AbortSignal | undefined
}
