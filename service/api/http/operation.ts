/** One operation of the API: its shapes and what it does. Routing, checks and the OpenAPI document all follow from it. */

import type { Context } from 'hono'
import type { Static, TObject, TProperties, TSchema } from 'typebox'

import type { ProblemName } from '../shapes/problem.js'
import type { ApiContext } from './context.js'

export interface ResponseShape {
  readonly description: string
  /** Null where the answer is no JSON. */
  readonly schema: TSchema | null
  /** Of an answer that is no JSON. */
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

type Responses = Readonly<Record<number, ResponseShape>>

/** An answer of one of the documented statuses, with the body that its shape says. */
type Answer<R extends Responses> = {
  [S in keyof R & number]: R[S]['schema'] extends TSchema
    ? { readonly status: S; readonly body: Static<R[S]['schema']>; readonly headers?: Readonly<Record<string, string>> }
    : Response
}[keyof R & number]

interface OperationRequest<P extends TProperties, Q extends TProperties, B extends TSchema> {
  readonly params: Static<TObject<P>>
  readonly query: Static<TObject<Q>>
  readonly body: Static<B>
  /** Of an operation that takes a document: the body as text. */
  readonly text: string
  /** Of a write: the caller's Idempotency-Key. */
  readonly key: string
  /** Of a write: distinguishes this request from others with the same key. */
  readonly hash: string
  readonly http: Context
}

export interface Operation<
  P extends TProperties = TProperties,
  Q extends TProperties = TProperties,
  B extends TSchema = TSchema,
  R extends Responses = Responses,
> {
  /** camelCase and stable: clients are generated from it. */
  readonly id: string
  readonly method: 'get' | 'post' | 'patch'
  /** OpenAPI's form: `/api/campaigns/{id}/status`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly description?: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** A body that is JSON or YAML, which the handler reads from text; what it is. */
  readonly document?: string
  /** A body that the handler reads itself, byte by byte as it was sent; what it is. */
  readonly rawBody?: string
  /** Whether parameters of the query that are not named here pass. */
  readonly looseQuery?: boolean
  readonly responses: R
  /** Problems of its own, in addition to those of every operation. */
  readonly problems?: readonly ProblemName[]
  /** Whether anybody may ask; else a token or a session is needed. */
  readonly open?: boolean
  /** Whether it is a write of the API: it then needs an Idempotency-Key. */
  readonly write?: boolean
  readonly handle: (request: OperationRequest<P, Q, B>, context: ApiContext) => Promise<Answer<R>>
}

/** YAML has had its own media type since RFC 9512; older clients send others. */
export const DOCUMENT_TYPES = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml'] as const

/** An operation as lists hold it, whatever its shapes are. */
export type AnyOperation = Operation<TProperties, TProperties, TSchema, Responses>

/** Gives the handler its types; lists of operations need not know them. */
export function operation<
  const P extends TProperties,
  const Q extends TProperties,
  const B extends TSchema,
  const R extends Responses,
>(definition: Operation<P, Q, B, R>): AnyOperation {
  return definition as unknown as AnyOperation
}

/** An answer with one of the operation's statuses. */
export const answer = <const S extends number, B>(status: S, body: B, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  body,
  headers,
})

/** Hono's form of a path: `/api/campaigns/:id/status`. */
export const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')
