/** Authentication of hooks: a signature, the hook's token, or the API's token. */

import { createHash, createHmac } from 'node:crypto'

import type { Context } from 'hono'

import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'
import { isEqualSecret } from './session.js'

const UNSIGNED: HookAccess = { signature: null }

/** How far a signed time stamp may be from now, milliseconds: an old call that somebody recorded is not taken. */
const TOLERANCE = 5 * 60_000

export interface HookAccess {
  /** Null for a bearer token: its holder could send anything anyway. */
  readonly signature: HookSignature | null
}

/** Neither kind of signature covers the hook: a recorded call could be sent to another hook that has the same secret. */
export interface HookSignature {
  /** SHA-256 of the signature, hex. */
  readonly digest: string
  /** False where it covers the body alone, so that the same call could be sent again under another id. */
  readonly coversId: boolean
  /** Whether no later call can be right with it at another hook: it has a time, or no other hook has its secret. */
  readonly passing: boolean
}

/**
 * @throws ProblemError `unauthorized`, which says what is wanted; `unavailable` where nothing is set that could let anybody in
 */
export function checkHookAccess(context: ApiContext, hook: string, http: Context, body: Uint8Array): HookAccess {
  const { secret, token } = keysOf(context, hook)
  const header = (name: string): string | undefined => http.req.header(name)
  const [, bearer] = /^Bearer +(\S+)$/i.exec(header('authorization') ?? '') ?? []
  if (bearer !== undefined) {
    if (isEqualSecret(bearer, context.token) || (token !== null && isEqualSecret(bearer, token))) return UNSIGNED
    throw unauthorized('The bearer token is not the right one.')
  }
  const signed = header('x-hub-signature-256') !== undefined || header('webhook-signature') !== undefined
  if (signed && secret === null) {
    const names = `${variableOf(hook)}_SECRET or TETIK_HOOK_SECRET`
    throw new ProblemError('unavailable', `The event is signed, and ${names} is not set: nothing can be checked.`)
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
    throw unauthorized('The signature is not the right one, or its time stamp is more than five minutes off.')
  }
  throw unauthorized('Sign the event (`X-Hub-Signature-256`, or as Standard Webhooks has it), or send `Authorization: Bearer …`.')
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

/** Whether another hook may have the secret: it is the common one, or two have it. */
function isShared({ variables }: ApiContext, secret: string): boolean {
  const names = Object.keys(variables).filter((name) => /^TETIK_HOOK_(\w+_)?SECRET$/.test(name) && variables[name] === secret)
  return names.includes('TETIK_HOOK_SECRET') || names.length > 1
}

/** `order-paid` → `TETIK_HOOK_ORDER_PAID` */
const variableOf = (hook: string): string => `TETIK_HOOK_${hook.toUpperCase().replaceAll('-', '_')}`

/** `sha256=` and the hex HMAC of the body, as GitHub, Meta and many others send it. */
function isSignedPlainly(secret: string, body: Uint8Array, given: string | undefined): boolean {
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return given !== undefined && isEqualSecret(given.toLowerCase(), expected)
}

/** Standard Webhooks: `v1,` and the base64 HMAC of `id.timestamp.body`; the header may have several, between blanks. The one that is right, else null. */
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
