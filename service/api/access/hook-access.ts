/** Authentication of hooks: a signature, the hook's token, or the API's token. */

import { createHash, createHmac } from 'node:crypto'

import type { Context } from 'hono'

import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'
import { isEqualSecret } from './session.js'

const UNSIGNED: HookAccess = { signature: null }

/** How far a signed time stamp may be from now, milliseconds: a recorded call cannot be replayed later. */
const TOLERANCE = 5 * 60_000

export interface HookAccess {
  /** Null for a bearer token, whose holder can send anything anyway. */
  readonly signature: HookSignature | null
}

/** Neither kind of signature covers the hook's name, so a recorded call could be sent to another hook with the same secret. */
export interface HookSignature {
  /** SHA-256 of the signature, hex. */
  readonly digest: string
  /** False if it covers only the body, so that the same call could be sent again under another id. */
  readonly coversId: boolean
  /** Whether it can never be valid at another hook later: it has a time stamp, or no other hook has its secret. */
  readonly passing: boolean
}

/**
 * Checks the signature or bearer token of a call to a hook.
 *
 * @throws ProblemError `unauthorized`, which says what to send; `unavailable` if the call is signed and no secret is set
 */
export function checkHookAccess(context: ApiContext, hook: string, http: Context, body: Uint8Array): HookAccess {
  const { secret, token } = keysOf(context, hook)
  const header = (name: string): string | undefined => http.req.header(name)
  const [, bearer] = /^Bearer +(\S+)$/i.exec(header('authorization') ?? '') ?? []
  if (bearer !== undefined) {
    if (isEqualSecret(bearer, context.token) || (token !== null && isEqualSecret(bearer, token))) return UNSIGNED
    throw unauthorized('The bearer token is wrong.')
  }
  const signed = header('x-hub-signature-256') !== undefined || header('webhook-signature') !== undefined
  if (signed && secret === null) {
    const names = `${variableOf(hook)}_SECRET or TETIK_HOOK_SECRET`
    throw new ProblemError('unavailable', `The event is signed, but ${names} is not set, so its signature cannot be checked.`)
  }
  if (signed && secret !== null) {
    // The stronger one first: its signature covers the id.
    const standard = standardSignature(secret, body, header, context.now())
    if (standard !== null) return { signature: { digest: digestOf(standard), coversId: true, passing: true } }
    const plain = header('x-hub-signature-256')
    if (isSignedPlainly(secret, body, plain)) {
      const passing = !isShared(context, secret)
      return { signature: { digest: digestOf(plain!.toLowerCase()), coversId: false, passing } }
    }
    throw unauthorized('The signature is wrong, or its time stamp is more than five minutes off.')
  }
  throw unauthorized('Sign the event (`X-Hub-Signature-256` or Standard Webhooks), or send `Authorization: Bearer …`.')
}

const digestOf = (signature: string): string => createHash('sha256').update(signature).digest('hex')

/** The hook's own keys replace the common ones. */
function keysOf({ variables }: ApiContext, hook: string): { readonly secret: string | null; readonly token: string | null } {
  const key = (kind: 'SECRET' | 'TOKEN'): string | null => {
    const found = variables[`${variableOf(hook)}_${kind}`] ?? variables[`TETIK_HOOK_${kind}`]
    return found === undefined || found === '' ? null : found
  }
  return { secret: key('SECRET'), token: key('TOKEN') }
}

/** Whether another hook can have this secret: it is the common one, or two hooks have it. */
function isShared({ variables }: ApiContext, secret: string): boolean {
  const names = Object.keys(variables).filter((name) => /^TETIK_HOOK_(\w+_)?SECRET$/.test(name) && variables[name] === secret)
  return names.includes('TETIK_HOOK_SECRET') || names.length > 1
}

/** `order-paid` → `TETIK_HOOK_ORDER_PAID` */
const variableOf = (hook: string): string => `TETIK_HOOK_${hook.toUpperCase().replaceAll('-', '_')}`

/** `sha256=` and the hex HMAC of the body, as GitHub, Meta and many others sign. */
function isSignedPlainly(secret: string, body: Uint8Array, given: string | undefined): boolean {
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return given !== undefined && isEqualSecret(given.toLowerCase(), expected)
}

/** Standard Webhooks: `v1,` and the base64 HMAC of `id.timestamp.body`; the header may list several, separated by spaces. Returns the valid one, or null. */
function standardSignature(
  secret: string,
  body: Uint8Array,
  header: (name: string) => string | undefined,
  now: number,
): string | null {
  const [id, stamp, given] = [header('webhook-id'), header('webhook-timestamp'), header('webhook-signature')]
  if (id === undefined || given === undefined || !/^\d{1,12}$/.test(stamp ?? '')) return null
  if (Math.abs(now - Number(stamp) * 1000) > TOLERANCE) return null
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
  const expected = `v1,${createHmac('sha256', key).update(`${id}.${stamp}.`).update(body).digest('base64')}`
  return given.split(' ').some((one) => isEqualSecret(one, expected)) ? expected : null
}

const unauthorized = (detail: string): ProblemError =>
  new ProblemError('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="tetik"' } })
