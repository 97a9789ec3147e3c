/** Graph calls for the Marketing API: signed with the app secret, and never faster than its rate limits allow. */

import { type AnswerObject, wholeAnswer } from '../answer.js'
import { signWith } from '../app-secret-proof.js'
import { systemClock } from '../clock.js'
import { MetaError } from '../connector-error.js'
import type { GraphErrorBody } from '../graph-error.js'
import { DEFAULT_VERSION } from '../graph-versions.js'
import { createGraph, type Graph, type GraphCall } from '../graph.js'
import type { Json } from '../json.js'
import type { CallOptions } from '../options.js'
import { BucketBusy } from '../token-bucket.js'
import { type Answer, createTransport } from '../transport.js'
import { kindOfCall } from './call-kind.js'
import type { MetaClientOptions } from './client.js'
import { meaningOfMetaError } from './error-table.js'
import { readPages } from './paging.js'
import { createRateGate, GateClosed, type Lane, POINTS } from './rate-gate.js'
import { readUsage } from './usage.js'

export interface MetaCall extends GraphCall {
  readonly lane: Lane
}

/** Returns a call that reads fields of a node or an edge. */
export const reading = (what: string, path: string, fields: readonly string[], { signal }: CallOptions): MetaCall => ({
  what,
  method: 'GET',
  path,
  parameters: { fields: fields.join(',') },
  changes: false,
  lane: 'management',
  signal,
})

export interface MetaGraph {
  call<T>(call: MetaCall, read: (answer: Json) => T, readError?: (error: GraphErrorBody) => T | null): Promise<T>
  /** Reads all pages of an edge, with one call for each page. */
  pages<T>(call: MetaCall, convert: (row: AnswerObject) => T, onPage?: (rows: number) => void): Promise<T[]>
  /** Creates the error for an argument that Meta would refuse, so that it is not sent. */
  refuse(call: MetaCall, reason: string, why: string): MetaError
  readonly error: Graph<MetaError>['error']
  close(): Promise<void>
}

export function createMetaGraph(options: MetaClientOptions): MetaGraph {
  const transport = createTransport(options)
  const gate = createRateGate(options.rateLimits ?? {}, options.clock ?? systemClock)
  const { appSecret, onUsage } = options
  const graph = createGraph<MetaError>({
    name: 'Meta',
    createError: (message, details) => new MetaError(message, details),
    baseUrl: options.baseUrl,
    videoBaseUrl: options.videoBaseUrl ?? videoHostOf(options.baseUrl),
    version: options.version ?? DEFAULT_VERSION,
    token: options.token,
    sign: signWith(appSecret),
    secrets: appSecret === undefined ? [] : [appSecret],
    transport,
    meaningOf: meaningOfMetaError,
    waitSaidBy,
    onAnswer: (answer) => {
      const usage = readUsage(answer.headers)
      if (usage === null) return
      gate.learn(usage)
      onUsage?.(usage)
    },
  })

  const enter = async (call: MetaCall): Promise<void> => {
    try {
      await gate.enter(call.lane, isWrite(call) ? POINTS.write : POINTS.read, call.signal)
    } catch (error) {
      if (error instanceof GateClosed) {
        const why = `Meta’s rate limit is nearly or fully used up; calls continue in ${inSeconds(error.retryAfter)}`
        throw graph.error(call, 'rate-limited', 'usage-limit', why, { retryable: true, retryAfter: error.retryAfter })
      }
      if (error instanceof BucketBusy) {
        const why = `too many calls are already waiting; try again in ${inSeconds(error.wait)}`
        throw graph.error(call, 'rate-limited', 'own-limit', why, { retryable: true, retryAfter: error.wait })
      }
      if (call.signal?.aborted) throw graph.error(call, 'cancelled', 'cancelled', 'it was cancelled')
      throw error
    }
  }

  const call: MetaGraph['call'] = async (given, read, readError) => {
    const asked = { ...given, signal: given.signal ?? options.signal?.() }
    await enter(asked)
    try {
      const answer = await graph.call(asked, read, readError)
      options.onCall?.({ kind: kindOfCall(asked), failed: false })
      return answer
    } catch (error) {
      if (wasSent(error)) options.onCall?.({ kind: kindOfCall(asked), failed: error.code !== null || error.status === null })
      // The next call would hit the same limit, so the gate closes. A limit of a single object (613) does not affect other calls.
      if (error instanceof MetaError && error.kind === 'rate-limited' && error.code !== null && !isOfOneObject(error)) {
        gate.close(lanesOf(error.code, asked.lane), error.retryAfter ?? 0)
      }
      throw error
    }
  }

  return {
    call,
    async pages(asked, convert, onPage) {
      const ask = (after: string | null, read: (answer: AnswerObject) => string | null) =>
        call({ ...asked, parameters: { ...asked.parameters, ...(after === null ? {} : { after }) } }, (answer) =>
          read(wholeAnswer(answer)),
        )
      return await readPages(ask, convert, onPage)
    },
    refuse: (asked, reason, why) => graph.error(asked, 'invalid-request', reason, why),
    error: graph.error,
    close: () => transport.close(),
  }
}

/** Whether the call was sent: without a connection or a token nothing was. */
const wasSent = (error: unknown): error is MetaError =>
  error instanceof MetaError && error.kind !== 'unreachable' && (error.status !== null || error.kind !== 'authentication')

/** Meta has a separate host for videos, to which its SDKs send `advideos`. */
const videoHostOf = (baseUrl: string): string | undefined =>
  URL.canParse(baseUrl) && new URL(baseUrl).host === 'graph.facebook.com' ? 'https://graph-video.facebook.com' : undefined

/** Whether Meta counts the call as a write. A validation is one; a report is not, although it is requested with a POST. */
const isWrite = (call: MetaCall): boolean => call.changes || (call.method !== 'GET' && call.lane === 'management')

const isOfOneObject = (error: MetaError): boolean => error.code === 613 && error.subcode !== 1487742 && error.subcode !== 5044001

/** Returns the lanes that a limit closes: a limit on insights does not block changes, every other limit applies to all calls. */
const lanesOf = (code: number, lane: Lane): readonly Lane[] =>
  code === 80000 || (code === 4 && lane === 'insights') ? ['insights'] : ['insights', 'management']

/**
 * Returns how long to wait after a rate limit, from Meta's headers: the use case's minutes (80000 to 80014), or the account's
 * seconds for its score (17, 613). Without a header, the documented block of 300 s or 60 s, depending on the tier.
 */
function waitSaidBy(answer: Answer, error: GraphErrorBody): number | null {
  const usage = readUsage(answer.headers)
  const regain = Math.max(0, ...(usage?.businessUseCases ?? []).map((useCase) => useCase.regainAfter))
  if (regain > 0) return regain
  if (error.code !== 17 && error.code !== 613) return null
  const reset = usage?.account?.resetAfter ?? 0
  return reset > 0 ? reset : usage?.tier === 'development_access' ? 300_000 : 60_000
}

const inSeconds = (milliseconds: number): string => {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
