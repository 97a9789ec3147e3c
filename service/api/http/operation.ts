/** One operation of the API: its shapes and its handler. Routing, validation and the OpenAPI document are derived from it. */

import type { Context } from 'hono'
import type { Static, TObject, TProperties, TSchema } from 'typebox'

import type { ProblemName } from '../shapes/problem.js'
import type { ApiContext } from './context.js'

export interface ResponseShape {
  readonly description: string
  /** Null if the response is not JSON. */
  readonly schema: TSchema | null
  /** Of a response that is not JSON. */
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

type Responses = Readonly<Record<number, ResponseShape>>

/** A response with one of the documented statuses and the body of its shape. */
type Answer<R extends Responses> = {
  [S in keyof R & number]: R[S]['schema'] extends TSchema
    ? { readonly status: S; readonly body: Static<R[S]['schema']>; readonly headers?: Readonly<Record<string, string>> }
    : Response
}[keyof R & number]

interface OperationRequest<P extends TProperties, Q extends TProperties, B extends TSchema> {
  readonly params: Static<TObject<P>>
  readonly query: Static<TObject<Q>>
  readonly body: Static<B>
  /** Of an operation with a `document`: the body as text. */
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
  /** camelCase and stable: generated clients name their methods after it. */
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
  /** Describes a body of JSON or YAML that the handler parses from text. */
  readonly document?: string
  /** Describes a body that the handler reads itself, as raw bytes. */
  readonly rawBody?: string
  /** Whether query parameters that are not listed here are accepted. */
  readonly looseQuery?: boolean
  readonly responses: R
  /** Its own problems, in addition to those of every operation. */
  readonly problems?: readonly ProblemName[]
  /** Whether it needs no authentication; otherwise a token or a session is required. */
  readonly open?: boolean
  /** Whether it changes something and therefore needs an Idempotency-Key. */
  readonly write?: boolean
  readonly handle: (request: OperationRequest<P, Q, B>, context: ApiContext) => Promise<Answer<R>>
}

/** YAML has had its own media type since RFC 9512; older clients send others. */
export const DOCUMENT_TYPES = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml'] as const

/** An operation of any shapes, for lists. */
export type AnyOperation = Operation<TProperties, TProperties, TSchema, Responses>

/** Defines an operation: the handler gets its types from the shapes, lists of operations do not need them. */
export function operation<
  const P extends TProperties,
  const Q extends TProperties,
  const B extends TSchema,
  const R extends Responses,
>(definition: Operation<P, Q, B, R>): AnyOperation {
  return definition as unknown as AnyOperation
}

/** Returns a response with one of the operation's statuses. */
export const answer = <const S extends number, B>(status: S, body: B, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  body,
  headers,
})

/** Hono's form of a path: `/api/campaigns/:id/status`. */
export const honoPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')
