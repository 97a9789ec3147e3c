/**
 * One call to a Graph API (Marketing API or WhatsApp): the token goes in the header, JSON comes back, and every failure is a
 * `ConnectorError` that says what happened, whether a retry can help, and whether the call may have been carried out.
 */

import { AnswerMismatch } from './answer.js'
import { ConnectorError, type ConnectorErrorDetails, type ConnectorErrorKind } from './connector-error.js'
import { errorDetails, type ErrorMeaning, type GraphErrorBody, readGraphError } from './graph-error.js'
import { type Json, parseJson } from './json.js'
import { type FilePart, formWithFile } from './multipart.js'
import { createRedactor } from './redactor.js'
import { type Answer, type OutgoingRequest, type Transport, TransportFailure } from './transport.js'

export interface GraphCall {
  /** For messages, after "Could not": `read the ad sets of act_1`. */
  readonly what: string
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** After the version: `act_1/adsets`. */
  readonly path: string
  /** Query of a GET or DELETE, form of a POST. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
  /** A JSON body in place of the form. */
  readonly json?: unknown
  /** Sent with the parameters, in a multipart form. */
  readonly file?: FilePart | undefined
  /** Whether the call goes to the host for videos. */
  readonly video?: boolean | undefined
  /** Whether the call changes anything at Meta, so that after a failure its outcome is in question. */
  readonly changes: boolean
  readonly signal?: AbortSignal | undefined
  readonly headersTimeout?: number | undefined
  /** What the caller can reduce if the answer is too large; undefined if nothing. */
  readonly canShrink?: Shrinks | undefined
  /** Hidden in errors, in addition to the token and the secrets: a phone number. */
  readonly hide?: readonly string[] | undefined
}

/** The rows of a page, or the days of a report. */
export type Shrinks = 'page' | 'days'

export interface GraphOptions<E extends ConnectorError> {
  readonly name: string
  readonly createError: (message: string, details: ConnectorErrorDetails) => E
  readonly baseUrl: string
  /** Default: `baseUrl`. */
  readonly videoBaseUrl?: string | undefined
  readonly version: string
  readonly token: () => string
  /** Returns parameters of every call that are computed from the token: `appsecret_proof`. */
  readonly sign?: ((token: string) => Readonly<Record<string, string>>) | undefined
  readonly secrets: readonly string[]
  readonly transport: Transport
  readonly meaningOf: (code: number, subcode: number | null, transient: boolean, canShrink: Shrinks | null) => ErrorMeaning
  /** Returns the milliseconds to wait after a rate limit, from this answer's headers; null if they do not contain it. */
  readonly waitSaidBy?: ((answer: Answer, error: GraphErrorBody) => number | null) | undefined
  readonly onAnswer?: ((answer: Answer) => void) | undefined
}

export interface Graph<E extends ConnectorError> {
  /**
   * Sends the call once and passes its answer to `read`, whose `AnswerMismatch` becomes an `unexpected-answer`. An error body is
   * passed to `readError` first, if given: a result counts as the answer; null leaves it an error.
   */
  call<T>(call: GraphCall, read: (answer: Json) => T, readError?: (error: GraphErrorBody) => T | null): Promise<T>
  /** Creates an error for a call that was not sent, or that failed without an error body. */
  readonly error: (
    call: GraphCall,
    kind: ConnectorErrorKind,
    reason: string,
    why: string,
    more?: Partial<ConnectorErrorDetails>,
  ) => E
}

