import { type AddressInfo, createServer } from 'node:net'

import { MockAgent } from 'undici'
import { describe, expect, it } from 'vitest'

import { connect, failure, server } from '../../test/conformance/scripted-meta.js'
import type { ScriptedAnswer } from '../../test/conformance/scripted-server.js'

const ACCOUNT = 'act_1'

const uploadError = (more: object): ScriptedAnswer => ({
  status: 500,
  json: { error: { message: 'There was a problem uploading your video.', type: 'OAuthException', code: 6001, ...more } },
})
const chunk = { session: '7', start: 0, bytes: Buffer.from('abc') }

describe('creating', () => {
  it('sends text as it is, nested values as JSON and no nulls, and reads ids of any length exactly', async () => {
    server.answer({ text: '{"id":12021000009000000123}' })
    const fields = { name: 'Yaz & güz', daily_budget: 50_000, targeting: { genders: [2] }, is_x: false, end_time: null }
    expect(await connect().createObject(ACCOUNT, 'adset', fields)).toEqual({ id: '12021000009000000123' })
    const { appsecret_proof: proof, ...sent } = Object.fromEntries(new URLSearchParams(server.requests[0]?.body))
    expect(sent).toEqual({ name: 'Yaz & güz', daily_budget: '50000', targeting: '{"genders":[2]}', is_x: 'false' })
    expect(proof).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([[{ success: true }], [{ id: null }], [{ id: { $: 1 } }], [[]]])('has an unknown outcome after %j', async (json) => {
    server.answer({ json })
    expect(await failure(connect().createObject(ACCOUNT, 'campaign', { name: 'x' }))).toMatchObject({
      kind: 'unknown-outcome',
      mayHaveBeenCarriedOut: true,
      retryable: false,
    })
  })

  it('may have succeeded after a transient error of any code', async () => {
    server.answer({ status: 400, json: { error: { message: 'x', type: 'OAuthException', code: 9999, is_transient: true } } })
    expect(await failure(connect().createObject(ACCOUNT, 'campaign', { name: 'x' }))).toMatchObject({
      kind: 'temporarily-unavailable',
      mayHaveBeenCarriedOut: true,
    })
  })

  it('counts a validation as a write, as Meta does', async () => {
    server.answer({ json: { success: true } })
    const client = connect({ rateLimits: { capacity: 3, perSecond: 0.001, maxWait: 0 } })
    await client.validateObject(ACCOUNT, 'campaign', { name: 'x' })
    expect(await failure(client.readVideoStatus('1'))).toMatchObject({ kind: 'rate-limited', reason: 'own-limit' })
  })
})

describe('finding what was created', () => {
  it('searches all pages for exactly this name, including the second in which the attempt began', async () => {
    const row = (id: string, name: string, seconds: string) => ({ id, name, created_time: `2026-03-01T09:30:${seconds}+0300` })
    const paging = { cursors: { after: 'MQ' }, next: `${server.url}/v27.0/5/ads?after=MQ` }
    server.answer(
      { json: { data: [row('1', 'Yaz', '10'), row('2', 'Yaz ', '10'), row('3', 'yaz', '10')], paging } },
      { json: { data: [row('1', 'Yaz', '10'), row('4', 'Yaz', '09'), row('5', 'Yaz', '11')] } },
    )
    const createdAfter = Date.parse('2026-03-01T09:30:10.700+03:00')
    const found = await connect().findCreated(ACCOUNT, 'ad', { name: 'Yaz', parent: '5', createdAfter })
    expect(found.map(({ id }) => id)).toEqual(['1', '5'])
    expect(server.requests.map(({ path }) => path)).toEqual(['/v27.0/5/ads', '/v27.0/5/ads'])
  })

  it('throws if the creation time of an object cannot be read', async () => {
    server.answer({ json: { data: [{ id: '1', name: 'Yaz' }] } })
    const query = { name: 'Yaz', parent: null, createdAfter: 0 }
    expect(await failure(connect().findCreated(ACCOUNT, 'campaign', query))).toMatchObject({ kind: 'unexpected-answer' })
  })
})

describe('changing and deleting', () => {
  it('deletes with the parameters in the URL and no body', async () => {
    server.answer({ json: { success: true } })
    await connect().deleteObject('42')
    expect(server.requests[0]).toMatchObject({ method: 'DELETE', path: '/v27.0/42', body: '' })
    expect([...(server.requests[0]?.query.keys() ?? [])]).toEqual(['appsecret_proof'])
  })

  it('accepts only an explicit success', async () => {
    server.answer({ json: {} })
    expect(await failure(connect().updateObject('42', { name: 'x' }))).toMatchObject({ kind: 'unknown-outcome', path: 'success' })
  })
})

describe('uploading', () => {
  it('allows a slow connection: the usual answer timeout does not apply while a file is sent', async () => {
    let seen = 0
    const slow = createServer((socket) => {
      socket.pause()
      setTimeout(() => socket.resume(), 1_500)
      socket.on('data', (bytes: Buffer) => {
        seen += bytes.length
        if (!bytes.toString('latin1').endsWith('--\r\n')) return
        const body = JSON.stringify({ images: { a: { hash: 'abc' } } })
        socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
      })
      socket.on('error', () => undefined)
    })
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve))
    const baseUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`
    const client = connect({ baseUrl, timeouts: { headers: 300 } })
    const bytes = Buffer.alloc(12 * 1024 * 1024)
    expect(await client.uploadImage(ACCOUNT, { name: 'a.png', bytes })).toEqual({ hash: 'abc' })
    expect(seen).toBeGreaterThan(bytes.length)
    slow.close()
  })

  it('sends videos to Meta’s host for videos, and everything else to the usual one', async () => {
    const agent = new MockAgent()
    agent.disableNetConnect()
    const started = { upload_session_id: '7', video_id: '8', start_offset: '0', end_offset: '3' }
    const post = { path: '/v27.0/act_1/advideos', method: 'POST' }
    agent.get('https://graph-video.facebook.com').intercept(post).reply(200, started)
    agent
      .get('https://graph.facebook.com')
      .intercept({ path: /^\/v27\.0\/8\?/, method: 'GET' })
      .reply(200, { id: '8', status: { video_status: 'processing' } })
    const client = connect({ baseUrl: 'https://graph.facebook.com', dispatcher: agent })
    expect(await client.startVideoUpload(ACCOUNT, { bytes: 3 })).toEqual({ session: '7', videoId: '8', start: 0, end: 3 })
    expect(await client.readVideoStatus('8')).toEqual({ status: 'processing', progress: null, message: null })
    agent.assertNoPendingInterceptors()
    await agent.close()
  })

  it('sends a chunk as a separate part after the parameters', async () => {
    server.answer({ json: { start_offset: '3', end_offset: '3' } })
    expect(await connect().transferVideoChunk(ACCOUNT, chunk)).toEqual({ start: 3, end: 3, taken: true })
    const { headers, body } = server.requests[0] ?? { headers: {}, body: '' }
    const form = await new Response(body, { headers: { 'content-type': String(headers['content-type']) } }).formData()
    const names = ['upload_phase', 'upload_session_id', 'start_offset', 'appsecret_proof', 'video_file_chunk']
    expect([...form.keys()]).toEqual(names)
    expect(names.slice(0, 3).map((name) => form.get(name))).toEqual(['transfer', '7', '0'])
    expect(await (form.get('video_file_chunk') as File).text()).toBe('abc')
  })

  it('continues at the offset in the error, in whichever form it is given, and fails without one', async () => {
    const client = connect()
    const wanted = { start_offset: 40, end_offset: '50' }
    for (const data of [wanted, JSON.stringify(wanted)]) {
      server.answer(uploadError({ error_subcode: 1363037, error_data: data }))
      expect(await client.transferVideoChunk(ACCOUNT, chunk)).toEqual({ start: 40, end: 50, taken: false })
    }
    for (const data of [undefined, {}, { start_offset: 50, end_offset: 40 }, 'nothing']) {
      server.answer(uploadError({ error_subcode: 1363037, error_data: data }))
      expect(await failure(client.transferVideoChunk(ACCOUNT, chunk))).toMatchObject({ kind: 'invalid-request', code: 6001 })
    }
    server.answer(uploadError({}))
    expect(await failure(client.transferVideoChunk(ACCOUNT, chunk))).toMatchObject({ kind: 'temporarily-unavailable' })
  })

  it.each([
    ['ready', 'ready'],
    ['error', 'error'],
    ['expired', 'error'],
    ['upload_failed', 'error'],
    ['upload_complete', 'processing'],
    ['something of tomorrow', 'processing'],
  ])('reads the state %s as %s', async (said, status) => {
    const errors = [{ code: 1, message: 'Too short' }]
    server.answer({ json: { id: '8', status: { video_status: said, processing_progress: 40, processing_phase: { errors } } } })
    expect(await connect().readVideoStatus('8')).toEqual({ status, progress: 40, message: 'Too short' })
  })

  it('uses the only hash in the answer, whatever its name, and refuses none or several', async () => {
    const client = connect()
    const file = { name: 'a.png', bytes: Buffer.from('x') }
    server.answer({ json: { images: { bytes: { hash: 'abc', url: 'https://x' } } } })
    expect(await client.uploadImage(ACCOUNT, file)).toEqual({ hash: 'abc' })
    for (const images of [{}, { a: { hash: '1' }, b: { hash: '2' } }, { a: {} }, null]) {
      server.answer({ json: { images } })
      expect(await failure(client.uploadImage(ACCOUNT, file))).toMatchObject({ kind: 'unknown-outcome' })
    }
  })

  it('chooses the preferred thumbnail, or else the first, or none', async () => {
    const client = connect()
    const still = (uri: string, is_preferred?: boolean) => ({ id: '1', uri, is_preferred })
    server.answer({ json: { data: [still('https://a'), still('https://b', true)] } })
    expect(await client.videoThumbnail('8')).toBe('https://b')
    server.answer({ json: { data: [still('https://a'), still('https://b', false)] } })
    expect(await client.videoThumbnail('8')).toBe('https://a')
    server.answer({ json: { data: [] } })
    expect(await client.videoThumbnail('8')).toBeNull()
  })

  it('refuses an invalid base URL for videos', () => {
    expect(() => connect({ videoBaseUrl: 'ftp://x' })).toThrowError(TypeError)
  })
})
