import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

import { testApi, TOKEN } from '../../test/support/api.js'
import { createApp } from './app.js'
import { operation } from './http/operation.js'
import { Health } from './shapes/health.js'

const problemOf = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { type: string; detail?: string; errors?: { where: string }[] }),
})

describe('an invalid request is answered with its type of problem', () => {
  const PAUSE = '/api/adsets/120001/status'

  test.each([
    ['an unknown address', 'GET', '/api/nothing', undefined, {}, 404, 'not-found'],
    ['a method that the address does not support', 'DELETE', '/api/rules', undefined, {}, 405, 'method-not-allowed'],
    ['another method of a path with an id', 'POST', '/api/decisions/x', undefined, {}, 405, 'method-not-allowed'],
    ['a preflight, since other origins have no access', 'OPTIONS', PAUSE, undefined, {}, 405, 'method-not-allowed'],
    [
      'another content type',
      'PATCH',
      PAUSE,
      'status=PAUSED',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['no content type', 'PATCH', PAUSE, '{}', { 'content-type': '' }, 415, 'unsupported-media-type'],
    ['broken JSON', 'PATCH', PAUSE, '{"status":', {}, 400, 'invalid-json'],
    ['an empty body', 'PATCH', PAUSE, '', {}, 400, 'invalid-json'],
    ['a body that is too large', 'PATCH', PAUSE, `"${'x'.repeat(1_000_001)}"`, {}, 413, 'body-too-large'],
    ['a malformed id', 'PATCH', '/api/adsets/1%2F2/status', '{"status":"PAUSED"}', {}, 400, 'invalid-request'],
    ['a field that is missing', 'PATCH', PAUSE, {}, {}, 400, 'invalid-request'],
    ['a field that is not known', 'PATCH', PAUSE, { status: 'PAUSED', why: 'x' }, {}, 400, 'invalid-request'],
    ['a value that is not in the list', 'PATCH', PAUSE, { status: 'DELETED' }, {}, 400, 'invalid-request'],
    ['an amount without a currency', 'PATCH', '/api/adsets/1/budget', { daily: 500 }, {}, 400, 'invalid-request'],
    [
      'half a minor unit',
      'PATCH',
      '/api/adsets/1/budget',
      { daily: { minor: 0.5, currency: 'TRY' } },
      {},
      400,
      'invalid-request',
    ],
    ['a negative amount', 'PATCH', '/api/adsets/1/budget', { daily: { minor: -1, currency: 'TRY' } }, {}, 400, 'invalid-request'],
    [
      'two budgets at once',
      'PATCH',
      '/api/adsets/1/budget',
      { daily: { minor: 1, currency: 'TRY' }, lifetime: { minor: 1, currency: 'TRY' } },
      {},
      400,
      'invalid-request',
    ],
    ['a parameter that is not known', 'GET', '/api/decisions?acount=moda-tr', undefined, {}, 400, 'invalid-request'],
    ['a parameter given twice', 'GET', '/api/decisions?rule=a&rule=b', undefined, {}, 400, 'invalid-request'],
    ['a limit that is not a number', 'GET', '/api/decisions?limit=all', undefined, {}, 400, 'invalid-request'],
    ['a limit out of bounds', 'GET', '/api/decisions?limit=201', undefined, {}, 400, 'invalid-request'],
    ['a made-up cursor', 'GET', '/api/decisions?cursor=bm9uc2Vuc2U', undefined, {}, 400, 'invalid-request'],
    ['a cursor of another list', 'GET', `/api/decisions?cursor=${btoa('{"id":"1"}')}`, undefined, {}, 400, 'invalid-request'],
    [
      'a parameter that is missing',
      'GET',
      '/api/insights?account=moda-tr&since=2026-03-01',
      undefined,
      {},
      400,
      'invalid-request',
    ],
    [
      'a day that does not exist',
      'GET',
      '/api/insights?account=moda-tr&since=2026-02-30&until=2026-03-01',
      undefined,
      {},
      400,
      'invalid-request',
    ],
    [
      'days in the wrong order',
      'GET',
      '/api/insights?account=moda-tr&since=2026-03-02&until=2026-03-01',
      undefined,
      {},
      400,
      'invalid-request',
    ],
    ['an account that is not in tetik.yaml', 'GET', '/api/campaigns?account=nobody', undefined, {}, 404, 'not-found'],
    ['an unknown decision', 'GET', '/api/decisions/nobody', undefined, {}, 404, 'not-found'],
    ['a rule that is not loaded', 'POST', '/api/rules/nobody/evaluate', undefined, {}, 404, 'not-found'],
    ['an unknown ad set', 'PATCH', PAUSE, { status: 'PAUSED' }, {}, 404, 'not-found'],
    ['a write without a key', 'PATCH', PAUSE, { status: 'PAUSED' }, { 'idempotency-key': '' }, 400, 'idempotency-key-missing'],
    ['a malformed key', 'PATCH', PAUSE, { status: 'PAUSED' }, { 'idempotency-key': 'a key' }, 400, 'invalid-request'],
  ])('%s', async (_, method, path, body, headers, status, name) => {
    const { ask } = await testApi()
    const response = await ask(path, { method, headers, ...(body === undefined ? {} : { body }) })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await problemOf(response)).toMatchObject({ status, type: `urn:tetik:${name}`, instance: path.split('?')[0] })
  })

  test('405 lists the supported methods in Allow', async () => {
    const { ask } = await testApi()
    expect((await ask('/webhooks/whatsapp', { method: 'PUT' })).headers.get('allow')).toBe('GET, POST')
  })

  test('all errors of a query are reported at once, with their places', async () => {
    const { ask } = await testApi()
    const { errors, detail } = await problemOf(await ask('/api/insights?level=creative&since=x&foo=1'))
    expect(errors?.map(({ where }) => where).sort()).toEqual([
      'query.account',
      'query.foo',
      'query.level',
      'query.since',
      'query.until',
    ])
    expect(detail).toContain('query.level must be one of account, campaign, adset, ad')
  })
})

