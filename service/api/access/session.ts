/**
 * Signs the panel's browser in: a signed link sets a signed cookie. Both are signed with the API's token and contain their expiry,
 * so that only ended sessions are stored, and changing the token ends all sessions.
 */

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Cookies are shared by all ports of a host: under one name, two installations would overwrite each other's. */
export const sessionCookie = (installation: string): string => `tetik_session_${installation}`

/** Milliseconds. A link is clicked soon after it is printed; a session lasts as long as people expect of a local tool. */
const LINK_LIFETIME = 3_600_000
export const SESSION_LIFETIME = 30 * 24 * 3_600_000

type Purpose = 'link' | 'session'

/** Returns a link that signs a browser in; it is valid for an hour. */
export function signInLink(apiUrl: string, token: string, now: number): string {
  return `${apiUrl}/sign-in?token=${sign('link', token, now + LINK_LIFETIME)}`
}

/** Whether a link's token signs in: it is validly signed, or is the API's token itself. */
export const opensSession = (given: string, token: string, now: number): boolean =>
  isSigned('link', given, token, now) || isEqualSecret(given, token)

export const newSession = (token: string, now: number): string => sign('session', token, now + SESSION_LIFETIME)

/** The hash by which an ended session is recognised; it cannot be used to sign in. */
export const sessionDigest = (cookie: string): string => createHash('sha256').update(cookie).digest('hex')

/** When a validly signed session expires, epoch milliseconds. */
export const sessionEnd = (cookie: string): number => Number(cookie.split('.', 1)[0])

export const isSession = (given: string, token: string, now: number): boolean => isSigned('session', given, token, now)

/** Compares in constant time, whatever the texts and their lengths. */
export function isEqualSecret(given: string, secret: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(secret).digest())
}

/** The nonce makes each session unique, so that signing out in one browser leaves others signed in. */
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
