/** Problem details (RFC 9457): the shape of every error response. Programs use `type`, people read `detail`. */

import Type, { type Static } from 'typebox'

import { shape } from './common.js'

/** All types of problems, with status and title. Types are stable; texts are not. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is invalid' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'idempotency-key-missing': { status: 400, title: 'A write needs an Idempotency-Key' },
  unauthorized: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This address does not support that method' },
  'request-in-flight': { status: 409, title: 'The same request is still being processed' },
  'nothing-to-approve': { status: 409, title: 'Nothing is waiting for approval' },
  'rules-stopped': { status: 409, title: 'The account’s rules are stopped' },
  'launch-under-way': { status: 409, title: 'Another run of the same launch is in progress' },
  'already-answered': { status: 409, title: 'It has already been answered' },
  'change-superseded': { status: 409, title: 'It was replaced by a later change' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The operation does not accept this content type' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for a different request' },
  'currency-mismatch': { status: 422, title: 'The amount is not in the account’s currency' },
  'no-such-budget': { status: 422, title: 'The entity has no such budget' },
  'change-refused': { status: 422, title: 'The change was not made' },
  'spec-rejected': { status: 422, title: 'The launch spec has errors' },
  'launch-refused': { status: 422, title: 'The launch was not completed' },
  'rules-rejected': { status: 422, title: 'The rules have errors; the loaded rules stay active' },
  'temporal-unavailable': { status: 503, title: 'Temporal does not answer' },
  'store-busy': { status: 503, title: 'The store is busy' },
  'store-unavailable': { status: 503, title: 'The store cannot be read or written' },
  unavailable: { status: 503, title: 'Not ready' },
  'internal-error': { status: 500, title: 'Internal error in tetik' },
} as const

export type ProblemName = keyof typeof PROBLEMS

/** Temporary problems: the same request may succeed a minute later, under the same key. */
const PASSING: ReadonlySet<ProblemName> = new Set(['request-in-flight', 'rules-stopped', 'launch-under-way'])

/** Whether a problem is not stored under the request's Idempotency-Key: it is a failure on our side (5xx) or temporary. */
export const passes = (problem: ProblemName): boolean => PROBLEMS[problem].status >= 500 || PASSING.has(problem)

export const Fault = shape('Fault', {
  where: Type.String({ description: 'JSON pointer into the body, or `query.limit`, `header.Idempotency-Key`' }),
  message: Type.String(),
})
export type Fault = Static<typeof Fault>

export const Problem = Type.Object(
  {
    type: Type.Unsafe<`urn:tetik:${ProblemName}`>({
      type: 'string',
      enum: Object.keys(PROBLEMS).map((name) => `urn:tetik:${name}`),
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: 'What happened here, and what to do' })),
    instance: Type.Optional(Type.String({ description: 'Path of the request' })),
    errors: Type.Optional(Type.Array(Fault)),
  },
  { title: 'Problem', description: 'RFC 9457; served as application/problem+json. Some types have more fields.' },
)
export type Problem = Static<typeof Problem>
