import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, expect, it } from 'vitest'

import { failureOf } from '../../test/support/failure.js'
import { ConnectorError } from '../connector-error.js'
import { createWebhookClient, type WebhookCall, type WebhookClient } from './client.js'

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function receiver(answer: number | 'silence', headers: Record<string, string> = {}) {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(pieces).toString() })
      if (answer !== 'silence') response.writeHead(answer, headers).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({ close: () => (server.closeAllConnections(), server.close()) })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?key=path-secret`
  const client: WebhookClient = createWebhookClient({ now: () => 1_700_000_000_000, timeouts: { headers: 300, total: 500 } })
  open.push(client)
  const call = (change: Partial<WebhookCall> = {}) =>
    client.call({ url, name: 'ORDERS_URL', id: 'd-1-2', body: { a: 1 }, secret: 'shhh', ...change })
  return { received, call }
}

const failure = (work: Promise<unknown>) => failureOf(work, ConnectorError)

it('sends JSON with an id and a signature that the receiver can check', async () => {
  const { received, call } = await receiver(204)
  expect(await call()).toEqual({ status: 204 })
  const [{ headers, body } = { headers: {}, body: '' }] = received
  expect(body).toBe('{"a":1}')
  expect([headers['idempotency-key'], headers['webhook-id'], headers['content-type']]).toEqual([
    'd-1-2',
    'd-1-2',
    'application/json',
  ])
  const expected = createHmac('sha256', 'shhh').update(`d-1-2.1700000000.${body}`).digest('base64')
  expect(headers['webhook-signature']).toBe(`v1,${expected}`)
})

it('reads a secret of Standard Webhooks as base64, and signs nothing without one', async () => {
  const { received, call } = await receiver(200)
  const key = Buffer.from('a key of bytes')
  await call({ secret: `whsec_${key.toString('base64')}` })
  await call({ secret: null })
  const expected = createHmac('sha256', key).update('d-1-2.1700000000.{"a":1}').digest('base64')
  expect(received.map(({ headers }) => headers['webhook-signature'])).toEqual([`v1,${expected}`, undefined])
})

it.each([
  [503, true],
  [500, true],
  [429, true],
  [408, true],
  [400, false],
  [401, false],
  [404, false],
  [302, false],
])('an answer of %s can be tried again: %s', async (status, retryable) => {
  const { call } = await receiver(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {})
  const error = await failure(call())
  expect(error).toMatchObject({ system: 'webhook', status, retryable })
  expect(error.message).not.toContain('secret')
})

it('waits as long as the receiver asks', async () => {
  const { call } = await receiver(429, { 'retry-after': '7' })
  expect((await failure(call())).retryAfter).toBe(7_000)
})

it('a silent receiver, a missing one and an invalid address give clear errors that do not contain the address', async () => {
  const { call } = await receiver('silence')
  const silent = await failure(call())
  expect(silent).toMatchObject({ kind: 'timed-out', retryable: true, mayHaveBeenCarriedOut: true })
  const gone = await failure(call({ url: 'http://127.0.0.1:1/?key=path-secret' }))
  expect(gone).toMatchObject({ kind: 'unreachable', retryable: true, mayHaveBeenCarriedOut: false })
  const wrong = await failure(call({ url: 'ftp://path-secret' }))
  expect(wrong).toMatchObject({ kind: 'invalid-request', retryable: false })
  for (const { message } of [silent, gone, wrong]) expect(message).not.toContain('path-secret')
})
