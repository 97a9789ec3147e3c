/** Signs the panel's browser in with the link that `tetik up` prints, and signs it out. Answers people, so not in JSON. */

import type { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

import { endSession } from '../../../store/base/installation.js'
import {
  isSession,
  newSession,
  opensSession,
  SESSION_LIFETIME,
  sessionCookie,
  sessionDigest,
  sessionEnd,
} from '../access/session.js'
import type { ApiContext } from '../http/context.js'

export function addSignIn(app: Hono, { token, now, store, installation }: ApiContext): void {
  const name = sessionCookie(installation)
  app.get('/sign-in', (http) => {
    const given = http.req.query('token') ?? ''
    http.header('cache-control', 'no-store')
    if (!opensSession(given, token, now())) {
      return http.text('This link is invalid or has expired. Run `tetik up` (or `npm start`) again: it prints a new one.\n', 401)
    }
    setCookie(http, name, newSession(token, now()), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: Math.floor(SESSION_LIFETIME / 1000),
      secure: new URL(http.req.url).protocol === 'https:' || http.req.header('x-forwarded-proto') === 'https',
    })
    return http.redirect('/', 303)
  })
  app.get('/sign-out', async (http) => {
    const cookie = getCookie(http, name)
    // Copies of the cookie must stop working when its owner signs out.
    if (cookie !== undefined && isSession(cookie, token, now()))
      await endSession(store, sessionDigest(cookie), sessionEnd(cookie))
    deleteCookie(http, name, { path: '/' })
    return http.redirect('/', 303)
  })
}
