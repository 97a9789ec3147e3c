import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'

import { Connection } from '@temporalio/client'
import { describe, expect, onTestFinished, test } from 'vitest'

import { saveStructure } from '../../store/account/entities.js'
import { recordTick, setProgress } from '../../store/decisions/decisions.js'
import { runningApi, TOKEN } from '../../test/support/api.js'
import { decisionRow, entityOf } from '../../test/support/rows.js'
import { temporaryFolder, temporaryStore } from '../../test/support/temporary-store.js'
import { TetikClient } from '../temporal/connection.js'

/** A recent decision: a server deletes old ones when it starts. */
const recent = (change: Parameters<typeof decisionRow>[0]) => decisionRow({ at: Date.now(), ...change })

const authorization = `Bearer ${TOKEN}`

/** Yields server-sent events as they arrive. */
async function* events(
  url: string,
  headers: Record<string, string> = {},
): AsyncGenerator<{ id: number; data: { id: string; progress: string } }, void> {
  const closing = new AbortController()
  const response = await fetch(url, { headers: { authorization, ...headers }, signal: closing.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  try {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
        )
        if (fields['event'] === 'decision')
          yield { id: Number(fields['id']), data: JSON.parse(fields['data'] ?? '') as { id: string; progress: string } }
      }
    }
  } finally {
    closing.abort()
  }
}

async function next<T>(iterator: AsyncGenerator<T, void>): Promise<T> {
  const result = await iterator.next()
  if (result.done === true) throw new Error('The stream ended.')
  return result.value
}

describe('live decisions', () => {
  test('are sent as they are recorded and carried out, without earlier ones', async () => {
    const store = await temporaryStore()
    const api = await runningApi({ store })
    await recordTick(store, { states: [], decisions: [recent({ id: 'before' })] })
    const stream = events(`${api.url}/api/decisions/stream`)
    const first = next(stream)
    await expect.poll(async () => (await (await fetch(`${api.url}/metrics`)).text()).includes('tetik_live_pages 1')).toBe(true)
    await recordTick(store, { states: [], decisions: [recent({ id: 'new', progress: 'planned' })] })
    expect((await first).data).toMatchObject({ id: 'new', progress: 'planned' })
    await setProgress(store, 'new', { progress: 'done', at: 2 })
    expect((await next(stream)).data).toMatchObject({ id: 'new', progress: 'done' })
    await stream.return(undefined)
    await expect.poll(async () => (await (await fetch(`${api.url}/metrics`)).text()).includes('tetik_live_pages 0')).toBe(true)
  })

  test('that were missed are all sent after reconnecting', async () => {
    const store = await temporaryStore()
    const api = await runningApi({ store })
    const decisions = Array.from({ length: 450 }, (_, index) => recent({ id: `d${index}` }))
    await recordTick(store, { states: [], decisions })
    const stream = events(`${api.url}/api/decisions/stream`, { 'last-event-id': '100' })
    const seen: number[] = []
    for await (const { id } of stream) {
      seen.push(id)
      if (seen.length === 350) break
    }
    expect(seen).toEqual(Array.from({ length: 350 }, (_, index) => index + 101))
  })

  test('end when the server stops, and do not delay it', async () => {
    const api = await runningApi()
    const stream = events(`${api.url}/api/decisions/stream`)
    const rest = stream.next()
    await expect.poll(async () => (await (await fetch(`${api.url}/metrics`)).text()).includes('tetik_live_pages 1')).toBe(true)
    await api.close()
    expect((await rest).done).toBe(true)
  })

  test('need authentication', async () => {
    const api = await runningApi()
    expect((await fetch(`${api.url}/api/decisions/stream`)).status).toBe(401)
  })
})

describe('a Temporal that does not answer', () => {
  /** Accepts connections and never answers, which takes longest to notice. */
  async function silentServer(): Promise<string> {
    const sockets = new Set<Socket>()
    const server = createServer((socket) => sockets.add(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
      server.close()
    })
    return `127.0.0.1:${(server.address() as { port: number }).port}`
  }
  const client = (connection: Connection) => new TetikClient({ connection }, '')

  test.each([
    ['when connecting', (address: string) => () => Connection.connect({ address, connectTimeout: 60_000 }).then(client)],
    ['after connecting', (address: string) => () => Promise.resolve(client(Connection.lazy({ address })))],
  ])('is noticed within seconds, %s', async (_, connectTo) => {
    const store = await temporaryStore()
    await saveStructure(store, { account: 'moda-tr', levels: ['adset'], entities: [entityOf()], learnedAt: 1 })
    const api = await runningApi({ store, connect: connectTo(await silentServer()) })
    const response = await fetch(`${api.url}/api/adsets/120001/status`, {
      method: 'PATCH',
      headers: { authorization, 'idempotency-key': 'k', 'content-type': 'application/json' },
      body: '{"status":"PAUSED"}',
      signal: AbortSignal.timeout(9_000),
    })
    expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([503, 'urn:tetik:temporal-unavailable'])
    expect((await fetch(`${api.url}/readyz`, { signal: AbortSignal.timeout(9_000) })).status).toBe(503)
    expect((await fetch(`${api.url}/api/rules`, { headers: { authorization } })).status).toBe(200)
  })
})

describe('over HTTP', () => {
  test('a body of unknown length is cut off once it is too large', async () => {
    const api = await runningApi()
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(200_000)),
    })
    const response = await fetch(`${api.url}/api/rules/reload`, {
      method: 'POST',
      headers: { authorization, 'idempotency-key': 'k' },
      body,
      duplex: 'half',
    }).catch((error: unknown) => error)
    if (response instanceof Response) expect(response.status).toBe(413)
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
  })

  test('a port in use is reported', async () => {
    const api = await runningApi()
    await expect(runningApi({ port: api.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('the panel', () => {
  const panel = () => {
    const parent = temporaryFolder()
    const folder = join(parent, 'panel')
    mkdirSync(join(folder, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>tetik</title>')
    writeFileSync(join(folder, 'assets', 'main-abc.js'), 'start()')
    writeFileSync(join(parent, 'secret.txt'), 'confidential')
    symlinkSync(join(parent, 'secret.txt'), join(folder, 'link.txt'))
    return folder
  }

  test('is served at every address outside the API, with its files', async () => {
    const api = await runningApi({ panelFolder: panel() })
    for (const path of ['/', '/decisions/1', '/rules']) {
      const response = await fetch(api.url + path)
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
      ])
    }
    const script = await fetch(`${api.url}/assets/main-abc.js`)
    expect([script.headers.get('content-type'), script.headers.get('cache-control')]).toEqual([
      'text/javascript; charset=utf-8',
      'public, max-age=31536000, immutable',
    ])
    expect(script.headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  test.each([
    '/assets/gone.js',
    '/api/gone',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/link.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%00',
    '/%',
  ])('does not answer %s', async (path) => {
    const api = await runningApi({ panelFolder: panel() })
    const response = await fetch(api.url + path)
    const text = await response.text()
    expect(text).not.toContain('confidential')
    if (path.includes('.') || path.startsWith('/api')) expect(response.status).toBe(404)
  })

  test('that is not built says so', async () => {
    const api = await runningApi()
    const response = await fetch(api.url)
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('npm run build')])
  })
})
