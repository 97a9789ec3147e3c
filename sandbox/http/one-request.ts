/** Handles one Graph request from its parameters to its response, with faults: on its own or in a batch. */

import { AUTHORS } from '../base/author.js'
import { answersVersion, NEWEST_VERSION } from '../base/identity.js'
import {
  endedVersion,
  expiredToken,
  GraphError,
  invalidParameter,
  pageTooLarge,
  serviceError,
  tooMuchData,
  unknownPath,
} from '../protocol/errors.js'
import { limitError } from '../protocol/limits.js'
import { maskSecrets, type Parameters } from '../protocol/parameters.js'
import { checkToken } from '../protocol/token.js'
import type { Call } from '../request/call.js'
import type { RequestLog } from '../state/request-log.js'
import type { Phone } from '../whatsapp/phone.js'
import { isWhatsapp, routeWhatsapp } from '../whatsapp/route.js'
import { type Fault, type Faults, INSIGHTS_FAULTS, REQUEST_FAULTS } from '../world/faults.js'
import { recordActivities } from '../world/log.js'
import type { Worlds } from '../world/world.js'
import { refuseRetired } from './retired.js'
import { routeAds, worldOf } from './route.js'

export interface GraphServer {
  readonly worlds: Worlds
  readonly phone: Phone
  readonly faults: Faults
  readonly requests: RequestLog
}

export interface GraphRequest {
  readonly method: string
  /** Scheme and host. */
  readonly origin: string
  /** With the version, as in `/v27.0/act_1/ads`. */
  readonly path: string
  readonly authorization: string | null
  /** The parameters of the query alone, for the log if the body cannot be read. */
  readonly query: Parameters
  /** @throws GraphError if the body cannot be read */
  readonly parameters: () => Parameters | Promise<Parameters>
}

export interface Worked {
  readonly status: number
  readonly body: unknown
}

export interface Answered extends Worked {
  readonly headers: Readonly<Record<string, string>>
  readonly fault: Fault | null
  /** No answer is sent, whether or not the work was done. */
  readonly silent: boolean
}

type Answer = (call: Call, authorization: string | null) => Worked | Promise<Worked>

/**
 * Carries out a request and logs it.
 * @param answer computes the answer of a call; by default that of a single request
 */
