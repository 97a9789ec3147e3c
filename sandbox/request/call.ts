/** One request on its way through the handlers, and what it did, for the log. */

import type { UseCase } from '../protocol/limits.js'
import type { Parameters } from '../protocol/parameters.js'
import type { Mutation, SentMessage } from '../state/recorded.js'
import type { InsightsFault } from '../world/faults.js'
import type { World, Worlds } from '../world/world.js'

interface ReportFailure {
  readonly code: number
  readonly subcode: number
}

export interface Call {
  /** Of the account that the path is about; of the first one where it is about none. */
  readonly world: World
  /** Of all accounts that the token sees. */
  readonly worlds: Worlds
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** 27 of `v27.0`; the newest where the call names none. */
  readonly version: number
  /** Scheme, host and version: `http://127.0.0.1:7071/v27.0`. */
  readonly base: string
  /** Between version and query, without slashes at its ends: `act_1/insights`. */
  readonly path: string
  readonly parameters: Parameters
  /** One moment for all of the call. */
  readonly now: number
  readonly mutations: Mutation[]
  message: SentMessage | null
  /** Names of parameters that are documented nowhere, which were taken with success and changed nothing. */
  readonly swallowed: string[]
  useCase: UseCase
  /** How the report that this call starts is to fail; null where it completes. */
  readonly reportFailure: ReportFailure | null
  /** Rows that were worked out, for the usage headers. */
  rows: number
  /** What insights leave out of their rows for this call. */
  readonly insightsFaults: ReadonlySet<InsightsFault>
}

/** Meta's links carry the token that the request bore as a parameter. */
export function withToken(call: Call, parameters: Parameters): Parameters {
  const { access_token: token, appsecret_proof: proof } = call.parameters
  return {
    ...(token === undefined ? {} : { access_token: token }),
    ...(proof === undefined ? {} : { appsecret_proof: proof }),
    ...parameters,
  }
}
