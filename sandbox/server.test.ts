import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { ACCOUNT, Clock, start } from './test-client.js'
import { adsetId } from './world/seed.js'

const ADSET = `/v27.0/${adsetId('benzer-1')}`
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(async () => rm(folder, { recursive: true, force: true }))

it('statuses, budgets, log, faults and past delivery survive a restart, even with another seed', async () => {
  const stateFile = join(folder, 'deep', 'sandbox.db')
  const insights = { date_preset: 'last_7d', level: 'adset', fields: 'adset_id,spend,actions' }
  const first = await start({ stateFile, seed: 7, now: new Clock().now })
  await first.post(ADSET, { status: 'PAUSED', daily_budget: '95000' })
  await first.faults({ name: 'kept', kind: 'http-500', match: { path: 'nowhere' } })
  const before = (await first.get(`${ACCOUNT}/insights`, insights)).body
  await first.sandbox.stop()
  const second = await start({ stateFile, seed: 8, now: new Clock().now })
  expect((await second.get(ADSET, { fields: 'status,daily_budget' })).body).toMatchObject({
    status: 'PAUSED',
    daily_budget: '95000',
  })
  expect((await second.requests('?method=POST')).flatMap(({ mutations }) => mutations).length).toBe(2)
  expect((await second.send<{ faults: unknown[] }>('GET', '/sandbox/faults')).body.faults).toMatchObject([{ name: 'kept' }])
  expect((await second.get(`${ACCOUNT}/insights`, insights)).body).toEqual(before)
})

it('the log can be filtered by method, path and number', async () => {
  const client = await start()
  await client.get(ACCOUNT)
  await client.post(ADSET, { name: 'X' })
  await client.get(ADSET)
  const all = await client.requests()
  expect(all.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', ACCOUNT, 200],
    ['POST', ADSET, 200],
    ['GET', ADSET, 200],
  ])
  expect((await client.requests(`?path=${encodeURIComponent(ADSET)}`)).length).toBe(2)
  expect((await client.requests(`?since=${all[1]?.id}`)).length).toBe(1)
  expect((await client.requests(`?since=${encodeURIComponent(all[0]?.time ?? '')}&limit=1`)).map(({ id }) => id)).toEqual([
    all[2]?.id,
  ])
  expect((await client.send('GET', '/sandbox/requests?since=nonsense')).status).toBe(400)
  expect((await client.send('GET', '/sandbox/healthz')).body).toMatchObject({ status: 'ok' })
})

it('the page shows the account and the messages in both languages, and escapes their markup', async () => {
  const client = await start()
  await client.send('POST', '/sandbox/inbound', { text: '<script>alert(1)</script>' })
  for (const [language, word] of [
    ['tr', 'Kampanya'],
    ['en', 'Campaign'],
  ]) {
    for (const path of ['/', '/sandbox']) {
      const html = await (await fetch(`${client.sandbox.url}${path}?lang=${language}`)).text()
      expect(html).toContain(word)
      expect(html).toContain('Erkek 25-54 | İlgi alanları')
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script')
    }
  }
})

it('a second sandbox on the same port fails with an error', async () => {
  const client = await start()
  await expect(start({ port: client.sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

it('stops even if a caller is still waiting', async () => {
  const client = await start()
  await client.faults({ kind: 'timeout-before-write' })
  const waiting = fetch(`${client.sandbox.url}${ACCOUNT}?access_token=sandbox-token`).catch((error: unknown) => error)
  while ((await client.requests()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  await client.sandbox.stop()
  expect(await waiting).toBeInstanceOf(Error)
})
