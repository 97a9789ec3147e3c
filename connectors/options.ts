import type { Dispatcher } from 'undici'

import type { Clock } from './clock.js'

/** Milliseconds, each with a default that suits Graph. */
export interface Timeouts {
  /** Until the connection is established. Default 5 s. */
  readonly connect?: number
  /** Until the answer begins. Default 30 s, 60 s for insights. */
  readonly headers?: number
  /** Between two pieces of the answer. Default 15 s. */
  readonly body?: number
  /** From sending to the answer's last byte. Default 90 s. */
  readonly total?: number
  /** In place of `headers` and `total` where a file is sent, over a line that may be slow. Default 300 s. */
  readonly upload?: number
}

export interface RateLimits {
  /** Points that may be spent at once. */
  readonly capacity?: number
  /** Points that come back each second. */
  readonly perSecond?: number
  /** A call that would have to wait longer than this for its points fails as `rate-limited` at once. Default 10 s. */
  readonly maxWait?: number
}

/** What every client takes. */
export interface ConnectorOptions {
  /** Where Graph is, without the version: `https://graph.facebook.com`. */
  readonly baseUrl: string
  /** Of `GRAPH_VERSIONS`. Default `DEFAULT_VERSION`. */
  readonly version?: string | undefined
  /** Asked at every call, so that a renewed token is used at once. It goes into the `Authorization` header and nowhere else. */
  readonly token: () => string
  /** In place of the client's own pool; `close()` then leaves it open. */
  readonly dispatcher?: Dispatcher | undefined
  readonly timeouts?: Timeouts | undefined
  readonly rateLimits?: RateLimits | undefined
  /** Larger answers are refused while they come in. Default 32 MiB. */
  readonly maxAnswerBytes?: number | undefined
  readonly clock?: Clock | undefined
  /** Asked at every call that is given no signal of its own: what ends the call with the work that it is a part of. */
  readonly signal?: (() => AbortSignal | undefined) | undefined
}

/** What every call takes. */
export interface CallOptions {
  /** In place of the client's own. */
  readonly signal?: AbortSignal | undefined
}