/** @throws TypeError for an invalid base URL, or one with credentials */
export function createGraph<E extends ConnectorError>(options: GraphOptions<E>): Graph<E> {
  const root = rootOf(options.baseUrl, options.version)
  const videoRoot = options.videoBaseUrl === undefined ? root : rootOf(options.videoBaseUrl, options.version)
  const rootFor = ({ video }: GraphCall) => (video === true ? videoRoot : root)

  const shownPath = (call: GraphCall) => `${call.method} /${options.version}/${call.path}`

  const error: Graph<E>['error'] = (call, kind, reason, why, more = {}) => {
    const signed = Object.values(options.sign?.(options.token()) ?? {})
    const redact = createRedactor(() => [options.token(), ...options.secrets, ...signed, ...(call.hide ?? [])])
    const redactOrNull = (text: string | null | undefined) => (text === null || text === undefined ? null : redact(text))
    const details: ConnectorErrorDetails = {
      kind,
      reason,
      retryable: false,
      retryAfter: null,
      mayHaveBeenCarriedOut: false,
      code: null,
      subcode: null,
      status: null,
      ...more,
      userTitle: redactOrNull(more.userTitle),
      userMessage: redactOrNull(more.userMessage),
      trace: redactOrNull(more.trace),
      path: redactOrNull(more.path),
      request: redact(shownPath(call)),
    }
    return options.createError(redact(`Could not ${call.what}: ${why}\n${technicalLine(options.name, details)}`), details)
  }

  const readToken = (call: GraphCall): string => {
    const token = options.token()
    if (token === '') throw error(call, 'authentication', 'no-token', 'there is no access token')
    if (!/^[\x21-\x7e]+$/.test(token)) {
      throw error(call, 'authentication', 'malformed-token', 'the access token contains blanks or invalid characters')
    }
    return token
  }

  const send = async (call: GraphCall): Promise<Answer> => {
    const token = readToken(call)
    const parameters = new URLSearchParams({ ...call.parameters, ...options.sign?.(token) })
    const url = new URL(`${rootFor(call).url}/${call.path}`)
    const content = bodyOf(call, parameters)
    if (call.method !== 'POST' || call.json !== undefined) url.search = parameters.toString()
    try {
      return await options.transport.exchange({
        method: call.method,
        url,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(typeof content?.type === 'string' && { 'content-type': content.type }),
        },
        body: content?.body,
        signal: call.signal,
        headersTimeout: call.headersTimeout,
        upload: call.file !== undefined,
      })
    } catch (failure) {
      if (!(failure instanceof TransportFailure)) throw failure
      throw describeTransport(call, failure)
    }
  }

  const describeTransport = (call: GraphCall, failure: TransportFailure): E => {
    const mayHaveBeenCarriedOut = call.changes && failure.sent
    const shrinks = failure.reason === 'answer-too-large' && call.canShrink === 'page'
    const found = shrinks ? PAGE_TOO_LARGE : TRANSPORT_MEANING[failure.reason]
    const lost = mayHaveBeenCarriedOut && failure.reason !== 'cancelled'
    const kind = lost ? 'unknown-outcome' : !failure.sent && found.kind === 'timed-out' ? 'unreachable' : found.kind
    const why = `${found.say(rootFor(call).host)}${lost ? '; whether it was done is not known' : ''}`
    const retryable = found.retryable && !lost
    return error(call, kind, failure.reason, failure.code === null ? why : `${why} (${failure.code})`, {
      retryable,
      mayHaveBeenCarriedOut,
    })
  }

  const describeError = (call: GraphCall, answer: Answer, body: GraphErrorBody): E => {
    const meaning = options.meaningOf(body.code, body.subcode, body.transient, call.canShrink ?? null)
    const own = [body.userTitle, body.userMessage].filter((text) => text !== null).join('. ')
    const meta = [own === '' ? body.message : own, errorDetails(body.data)].filter((text) => text !== null && text !== '')
    const why = meaning.say ?? [...new Set(meta)].join('. ')
    const reason = [options.name.toLowerCase(), body.code, ...(body.subcode === null ? [] : [body.subcode])].join('-')
    return error(call, meaning.kind, reason, why, {
      retryable: meaning.retryable,
      retryAfter: meaning.retryAfter ?? (meaning.kind === 'rate-limited' ? (options.waitSaidBy?.(answer, body) ?? null) : null),
      mayHaveBeenCarriedOut: call.changes && meaning.uncertain === true,
      code: body.code,
      subcode: body.subcode,
      status: answer.status,
      userTitle: body.userTitle,
      userMessage: body.userMessage,
      trace: body.trace,
    })
  }

  /** Describes an answer that is not JSON, or an error without Graph's error body, such as a proxy's page. */
  const describeForeign = (call: GraphCall, answer: Answer, reason: string): E => {
    const { status } = answer
    if (status === 429) {
      return error(call, 'rate-limited', 'http-429', 'too many requests', { retryable: true, status })
    }
    if (status >= 500 && !call.changes) {
      const why = `${rootFor(call).host} has a temporary failure`
      return error(call, 'temporarily-unavailable', `http-${status}`, why, { retryable: true, status })
    }
    if (call.changes && (status >= 500 || status < 300)) {
      const why = `the answer (HTTP ${status}) cannot be read; whether it was done is not known`
      return error(call, 'unknown-outcome', reason, why, { mayHaveBeenCarriedOut: true, status })
    }
    return error(call, 'unexpected-answer', reason, `the answer (HTTP ${status}) is not one from Graph`, { status })
  }

  return {
    error,
    async call(call, read, readError = () => null) {
      const answer = await send(call)
      options.onAnswer?.(answer)
      let json: Json
      try {
        json = parseJson(answer.body)
      } catch {
        throw describeForeign(call, answer, 'not-json')
      }
      const body = readGraphError(json)
      if (body !== null) {
        const meant = readError(body)
        if (meant !== null) return meant
        throw describeError(call, answer, body)
      }
      if (answer.status < 200 || answer.status > 299) throw describeForeign(call, answer, `http-${answer.status}`)
      try {
        return read(json)
      } catch (mismatch) {
        if (!(mismatch instanceof AnswerMismatch)) throw mismatch
        const kind = call.changes ? 'unknown-outcome' : 'unexpected-answer'
        throw error(call, kind, 'unexpected-shape', `the answer has an unexpected shape: ${mismatch.message}`, {
          mayHaveBeenCarriedOut: call.changes,
          status: answer.status,
          path: mismatch.path,
        })
      }
    },
  }
}

