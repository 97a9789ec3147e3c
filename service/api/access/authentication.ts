/** Authentication: the bearer token, or the session cookie of a browser that signed in by link. */

import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'

import { isEndedSession } from '../../../store/base/installation.js'
import type { ApiContext } from '../http/context.js'
import { ProblemError } from '../http/problem.js'
import { isEqualSecret, isSession, sessionCookie, sessionDigest } from './session.js'

/** Returns a middleware that passes authenticated requests and throws ProblemError `unauthorized` or `forbidden` for others. */
export function authenticated({ token, now, store, installation }: ApiContext): MiddlewareHandler {
  return async function authenticate(http, next) {
    const header = http.req.header('authorization')
    if (header !== undefined) {
      const [, bearer] = /^Bearer +(\S+)$/i.exec(header) ?? []
      if (bearer === undefined || !isEqualSecret(bearer, token)) throw unauthorized('The bearer token is wrong.')
    } else {
      const cookie = getCookie(http, sessionCookie(installation))
      if (cookie === undefined)
        throw unauthorized('Send the token as `Authorization: Bearer …`, or sign in with the link that `tetik up` prints.')
      if (!isSession(cookie, token, now()) || (await isEndedSession(store, sessionDigest(cookie))))
        throw unauthorized('The session has ended; run `tetik up` and sign in with the link that it prints.')
      refuseOtherOrigins(http)
    }
    await next()
  }
}

/**
 * The browser sends the cookie with every request. `SameSite=Strict` keeps other sites out; other ports of this machine
 * count as the same site, so writes from their pages are recognised by their origin.
 */
function refuseOtherOrigins(http: Context): void {
  const origin = http.req.header('origin')
  if (origin === undefined || http.req.method === 'GET' || http.req.method === 'HEAD') return
  const host = URL.canParse(origin) ? new URL(origin).host : null
  if (host !== http.req.header('host')) throw new ProblemError('forbidden', `A page of ${origin} may not change anything here.`)
}

const unauthorized = (detail: string): ProblemError =>
  new ProblemError('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="tetik"' } })
