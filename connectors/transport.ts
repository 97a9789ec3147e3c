/**
 * One HTTP exchange: sends a request and reads the whole answer, up to a size limit. A failure says whether anything was sent.
 * Nothing is ever sent twice.
 */

import { Agent, type Dispatcher, type FormData, request } from 'undici'

import type { Timeouts } from './options.js'

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** A form sets its own content type. */
  readonly body?: string | FormData | undefined
  readonly signal?: AbortSignal | undefined
  /** Overrides the transport's timeout, for answers that take long to begin. */
  readonly headersTimeout?: number | undefined
  /** Whether a file is sent, which can take long before the answer begins. */
  readonly upload?: boolean | undefined
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** An exchange without a complete answer. `sent` is false only if certainly no byte of the request was sent. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure'

  constructor(
    readonly reason:
      'cancelled' | 'timed-out' | 'connection-refused' | 'connection-failed' | 'connection-lost' | 'answer-too-large' | 'closed',
    readonly sent: boolean,
    /** The code of undici, Node or OpenSSL, `ECONNREFUSED`; never text that could hold a secret. */
    readonly code: string | null,
  ) {
    super(code === null ? reason : `${reason} (${code})`)
  }
}

export interface Transport {
  exchange(outgoing: OutgoingRequest): Promise<Answer>
  close(): Promise<void>
}

export interface TransportOptions {
  readonly dispatcher?: Dispatcher | undefined
  readonly timeouts?: Timeouts | undefined
  readonly maxAnswerBytes?: number | undefined
}

export function createTransport(options: TransportOptions): Transport {
  const { connect = 5_000, headers = 30_000, body = 15_000, total = 90_000, upload = 300_000 } = options.timeouts ?? {}
  const maxAnswerBytes = options.maxAnswerBytes ?? 32 * 1024 * 1024
  const own = options.dispatcher === undefined ? new Agent({ connect: { timeout: connect }, connections: 16 }) : null
  const dispatcher = options.dispatcher ?? own

  return {
    async exchange(outgoing) {
      if (outgoing.signal?.aborted) throw new TransportFailure('cancelled', false, null)
      let sent = false
      const deadline = AbortSignal.timeout(outgoing.upload === true ? upload : total)
      try {
        const answer = await request(outgoing.url, {
          method: outgoing.method,
          headers: outgoing.headers,
          body: outgoing.body ?? null,
          // undici counts it from the first byte sent.
          headersTimeout: outgoing.upload === true ? upload : (outgoing.headersTimeout ?? headers),
          bodyTimeout: body,
          signal: outgoing.signal === undefined ? deadline : AbortSignal.any([deadline, outgoing.signal]),
          dispatcher: (dispatcher as Dispatcher).compose(noticeSending(() => (sent = true))),
        })
        return { status: answer.statusCode, headers: answer.headers, body: await readBody(answer.body, maxAnswerBytes) }
      } catch (error) {
        if (error instanceof TransportFailure) throw error
        if (outgoing.signal?.aborted) throw new TransportFailure('cancelled', sent, null)
        throw describeFailure(error, sent)
      }
    },
    async close() {
      await own?.close()
    },
  }
}

/** undici reports the start of a request when it has a connection, before it writes the first byte. */
function noticeSending(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        onStart()
        handler.onRequestStart?.(controller, context)
      },
      onRequestUpgrade: (...event) => handler.onRequestUpgrade?.(...event),
      onResponseStart: (...event) => handler.onResponseStart?.(...event),
      onResponseData: (...event) => handler.onResponseData?.(...event),
      onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
      onResponseError: (...event) => handler.onResponseError?.(...event),
    })
}

async function readBody(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of body as AsyncIterable<Buffer>) {
    bytes += piece.length
    // Leaving the loop destroys the stream and with it the connection.
    if (bytes > maxBytes) throw new TransportFailure('answer-too-large', true, null)
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

const TIMEOUT_CODES = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])
const CLOSED_CODES = new Set(['UND_ERR_CLOSED', 'UND_ERR_DESTROYED'])

function describeFailure(error: unknown, sent: boolean): TransportFailure {
  const code = codeOf(error)
  if (error instanceof Error && error.name === 'TimeoutError') return new TransportFailure('timed-out', sent, null)
  if (code !== null && TIMEOUT_CODES.has(code)) return new TransportFailure('timed-out', sent, code)
  if (code !== null && CLOSED_CODES.has(code)) return new TransportFailure('closed', sent, code)
  if (sent) return new TransportFailure('connection-lost', true, code)
  return new TransportFailure(code === 'ECONNREFUSED' ? 'connection-refused' : 'connection-failed', false, code)
}

/** Codes are upper-case words; anything else is left out, because it might be text with a secret. */
function codeOf(error: unknown): string | null {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : null
}