test('an internal error is logged and not shown', async () => {
  const lines: string[] = []
  const { context } = await testApi({ logError: (line) => lines.push(line) })
  const broken = operation({
    id: 'break',
    method: 'get',
    path: '/api/break',
    tag: 'x',
    summary: 'x',
    responses: { 200: { description: 'x', schema: Health } },
    handle: (): Promise<never> => Promise.reject(new Error('the password is 1234')),
  })
  const response = await createApp(context, [broken]).request('/api/break', { headers: { authorization: `Bearer ${TOKEN}` } })
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('1234')
  expect(lines.join()).toContain('GET /api/break')
})

test('a store that another process has locked is reported as busy', async () => {
  const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
  const { ask } = await testApi({
    settings: () => {
      throw busy
    },
  })
  const response = await ask('/api/accounts')
  expect(await problemOf(response)).toMatchObject({ status: 503, type: 'urn:tetik:store-busy' })
  expect(response.headers.get('retry-after')).toBe('1')
})

test('on a full disk writes get 503 and reads still work', async () => {
  const { ask, context } = await testApi()
  await sql`pragma max_page_count = 1`.execute(context.store.db)
  // Writes that fit on an existing page still succeed, hence the repetition.
  let stop = await ask('/api/stop', { method: 'POST', body: { account: 'moda-tr', reason: 'x'.repeat(200) } })
  for (let tries = 0; stop.status === 200 && tries < 100; tries++) {
    stop = await ask('/api/stop', { method: 'POST', body: { account: 'moda-tr', reason: 'x'.repeat(200) } })
  }
  expect(await problemOf(stop)).toMatchObject({ status: 503, type: 'urn:tetik:store-unavailable' })
  expect((await ask('/api/accounts')).status).toBe(200)
})

describe('every response', () => {
  test.each(['/api/rules', '/api/nothing', '/healthz', '/openapi.json', '/docs', '/'])(
    'of %s has security headers and allows no other origin',
    async (path) => {
      const { app } = await testApi()
      const { headers } = await app.request(path, { headers: { origin: 'https://evil.example' } })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test('of the API must not be cached', async () => {
    const { ask } = await testApi()
    expect((await ask('/api/rules')).headers.get('cache-control')).toBe('no-store')
  })
})

test('the page /docs loads nothing from other hosts', async () => {
  const { app } = await testApi()
  const page = await (await app.request('/docs')).text()
  for (const [, source] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const file = await app.request(source!)
    expect(file.status).toBe(200)
    expect((await file.text()).length).toBeGreaterThan(100)
  }
  expect(page).not.toMatch(/https?:/)
})
