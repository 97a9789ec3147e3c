/** A request as the handlers see it, with its effects for the log. */

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
  /** The world of the path's account; that of the first account if the path belongs to none. */
  readonly world: World
  /** The worlds of all accounts that the token can access. */
  readonly worlds: Worlds
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** 27 for `v27.0`; the newest version if the call names none. */
  readonly version: number
  /** Scheme, host and version: `http://127.0.0.1:7071/v27.0`. */
  readonly base: string
  /** The path after the version, without slashes at its ends: `act_1/insights`. */
  readonly path: string
  readonly parameters: Parameters
  /** The time of the call, the same for all of its parts. */
  readonly now: number
  readonly mutations: Mutation[]
  message: SentMessage | null
  /** Names of undocumented parameters, which were accepted but changed nothing. */
  readonly swallowed: string[]
  useCase: UseCase
  /** How the report that this call starts will fail; null if it completes. */
  readonly reportFailure: ReportFailure | null
  /** The number of computed rows, for the usage headers. */
  rows: number
  /** What the insights rows of this call leave out. */
  readonly insightsFaults: ReadonlySet<InsightsFault>
}

/** Adds the request's token to the parameters of a link, as Meta does if the token was a parameter. */
export function withToken(call: Call, parameters: Parameters): Parameters {
  const { access_token: token, appsecret_proof: proof } = call.parameters
  return {
    ...(token === undefined ? {} : { access_token: token }),
    ...(proof === undefined ? {} : { appsecret_proof: proof }),
    ...parameters,
  }
}
