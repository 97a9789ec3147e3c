import { describe, expect, test } from 'vitest'

import { INSTALLATION, NOW, testApi, TOKEN } from '../../../test/support/api.js'
import { OPERATIONS } from '../operations.js'
import { isSession, newSession, opensSession, SESSION_LIFETIME, signInLink } from './session.js'

const HOUR = 3_600_000
const OPEN = ['/healthz', '/readyz', '/metrics', '/webhooks/whatsapp']

describe('without a token or a session', () => {
  test.each(
    OPERATIONS.filter(({ path }) => !OPEN.includes(path)).map(({ method, path }) => [method.toUpperCase(), path] as const),
  )('%s %s is refused', async (method, path) => {
    const { app } = await testApi()
    const response = await app.request(path.replace(/\{\w+\}/, '1'), { method })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })

  test.each(['', 'Bearer', 'Bearer wrong', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`])(
    '%j is not a valid header',
    async (authorization) => {
      const { ask } = await testApi()
      expect((await ask('/api/rules', { headers: { authorization } })).status).toBe(401)
    },
  )
})

describe('the panel’s session', () => {
  const signIn = async (link: string) => {
    const api = await testApi()
    const response = await api.app.request(link)
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';')
    return { ...api, response, cookie }
  }
  const link = signInLink('', TOKEN, NOW)

  test('starts with the link, and its cookie is hidden from scripts and other sites', async () => {
    const { response, cookie, app } = await signIn(link)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/')
    expect(response.headers.get('set-cookie')).toMatch(/HttpOnly/)
    expect(response.headers.get('set-cookie')).toMatch(/SameSite=Strict/)
    expect(response.headers.get('set-cookie')).not.toContain(TOKEN)
    expect((await app.request('/api/rules', { headers: { cookie } })).status).toBe(200)
  })

  test('also starts with the token itself', async () => {
    expect((await signIn(`/sign-in?token=${TOKEN}`)).response.status).toBe(303)
  })

  test.each([
    '/sign-in',
    '/sign-in?token=wrong',
    `/sign-in?token=${newSession(TOKEN, NOW)}`,
    signInLink('', 'other', NOW),
    signInLink('', TOKEN, NOW - HOUR),
  ])('does not start with %s', async (wrong) => {
    const { response, cookie } = await signIn(wrong)
    expect(response.status).toBe(401)
    expect(cookie).toBe('')
  })

  test('may change things from its own page only', async () => {
    const { cookie, app } = await signIn(link)
    const from = async (headers: Record<string, string>) => {
      const url = 'http://127.0.0.1:7070/api/rules/reload'
      const response = await app.request(url, {
        method: 'POST',
        headers: { cookie, host: '127.0.0.1:7070', 'idempotency-key': 'k', ...headers },
      })
      return response.status
    }
    expect(await from({ origin: 'http://127.0.0.1:7071' })).toBe(403)
    expect(await from({ origin: 'https://evil.example' })).toBe(403)
    expect(await from({ origin: 'null' })).toBe(403)
    expect(await from({ origin: 'http://127.0.0.1:7070' })).toBe(200)
    expect(await from({})).toBe(200)
  })

  test('ends after 30 days, when the token changes, and on signing out', async () => {
    const session = newSession(TOKEN, NOW)
    expect(isSession(session, TOKEN, NOW + SESSION_LIFETIME - 1)).toBe(true)
    expect(isSession(session, TOKEN, NOW + SESSION_LIFETIME)).toBe(false)
    expect(isSession(session, 'another token', NOW)).toBe(false)
    const { app } = await testApi()
    expect((await app.request('/sign-out')).headers.get('set-cookie')).toMatch(/tetik_session_\w+=;.*Max-Age=0/)
  })

  test('ends for copies of its cookie when its owner signs out, and continues in other browsers', async () => {
    const { app, cookie } = await signIn(link)
    const [other = ''] = ((await app.request(signInLink('', TOKEN, NOW))).headers.get('set-cookie') ?? '').split(';')
    await app.request('/sign-out', { headers: { cookie } })
    expect((await app.request('/api/rules', { headers: { cookie } })).status).toBe(401)
    expect((await app.request('/api/rules', { headers: { cookie: other } })).status).toBe(200)
  })

  test('has a cookie named after its installation, since cookies are shared by all ports', async () => {
    expect((await signIn(link)).cookie).toMatch(new RegExp(`^tetik_session_${INSTALLATION}=`))
  })

  test('cannot be extended, taken from a link, or forged', () => {
    const [until = '', nonce = '', signature = ''] = newSession(TOKEN, NOW).split('.')
    expect(isSession(`${Number(until) + 1}.${nonce}.${signature}`, TOKEN, NOW)).toBe(false)
    expect(isSession(`${until}.${nonce}.${signature}.x`, TOKEN, NOW)).toBe(false)
    expect(isSession(`9999999999999.`, TOKEN, NOW)).toBe(false)
    expect(isSession('', TOKEN, NOW)).toBe(false)
    const token = new URL(signInLink('http://x', TOKEN, NOW)).searchParams.get('token')!
    expect(opensSession(token, TOKEN, NOW)).toBe(true)
    expect(isSession(token, TOKEN, NOW)).toBe(false)
  })
})
