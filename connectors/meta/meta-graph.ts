/** Graph as the Marketing API needs it: signed with the app secret, and never asked faster than its limits allow. */

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

/** A call that reads fields of a node or of an edge, and changes nothing. */
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
  /** All pages of an edge: one call each. */
  pages<T>(call: MetaCall, convert: (row: AnswerObject) => T, onPage?: (rows: number) => void): Promise<T[]>
  /** An argument that Meta would refuse, refused before it is sent. */
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
        const why = `Meta’s limit is nearly or wholly used up; calls go on in ${inSeconds(error.retryAfter)}`
        throw graph.error(call, 'rate-limited', 'usage-limit', why, { retryable: true, retryAfter: error.retryAfter })
      }
      if (error instanceof BucketBusy) {
        const why = `too many calls are waiting already; there is room in ${inSeconds(error.wait)}`
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
      // What one call was refused for would be refused to the next one too; a limit of one object (613) holds no other back.
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

/** Nothing was sent without a connection or a token, and nothing may be said of an error that is not Meta's. */
const wasSent = (error: unknown): error is MetaError =>
  error instanceof MetaError && error.kind !== 'unreachable' && (error.status !== null || error.kind !== 'authentication')

/** Meta takes videos at a host of their own, where its SDKs send `advideos`. */
const videoHostOf = (baseUrl: string): string | undefined =>
  URL.canParse(baseUrl) && new URL(baseUrl).host === 'graph.facebook.com' ? 'https://graph-video.facebook.com' : undefined

/** Meta counts a validation as a write too. Reports are requested with a POST but are reads. */
const isWrite = (call: MetaCall): boolean => call.changes || (call.method !== 'GET' && call.lane === 'management')

const isOfOneObject = (error: MetaError): boolean => error.code === 613 && error.subcode !== 1487742 && error.subcode !== 5044001

/** An insights limit leaves changes alone; every other one counts for all. */
const lanesOf = (code: number, lane: Lane): readonly Lane[] =>
  code === 80000 || (code === 4 && lane === 'insights') ? ['insights'] : ['insights', 'management']

/**
 * How long Meta's headers say to stay away after a refusal: the use case's minutes for 80000 to 80014, the account's seconds
 * for its score (17, 613), with the blocks of the documentation, 300 s and 60 s by tier, where no header is.
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
