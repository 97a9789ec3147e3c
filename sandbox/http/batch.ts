/** `POST /` with `batch`: up to 50 requests in one, each counted, logged and answered as if it was sent separately. */

import { UploadedFile } from '../base/uploaded-file.js'
import { GraphError, invalidParameter } from '../protocol/errors.js'
import { booleanParameter, isRecord, jsonParameter, listParameter, type Parameters } from '../protocol/parameters.js'
import { checkToken } from '../protocol/token.js'
import type { Call } from '../request/call.js'
import { namesOf, withResults } from './batch-results.js'
import { type Answered, answerOne, type GraphRequest, type GraphServer } from './one-request.js'

const LARGEST = 50

interface Operation {
  readonly method: string
  readonly relativeUrl: string
  readonly body: string
  readonly name: string | null
  readonly dependsOn: readonly string[]
  /** Null if not given. */
  readonly omitOnSuccess: boolean | null
  readonly files: readonly string[]
}

interface Item {
  readonly code: number
  readonly headers?: ReadonlyArray<{ readonly name: string; readonly value: string }>
  readonly body: string
}

/** Whether a request goes to the root, with or without a version. */
export const isBatch = ({ method, path }: GraphRequest): boolean => method === 'POST' && /^\/(v\d+\.\d+\/?)?$/.test(path)

export function answerBatch(server: GraphServer, request: GraphRequest): Promise<Answered> {
  return answerOne(server, request, async (call, authorization) => {
    checkToken({ product: 'ads', authorization, parameters: call.parameters, now: call.now })
    const operations = readOperations(call)
    const shown = booleanParameter(call.parameters, 'include_headers') ?? true
    const items = await runAll(server, request, call, operations)
    return { status: 200, body: items.map((item) => (item === null || shown ? item : { code: item.code, body: item.body })) }
  })
}

/** @throws GraphError 100, and -3 for too many */
function readOperations({ parameters }: Call): Operation[] {
  const given = jsonParameter(parameters, 'batch')
  if (given === undefined) throw invalidParameter('The parameter batch is required')
  if (!Array.isArray(given)) throw invalidParameter('Param batch must be an array')
  if (given.length > LARGEST) {
    throw new GraphError({
      message: `Too many requests in batch message. Maximum batch size is ${LARGEST}`,
      type: 'GraphBatchException',
      code: -3,
    })
  }
  return given.map(readOperation)
}

function readOperation(given: unknown, index: number): Operation {
  if (!isRecord(given)) throw invalidParameter(`Param batch[${index}] must be an object`)
  const { method, relative_url: url, body, name } = given
  if (typeof method !== 'string') throw invalidParameter(`Param batch[${index}][method] is required`)
  if (typeof url !== 'string') throw invalidParameter(`Param batch[${index}][relative_url] is required`)
  return {
    method: method.toUpperCase(),
    relativeUrl: url,
    body: typeof body === 'string' ? body : '',
    name: typeof name === 'string' && name !== '' ? name : null,
    dependsOn: listParameter(given, 'depends_on') ?? [],
    omitOnSuccess: booleanParameter(given, 'omit_response_on_success') ?? null,
    files: listParameter(given, 'attached_files') ?? [],
  }
}

/** Runs the operations one after the other, so that a later one can refer to the answers of earlier ones. */
async function runAll(server: GraphServer, request: GraphRequest, call: Call, operations: readonly Operation[]) {
  const results = new Map<string, Item | null>()
  const items: Array<Item | null> = []
  for (const operation of operations) {
    const item = await run(server, request, call, operation, results)
    if (operation.name !== null) results.set(operation.name, item)
    items.push(item)
  }
  const wanted = new Set(operations.flatMap(needsOf))
  // As at Meta, the answer of an operation that others needed is left out, unless `omit_response_on_success` is false.
  return items.map((item, index) => {
    const { name = null, omitOnSuccess = null } = operations[index] ?? {}
    return item?.code === 200 && name !== null && wanted.has(name) && omitOnSuccess !== false ? null : item
  })
}

const needsOf = ({ dependsOn, relativeUrl, body }: Operation): string[] => [
  ...dependsOn,
  ...namesOf(relativeUrl),
  ...namesOf(body),
]

async function run(
  server: GraphServer,
  { origin, authorization }: GraphRequest,
  call: Call,
  operation: Operation,
  results: ReadonlyMap<string, Item | null>,
): Promise<Item | null> {
  const needed = needsOf(operation)
  // If an operation that it needs failed or was not answered, this one is not answered either.
  if (needed.some((name) => results.get(name)?.code !== 200)) return null
  const bodies = new Map([...results].map(([name, item]) => [name, JSON.parse(item?.body ?? 'null') as unknown]))
  const url = new URL(withResults(operation.relativeUrl.replace(/^\/+/, ''), bodies), `${origin}/`)
  const filled = (given: URLSearchParams): Parameters =>
    Object.fromEntries([...given].map(([name, value]) => [name, withResults(value, bodies)]))
  const query = { ...ofTheBatch(call.parameters), ...filled(url.searchParams) }
  const body = filled(new URLSearchParams(operation.body))
  const version = /^\/v\d+\.\d+(?=\/)/.test(url.pathname) ? '' : call.base.slice(origin.length)
  const answered = await answerOne(server, {
    method: operation.method,
    origin,
    path: `${version}${url.pathname}`,
    authorization,
    query,
    parameters: () => ({ ...query, ...body, ...filesOf(call.parameters, operation.files) }),
  })
  if (answered.silent) return null
  const headers = Object.entries(answered.headers).map(([name, value]) => ({ name, value }))
  return { code: answered.status, headers, body: JSON.stringify(answered.body) }
}

/** Returns the batch's credentials, which apply to all operations that do not have their own. */
function ofTheBatch({ access_token: token, appsecret_proof: proof }: Parameters): Parameters {
  return { ...(token === undefined ? {} : { access_token: token }), ...(proof === undefined ? {} : { appsecret_proof: proof }) }
}

function filesOf(parameters: Parameters, names: readonly string[]): Parameters {
  return Object.fromEntries(
    names.map((name) => {
      const file = parameters[name]
      if (!(file instanceof UploadedFile)) throw invalidParameter(`The attached file ${name} was not sent along`)
      return [name, file]
    }),
  )
}
