/**
 * Signing the panel's browser in: a signed link sets a signed cookie. Both are made from the API's token and say until when
 * they hold, so nothing is stored, and another token ends them all.
 */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export const SESSION_COOKIE = 'tetik_session'

/** Milliseconds. A link is clicked soon after it was printed; a session lasts as people expect of a local tool. */
const LINK_LIFETIME = 24 * 3_600_000
export const SESSION_LIFETIME = 30 * 24 * 3_600_000

type Purpose = 'link' | 'session'

/** A link that signs the browser in, for a day. */
export function signInLink(apiUrl: string, token: string, now: number): string {
  return `${apiUrl}/sign-in?token=${sign('link', token, now + LINK_LIFETIME)}`
}

/** Whether what a link bears lets in: a signature that holds, or the API's token itself. */
export const opensSession = (given: string, token: string, now: number): boolean =>
  isSigned('link', given, token, now) || isEqualSecret(given, token)

export const newSession = (token: string, now: number): string => sign('session', token, now + SESSION_LIFETIME)

export const isSession = (given: string, token: string, now: number): boolean => isSigned('session', given, token, now)

/** Takes the same time wherever the texts differ, and whatever their lengths are. */
export function isEqualSecret(given: string, secret: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(secret).digest())
}

function sign(purpose: Purpose, token: string, until: number): string {
  return `${until}.${signature(purpose, token, String(until))}`
}

function isSigned(purpose: Purpose, given: string, token: string, now: number): boolean {
  const [until = '', signed = '', ...rest] = given.split('.')
  const holds = isEqualSecret(signed, signature(purpose, token, until))
  return holds && rest.length === 0 && /^\d{1,16}$/.test(until) && Number(until) > now
}

const signature = (purpose: Purpose, token: string, until: string): string =>
  createHmac('sha256', token).update(`tetik ${purpose} ${until}`).digest('base64url')
