/** The OpenAPI 3.1 document, generated from the operations, whose shapes also validate the requests. */

import type { TSchema } from 'typebox'

import { Problem, type ProblemName, PROBLEMS } from '../shapes/problem.js'
import { type AnyOperation, DOCUMENT_TYPES, type ResponseShape } from './operation.js'

type Json = Record<string, unknown>

const DESCRIPTION = `Ads automation as code: what rules decided and why, and changes at Meta, carried out durably.

Errors are problem details (RFC 9457) whose \`type\` is stable. Lists come in pages: \`next\` of one is \`cursor\` of the next.
Every write needs an \`Idempotency-Key\` header. Repeating a request with the same key changes nothing. Money is in minor units
with its currency.`

export function openApiDocument(operations: readonly AnyOperation[]): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation, schemas) }
  }
  reference(Problem, schemas)
  return {
    openapi: '3.1.0',
    info: { title: 'tetik', version: '1', description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'TETIK_API_TOKEN, or the one in .tetik/api-token' },
        session: { type: 'apiKey', in: 'cookie', name: 'tetik_session', description: 'Set by the link that `tetik up` prints' },
      },
    },
  }
}

function operationObject(operation: AnyOperation, schemas: Json): Json {
  const { id, tag, summary, description, responses, open = false } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(open ? { security: [] } : {}),
    parameters: parametersOf(operation, schemas),
    ...requestBodyOf(operation, schemas),
    responses: {
      ...Object.fromEntries(Object.entries(responses).map(([status, response]) => [status, responseObject(response, schemas)])),
      ...problemResponses(operation, responses, schemas),
    },
  }
}

function requestBodyOf({ body, rawBody, document }: AnyOperation, schemas: Json): Json {
  if (document !== undefined) {
    const types = DOCUMENT_TYPES.slice(0, 2).map((type) => [type, { schema: { type: 'object' } }] as const)
    return { requestBody: { description: document, required: true, content: Object.fromEntries(types) } }
  }
  const schema = body === undefined ? { type: 'object' } : reference(body, schemas)
  if (body === undefined && rawBody === undefined) return {}
  const description = rawBody === undefined ? {} : { description: rawBody }
  return { requestBody: { ...description, required: true, content: { 'application/json': { schema } } } }
}

function parametersOf({ params = {}, query = {}, write = false }: AnyOperation, schemas: Json): Json[] {
  const parameter = (name: string, place: string, schema: TSchema, required: boolean): Json => {
    const { description } = schema as { description?: string }
    return {
      name,
      in: place,
      required,
      ...(description === undefined ? {} : { description }),
      schema: reference(schema, schemas),
    }
  }
  return [
    ...Object.entries(params).map(([name, schema]) => parameter(name, 'path', schema, true)),
    ...Object.entries(query).map(([name, schema]) => parameter(name, 'query', schema, !('~optional' in schema))),
    ...(write
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: true,
            description: 'A new UUID for each change; the same one when the same change is tried again',
            schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' },
          },
        ]
      : []),
  ]
}

function responseObject({ description, schema, contentType, headers = {} }: ResponseShape, schemas: Json): Json {
  const content =
    schema === null
      ? { [contentType ?? 'text/plain']: { schema: { type: 'string' } } }
      : { 'application/json': { schema: reference(schema, schemas) } }
  const described = Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }])
  return { description, content, ...(described.length === 0 ? {} : { headers: Object.fromEntries(described) as Json }) }
}

/** The problems that an operation may answer with: its own, and those that follow from its inputs. */
export function problemsOf(operation: AnyOperation): ProblemName[] {
  const { open = false, write = false, params, query, body, rawBody, document, problems = [] } = operation
  return [
    ...(params !== undefined || query !== undefined || body !== undefined ? (['invalid-request'] as const) : []),
    ...(body === undefined ? [] : (['invalid-json', 'unsupported-media-type', 'body-too-large'] as const)),
    ...(document === undefined ? [] : (['invalid-json', 'unsupported-media-type', 'body-too-large'] as const)),
    ...(rawBody === undefined ? [] : (['invalid-json', 'body-too-large'] as const)),
    ...(open ? [] : (['unauthorized', 'forbidden'] as const)),
    ...(write ? (['idempotency-key-missing', 'invalid-request', 'request-in-flight', 'idempotency-key-reused'] as const) : []),
    ...problems,
    'store-busy',
    'store-unavailable',
    'internal-error',
  ]
}

function problemResponses(operation: AnyOperation, answered: object, schemas: Json): Json {
  const byStatus = new Map<number, string[]>()
  for (const name of new Set(problemsOf(operation))) {
    const { status, title } = PROBLEMS[name]
    if (!(String(status) in answered)) byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${name}\`: ${title}`])
  }
  const content = { 'application/problem+json': { schema: reference(Problem, schemas) } }
  const responses = [...byStatus].map(([status, lines]) => [status, { description: lines.join('\n\n'), content }] as const)
  return Object.fromEntries(responses)
}

/** Returns the schema for the document; a schema with a title is written once, under `components`, and referenced. */
function reference(schema: TSchema, schemas: Json): Json {
  const { title, ...rest } = schema as { title?: string }
  if (title === undefined) return inner(schema, schemas)
  if (!(title in schemas)) {
    schemas[title] = {}
    schemas[title] = inner(rest, schemas)
  }
  return { $ref: `#/components/schemas/${title}` }
}

function inner(schema: object, schemas: Json): Json {
  const entries = Object.entries(schema).map(([key, value]): [string, unknown] => {
    if (key === 'properties') {
      const properties = Object.entries(value as Record<string, TSchema>)
      return [key, Object.fromEntries(properties.map(([name, property]) => [name, reference(property, schemas)]))]
    }
    if (key === 'items' || key === 'additionalProperties') {
      return [key, typeof value === 'object' ? reference(value as TSchema, schemas) : value]
    }
    if (key === 'anyOf') return [key, (value as TSchema[]).map((option) => reference(option, schemas))]
    if (key === 'patternProperties')
      return ['additionalProperties', reference(Object.values(value as Json)[0] as TSchema, schemas)]
    return [key, value]
  })
  return Object.fromEntries(entries)
}
