/**
 * Signing the panel's browser in: a signed link sets a signed cookie. Both are made from the API's token and contain when they
 * end, so only sessions that were signed out are stored, and another token ends them all.
 */

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Cookies know no ports: two installations on one machine would overwrite each other's under one name. */
export const sessionCookie = (installation: string): string => `tetik_session_${installation}`

/** Milliseconds. A link is clicked soon after it was printed; a session lasts as people expect of a local tool. */
const LINK_LIFETIME = 3_600_000
export const SESSION_LIFETIME = 30 * 24 * 3_600_000

type Purpose = 'link' | 'session'

/** A link that signs the browser in, for an hour. */
export function signInLink(apiUrl: string, token: string, now: number): string {
  return `${apiUrl}/sign-in?token=${sign('link', token, now + LINK_LIFETIME)}`
}

/** Whether a link signs in: it has a valid signature, or the API's token itself. */
export const opensSession = (given: string, token: string, now: number): boolean =>
  isSigned('link', given, token, now) || isEqualSecret(given, token)

export const newSession = (token: string, now: number): string => sign('session', token, now + SESSION_LIFETIME)

/** What is stored of a session that is signed out: enough to know it again, and nothing that signs in. */
export const sessionDigest = (cookie: string): string => createHash('sha256').update(cookie).digest('hex')

/** When a session that is signed right ends by itself, epoch milliseconds. */
export const sessionEnd = (cookie: string): number => Number(cookie.split('.', 1)[0])

export const isSession = (given: string, token: string, now: number): boolean => isSigned('session', given, token, now)

/** Takes the same time wherever the texts differ, and whatever their lengths are. */
export function isEqualSecret(given: string, secret: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(secret).digest())
}

/** The nonce makes each its own, so that signing out of one browser leaves another signed in. */
function sign(purpose: Purpose, token: string, until: number): string {
  const signed = `${until}.${randomBytes(9).toString('base64url')}`
  return `${signed}.${signature(purpose, token, signed)}`
}

function isSigned(purpose: Purpose, given: string, token: string, now: number): boolean {
  const [until = '', nonce = '', signed = '', ...rest] = given.split('.')
  const holds = isEqualSecret(signed, signature(purpose, token, `${until}.${nonce}`))
  return holds && rest.length === 0 && /^\d{1,16}$/.test(until) && Number(until) > now
}

const signature = (purpose: Purpose, token: string, signed: string): string =>
  createHmac('sha256', token).update(`tetik ${purpose} ${signed}`).digest('base64url')