export async function answerOne(
  server: GraphServer,
  request: GraphRequest,
  answer: Answer = (call, authorization) => work(server, call, authorization),
): Promise<Answered> {
  const { method, path } = request
  const now = server.worlds.first.now()
  const limit = typeof request.query.limit === 'string' ? Number(request.query.limit) : null
  const fault = server.faults.take(REQUEST_FAULTS, { method, path, limit })
  const early = fault && (fault.kind === 'timeout-before-write' || (fault.kind === 'connection-reset' && fault.when !== 'after'))
  if (fault?.kind === 'late-write') return writeLater(server, request, fault, answer)
  let parameters = request.query
  let call: Call | null = null
  let worked: Worked
  try {
    parameters = await request.parameters()
    if (early) worked = { status: 0, body: null }
    else {
      if (fault) playError(fault, path, now)
      call = makeCall(server, request, parameters, now, fault)
      refuseRetired(call)
      worked = await answer(call, request.authorization)
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    worked = { status: error.status, body: error.answer() }
  }
  const silent = early === true || fault?.kind === 'timeout-after-write' || fault?.kind === 'connection-reset'
  record(server, { method, path, parameters, now, call, worked: silent ? { ...worked, status: 0 } : worked, fault })
  return { ...worked, headers: headersOf(call, now), fault, silent }
}

/** Carries out the work without a response, after the caller has given up: it may take effect after later requests. */
async function writeLater(server: GraphServer, request: GraphRequest, fault: Fault, answer: Answer): Promise<Answered> {
  const { method, path } = request
  const parameters = await request.parameters()
  const write = async (): Promise<void> => {
    const now = server.worlds.first.now()
    const late = { method, path, parameters, now, fault }
    try {
      const call = makeCall(server, request, parameters, now, fault)
      refuseRetired(call)
      record(server, { ...late, call, worked: { ...(await answer(call, request.authorization)), status: 0 } })
    } catch (error) {
      // Any other error comes from a sandbox that was stopped in the meantime.
      if (error instanceof GraphError) record(server, { ...late, call: null, worked: { status: 0, body: error.answer() } })
    }
  }
  setTimeout(() => void write(), fault.delay ?? 3_000).unref()
  return { status: 0, body: null, headers: {}, fault, silent: true }
}

function makeCall(
  { worlds, faults }: GraphServer,
  request: GraphRequest,
  parameters: Parameters,
  now: number,
  fault: Fault | null,
): Call {
  const [first = '', ...rest] = request.path.split('/').filter((part) => part !== '')
  const versioned = /^v\d+\.\d+$/.test(first)
  if (versioned && !answersVersion(first, now)) throw endedVersion()
  const { method } = request
  if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') throw invalidParameter(`Unsupported method ${method}`)
  const path = (versioned ? rest : [first, ...rest]).join('/')
  return {
    world: worldOf(worlds, path),
    worlds,
    method,
    base: `${request.origin}${versioned ? `/${first}` : ''}`,
    version: Number.parseInt((versioned ? first : NEWEST_VERSION).slice(1), 10),
    path,
    parameters,
    now,
    mutations: [],
    message: null,
    swallowed: [],
    useCase: 'ads_management',
    rows: 0,
    reportFailure: fault?.kind === 'report-failed' ? { code: fault.code ?? -2, subcode: fault.subcode ?? 2490547 } : null,
    insightsFaults: new Set(
      path.endsWith('/insights') ? INSIGHTS_FAULTS.filter((kind) => faults.take([kind], { method, path: request.path })) : [],
    ),
  }
}

function work(server: GraphServer, call: Call, authorization: string | null): Worked {
  const product = isWhatsapp(call.path) ? 'whatsapp' : 'ads'
  const caller = checkToken({ product, authorization, parameters: call.parameters, now: call.now })
  if (call.path === '') throw unknownPath('/')
  if (product === 'whatsapp') return { status: 200, body: routeWhatsapp(call, server.phone) }
  const { limits } = call.world
  limits.take(call.path.endsWith('/insights') ? 'ads_insights' : 'ads_management', call.method !== 'GET', call.now)
  const body = routeAds(call)
  recordActivities(call, caller === 'person' ? AUTHORS.person : AUTHORS.token)
  limits.worked(call.useCase, call.rows, call.now)
  return { status: 200, body }
}

function playError(fault: Fault, path: string, now: number): void {
  if (fault.kind === 'http-500') throw serviceError()
  if (fault.kind === 'token-expired') throw expiredToken(now, isWhatsapp(path.replace(/^\/v[\d.]+\//, '')) ? 401 : 400)
  if (fault.kind === 'page-too-large') throw pageTooLarge()
  if (fault.kind === 'too-much-data') throw fault.code === 1 ? pageTooLarge() : tooMuchData(fault.code, fault.subcode)
  if (fault.kind === 'rate-limit') throw limitError(fault.code ?? 4, fault.subcode)
}

function headersOf(call: Call | null, now: number): Record<string, string> {
  const common = { 'content-type': 'application/json; charset=UTF-8', 'facebook-api-version': NEWEST_VERSION }
  if (!call || isWhatsapp(call.path)) return common
  return { ...common, ...call.world.limits.headers(call.useCase, now) }
}

interface Recorded {
  readonly method: string
  readonly path: string
  readonly parameters: Parameters
  readonly now: number
  readonly call: Call | null
  readonly worked: Worked
  readonly fault: Fault | null
}

function record(server: GraphServer, { method, path, parameters, now, call, worked, fault }: Recorded): void {
  const error = (worked.body as { error?: { code: number; error_subcode?: number } } | null)?.error
  server.requests.add({
    at: now,
    method,
    path,
    parameters: maskSecrets(parameters),
    status: worked.status,
    error_code: error?.code ?? null,
    error_subcode: error?.error_subcode ?? null,
    fault: fault?.name ?? null,
    mutations: error ? [] : (call?.mutations ?? []),
    message: error ? null : (call?.message ?? null),
    swallowed: call?.swallowed ?? [],
  })
}
