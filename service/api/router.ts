/** Registers operations as routes, with authentication, validation and idempotency. */

import type { Context, Hono } from 'hono'
import Type from 'typebox'

import { authenticated } from './access/authentication.js'
import type { ApiContext } from './http/context.js'
import { answerOnce, readKey, requestHash } from './http/idempotency.js'
import { type AnyOperation, DOCUMENT_TYPES, honoPath } from './http/operation.js'
import { ProblemError } from './http/problem.js'
import { parseJson, readBody } from './http/request-body.js'
import { checker } from './http/validation.js'

/** Bytes. */
const MOST_BYTES = 1_000_000

export function addOperations(app: Hono, operations: readonly AnyOperation[], context: ApiContext): void {
  const authenticate = authenticated(context)
  for (const operation of operations) {
    const handlers = operation.open === true ? [] : [authenticate]
    app.on(operation.method.toUpperCase(), [honoPath(operation.path)], ...handlers, handlerOf(operation, context))
  }
}

function handlerOf(operation: AnyOperation, context: ApiContext): (http: Context) => Promise<Response> {
  const { params = {}, query = {}, body, document, write = false, handle } = operation
  const checkParams = checker(Type.Object(params), 'path')
  const checkQuery = checker(Type.Object(query, { additionalProperties: operation.looseQuery ?? false }), 'query')
  const checkBody = body === undefined ? null : checker(body, 'body')

  return async (http) => {
    const key = write ? readKey(http.req.header('idempotency-key')) : ''
    const bytes = write ? await readBody(http, MOST_BYTES) : new Uint8Array()
    const request = {
      params: checkParams(http.req.param()),
      query: checkQuery(readQuery(http)),
      body: checkBody === null ? undefined : checkBody(parseJson(readText(http, bytes, ['application/json']))),
      text: document === undefined ? '' : readText(http, bytes, DOCUMENT_TYPES),
      key,
      hash: requestHash(http.req.method, http.req.path, bytes),
      http,
    }
    const answer = async () => {
      const answered = await handle(request, context)
      // An operation that does not answer with JSON returns a Response.
      return answered as Response | { status: number; body: unknown; headers?: Record<string, string> }
    }
    if (!write) return toResponse(await answer())
    return answerOnce(context, { key, hash: request.hash, path: http.req.path }, async () => {
      const answered = await answer()
      if (answered instanceof Response) throw new TypeError(`${operation.id} is a write and must answer with JSON`)
      return answered
    })
  }
}

function toResponse(answer: Response | { status: number; body: unknown; headers?: Record<string, string> }): Response {
  if (answer instanceof Response) return answer
  const { status, body, headers } = answer
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

function readQuery(http: Context): Record<string, string> {
  const values = Object.entries(http.req.queries())
  const repeated = values.find(([, given]) => given.length > 1)
  if (repeated !== undefined) {
    throw new ProblemError('invalid-request', `The query gives ${repeated[0]} more than once.`, {
      errors: [{ where: `query.${repeated[0]}`, message: 'is given more than once' }],
    })
  }
  return Object.fromEntries(values.map(([name, [value]]) => [name, value ?? '']))
}

function readText(http: Context, bytes: Uint8Array, types: readonly string[]): string {
  const type = http.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === undefined || !types.includes(type)) {
    const given = type === undefined ? '' : `, not ${type}`
    throw new ProblemError('unsupported-media-type', `Send the body as ${types.slice(0, 2).join(' or ')}${given}.`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ProblemError('invalid-json', 'The body is not UTF-8.')
  }
}
