/** Meta's error bodies. Clients decide on code and subcode; the texts are close to Meta's, for people. */

import { randomBytes } from 'node:crypto'

import { NEWEST_VERSION } from '../base/identity.js'

export interface ErrorBody {
  readonly message: string
  readonly type: string
  readonly code: number
  readonly error_subcode?: number
  readonly is_transient?: boolean
  readonly error_user_title?: string
  readonly error_user_msg?: string
  readonly error_data?: unknown
}

/** Thrown anywhere in a handler; becomes `{ error: … }` with a trace id. */
export class GraphError extends Error {
  constructor(
    readonly body: ErrorBody,
    readonly status = 400,
  ) {
    super(body.message)
  }

  /** `fbtrace_id` identifies one response. */
  answer(): { error: ErrorBody & { fbtrace_id: string } } {
    return { error: { ...this.body, fbtrace_id: `A${randomBytes(16).toString('base64url')}` } }
  }
}

const oauth = (code: number, message: string, more: Partial<ErrorBody> = {}): ErrorBody => ({
  message,
  type: 'OAuthException',
  code,
  ...more,
})

/** 100: a parameter is wrong; the message begins with `(#100)`, as at Meta. */
export const invalidParameter = (message: string): GraphError => new GraphError(oauth(100, `(#100) ${message}`))

/** 100, mostly with a subcode: an ads rule was broken; the error has a message for the user. */
export const refused = (subcode: number | null, title: string, message: string, fields: readonly string[] = []): GraphError =>
  new GraphError(
    oauth(100, 'Invalid parameter', {
      ...(subcode === null ? {} : { error_subcode: subcode }),
      is_transient: false,
      error_user_title: title,
      error_user_msg: message,
      ...(fields.length > 0 ? { error_data: JSON.stringify({ blame_field_specs: fields.map((field) => [field]) }) } : {}),
    }),
  )

export const nonexistingField = (field: string, nodeType: string): GraphError =>
  invalidParameter(`Tried accessing nonexisting field (${field}) on node type (${nodeType})`)

export const unsupportedRequest = (method: string, id: string): GraphError =>
  new GraphError({
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing ` +
      'permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api',
    type: 'GraphMethodException',
    code: 100,
    error_subcode: 33,
  })

export const unknownPath = (path: string): GraphError => new GraphError(oauth(2500, `Unknown path components: ${path}`))
export const syntaxError = (message: string): GraphError => new GraphError(oauth(2500, `Syntax error "${message}"`))
export const endedVersion = (): GraphError =>
  new GraphError(
    oauth(
      2635,
      `(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: ${NEWEST_VERSION}.`,
    ),
  )

export const missingToken = (status = 400): GraphError =>
  new GraphError(oauth(104, 'An access token is required to request this resource.'), status)
export const invalidToken = (status = 400): GraphError =>
  new GraphError(oauth(190, 'Invalid OAuth access token - Cannot parse access token', { error_subcode: 467 }), status)
export const expiredToken = (now: number, status = 400): GraphError =>
  new GraphError(
    oauth(
      190,
      `Error validating access token: Session has expired on ${clockText(now - 3_600_000)}. The current time is ${clockText(now)}.`,
      { error_subcode: 463 },
    ),
    status,
  )
/** A token belongs to no account, so Meta writes its times in no account's time zone. */
const clockText = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}+0000`

export const invalidProof = (): GraphError =>
  new GraphError({ message: 'Invalid appsecret_proof provided in the API argument', type: 'GraphMethodException', code: 100 })
export const permissionMissing = (message: string): GraphError => new GraphError(oauth(200, `(#200) ${message}`), 403)

/** Deleted objects can be read only by their ids (Marketing API, "Manage your ad object's status"). */
export const deletedNotListed = (): GraphError =>
  refused(1815001, 'Cannot Request for Deleted Objects', 'Deleted objects cannot be listed. Ask for each by its id.', [
    'effective_status',
  ])

export const tooMuchData = (code = 100, subcode = 1487534): GraphError =>
  new GraphError(
    oauth(code, `(#${code}) Please reduce the amount of data you're asking for, then retry your request`, {
      error_subcode: subcode,
      is_transient: false,
      error_user_title: 'There was a problem with your query',
      error_user_msg: 'The query asks for too much data in one call. Ask for fewer rows, or start an asynchronous report.',
    }),
  )

/** The error for a page with too many rows and fields. No subcode distinguishes it from an outage. */
export const pageTooLarge = (): GraphError =>
  new GraphError(oauth(1, "Please reduce the amount of data you're asking for, then retry your request"), 500)

export const serviceError = (status = 500): GraphError =>
  new GraphError(oauth(2, 'An unexpected error has occurred. Please retry your request later.', { is_transient: true }), status)
