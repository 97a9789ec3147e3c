/** Takes a Graph request from its bytes to its answer, and plays the faults on the way. */

import { VERSIONS } from '../identity.js'
import type { Fault, Faults } from '../faults.js'
import { INSIGHTS_FAULTS, REQUEST_FAULTS } from '../faults.js'
import type { Call } from '../graph/call.js'
import { endedVersion, expiredToken, GraphError, invalidParameter, serviceError, unknownPath } from '../graph/errors.js'
import { limitError } from '../graph/limits.js'
import { maskSecrets, readParameters, type Parameters } from '../graph/parameters.js'
import { routeAds, worldOf } from '../graph/route.js'
import { checkToken } from '../graph/token.js'
import type { RequestLog } from '../state/request-log.js'
import type { Phone } from '../whatsapp/phone.js'
import { isWhatsapp, routeWhatsapp } from '../whatsapp/route.js'
import type { Worlds } from '../world.js'

export interface GraphServer {
  readonly worlds: Worlds
  readonly phone: Phone
  readonly faults: Faults
  readonly requests: RequestLog
}

/** What goes back; `hang` and `reset` are connections that never get an answer. */
export type Outcome =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Record<string, string>
      readonly body: string
      readonly delay: number
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }

interface Worked {
  readonly status: number
  readonly body: unknown
}

export async function answerGraph(server: GraphServer, request: Request): Promise<Outcome> {
  const url = new URL(request.url)
  const now = server.worlds.first.now()
  const method = request.method.toUpperCase()
  const fault = server.faults.take(REQUEST_FAULTS, { method, path: url.pathname })
  const early = fault && (fault.kind === 'timeout-before-write' || (fault.kind === 'connection-reset' && fault.when !== 'after'))
  if (fault?.kind === 'late-write') return writeLater(server, request, fault)
  let parameters: Parameters = Object.fromEntries(url.searchParams)
  let call: Call | null = null
  let worked: Worked
  try {
    parameters = await readParameters(request, url)
    if (early) worked = { status: 0, body: null }
    else {
      if (fault) playError(fault, url.pathname, now)
      call = makeCall(server, request, url, parameters, now)
      worked = work(server, call, request.headers.get('authorization'))
    }
  } catch (error) {
    if (!(error instanceof GraphError)) throw error
    worked = { status: error.status, body: error.answer() }
  }
  const silent = early || fault?.kind === 'timeout-after-write' || fault?.kind === 'connection-reset'
  record(server, { method, path: url.pathname, parameters, now, call, worked: silent ? { ...worked, status: 0 } : worked, fault })
  if (silent) return { kind: fault?.kind === 'connection-reset' ? 'reset' : 'hang' }
  const text = JSON.stringify(worked.body)
  return {
    kind: 'answer',
    status: worked.status,
    headers: headersOf(call, now),
    body: fault?.kind === 'malformed-json' ? text.slice(0, Math.ceil(text.length / 2)) : text,
    delay: fault?.kind === 'slow' ? (fault.delay ?? 3000) : 0,
  }
}

/** Nobody hears of it, and the work is done when the caller has long given up: it may come after what was asked for since. */
async function writeLater(server: GraphServer, request: Request, fault: Fault): Promise<Outcome> {
  const url = new URL(request.url)
  const method = request.method.toUpperCase()
  const parameters = await readParameters(request, url)
  const authorization = request.headers.get('authorization')
  const timer = setTimeout(() => {
    const now = server.worlds.first.now()
    const late = { method, path: url.pathname, parameters, now, fault }
    try {
      const call = makeCall(server, request, url, parameters, now)
      record(server, { ...late, call, worked: { ...work(server, call, authorization), status: 0 } })
    } catch (error) {
      // Whatever else is thrown comes from a sandbox that was stopped meanwhile.
      if (error instanceof GraphError) record(server, { ...late, call: null, worked: { status: 0, body: error.answer() } })
    }
  }, fault.delay ?? 3_000)
  timer.unref()
  return { kind: 'reset' }
}

function makeCall({ worlds, faults }: GraphServer, request: Request, url: URL, parameters: Parameters, now: number): Call {
  const [first = '', ...rest] = url.pathname.split('/').filter((part) => part !== '')
  const versioned = /^v\d+\.\d+$/.test(first)
  if (versioned && !VERSIONS.includes(first)) throw endedVersion()
  const method = request.method.toUpperCase()
  if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') throw invalidParameter(`Unsupported method ${method}`)
  const path = (versioned ? rest : [first, ...rest]).join('/')
  return {
    world: worldOf(worlds, path),
    worlds,
    method,
    base: `${url.origin}${versioned ? `/${first}` : ''}`,
    path,
    parameters,
    now,
    mutations: [],
    message: null,
    swallowed: [],
    useCase: 'ads_management',
    rows: 0,
    insightsFaults: new Set(
      path.endsWith('/insights') ? INSIGHTS_FAULTS.filter((kind) => faults.take([kind], { method, path: url.pathname })) : [],
    ),
  }
}

function work(server: GraphServer, call: Call, authorization: string | null): Worked {
  const product = isWhatsapp(call.path) ? 'whatsapp' : 'ads'
  checkToken({ product, authorization, parameters: call.parameters, now: call.now })
  if (call.path === '') throw unknownPath('/')
  if (product === 'whatsapp') return { status: 200, body: routeWhatsapp(call, server.phone) }
  const { limits } = call.world
  limits.take(call.path.endsWith('/insights') ? 'ads_insights' : 'ads_management', call.method !== 'GET', call.now)
  const body = routeAds(call)
  limits.worked(call.useCase, call.rows, call.now)
  return { status: 200, body }
}

function playError(fault: Fault, path: string, now: number): void {
  if (fault.kind === 'http-500') throw serviceError()
  if (fault.kind === 'token-expired') throw expiredToken(now, isWhatsapp(path.replace(/^\/v[\d.]+\//, '')) ? 401 : 400)
  if (fault.kind === 'rate-limit') throw limitError(fault.code ?? 4, fault.subcode)
}

function headersOf(call: Call | null, now: number): Record<string, string> {
  const common = { 'content-type': 'application/json; charset=UTF-8', 'facebook-api-version': VERSIONS[0] ?? '' }
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