/** @throws TypeError if it is not an http(s) URL */
function rootOf(baseUrl: string, version: string): { readonly url: string; readonly host: string } {
  const base = new URL(baseUrl)
  if (!/^https?:$/.test(base.protocol)) throw new TypeError('the base URL must begin with https:// or http://')
  if (base.username !== '' || base.password !== '') throw new TypeError('the base URL must not contain credentials')
  return { url: `${base.origin}${base.pathname.replace(/\/+$/, '')}/${version}`, host: base.host }
}

interface Content {
  /** Null for a form with a file: its boundary is chosen when it is sent. */
  readonly type: string | null
  readonly body: OutgoingRequest['body']
}

function bodyOf(call: GraphCall, parameters: URLSearchParams): Content | null {
  if (call.method !== 'POST') return null
  if (call.json !== undefined) return { type: 'application/json', body: JSON.stringify(call.json) }
  if (call.file !== undefined) return { type: null, body: formWithFile(parameters, call.file) }
  return { type: 'application/x-www-form-urlencoded', body: parameters.toString() }
}

interface TransportMeaning {
  readonly kind: ConnectorErrorKind
  readonly retryable: boolean
  readonly say: (host: string) => string
}

const TRANSPORT_MEANING: Readonly<Record<TransportFailure['reason'], TransportMeaning>> = {
  cancelled: { kind: 'cancelled', retryable: false, say: () => 'it was cancelled' },
  'timed-out': { kind: 'timed-out', retryable: true, say: (host) => `${host} did not answer in time` },
  'connection-refused': { kind: 'unreachable', retryable: true, say: (host) => `${host} refused the connection` },
  'connection-failed': { kind: 'unreachable', retryable: true, say: (host) => `could not connect to ${host}` },
  'connection-lost': { kind: 'temporarily-unavailable', retryable: true, say: (host) => `the connection to ${host} broke` },
  'answer-too-large': { kind: 'too-much-data', retryable: false, say: () => 'the answer exceeds the size limit' },
  closed: { kind: 'unreachable', retryable: true, say: () => 'the client was closed' },
}

const PAGE_TOO_LARGE: TransportMeaning = {
  kind: 'page-too-large',
  retryable: true,
  say: () => 'the page exceeds the size limit',
}

function technicalLine(name: string, details: ConnectorErrorDetails): string {
  const parts = [
    details.status === null ? null : `HTTP ${details.status}`,
    details.code === null ? null : `code ${details.code}`,
    details.subcode === null ? null : `subcode ${details.subcode}`,
    details.trace === null ? null : `fbtrace_id ${details.trace}`,
    details.path === null || details.path === '' ? null : `at ${details.path}`,
  ].filter((part) => part !== null)
  return `${name}, ${details.request}: ${[details.reason, ...parts].join(', ')}`
}
