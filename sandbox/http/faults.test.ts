import { describe, expect, it } from 'vitest'

import { ACCOUNT, type Client, type ErrorAnswer, start } from '../test-client.js'
import { adsetId } from '../world/seed.js'

const ADSET = `/v27.0/${adsetId('erkek-ilgi')}`

const pause = (client: Client, init: RequestInit = {}): Promise<Response> =>
  fetch(`${client.sandbox.url}${ADSET}?access_token=sandbox-token&status=PAUSED`, { method: 'POST', ...init })
const status = async (client: Client): Promise<unknown> =>
  (await client.get<{ status: string }>(ADSET, { fields: 'status' })).body.status
const writes = async (client: Client): Promise<number> =>
  (await client.requests('?method=POST')).flatMap(({ mutations }) => mutations).length
/** Expects no answer until the caller gives up. */
const noAnswer = async (client: Client): Promise<void> => {
  await expect(pause(client, { signal: AbortSignal.timeout(400) })).rejects.toThrow(/timeout/i)
}

describe('before anything is done', () => {
  it.each([
    [{ kind: 'http-500' }, 500, 2, undefined],
    [{ kind: 'rate-limit', code: 17 }, 400, 17, 2446079],
    [{ kind: 'rate-limit', code: 80004 }, 400, 80004, 2446079],
    [{ kind: 'rate-limit', code: 4 }, 403, 4, undefined],
    [{ kind: 'rate-limit', code: 613, subcode: 5044001 }, 400, 613, 5044001],
    [{ kind: 'token-expired' }, 400, 190, 463],
  ])('%o answers an error and writes nothing, once', async (fault, httpStatus, code, subcode) => {
    const client = await start()
    await client.faults({ name: 'f', ...fault, match: { method: 'POST', times: 1 } })
    const answer = await pause(client)
    const { error } = (await answer.json()) as ErrorAnswer
    expect([answer.status, error.code, error.error_subcode]).toEqual([httpStatus, code, subcode])
    expect([await status(client), await writes(client)]).toEqual(['ACTIVE', 0])
    expect((await pause(client)).status).toBe(200)
    expect(await writes(client)).toBe(1)
  })

  it('a time-out before the write leaves everything as it was', async () => {
    const client = await start()
    await client.faults({ kind: 'timeout-before-write', match: { method: 'POST', times: 1 } })
    await noAnswer(client)
    expect([await status(client), await writes(client)]).toEqual(['ACTIVE', 0])
  })

  it('a reset connection leaves everything as it was', async () => {
    const client = await start()
    await client.faults({ kind: 'connection-reset', match: { method: 'POST', times: 1 } })
    await expect(pause(client)).rejects.toThrow()
    expect(await status(client)).toBe('ACTIVE')
  })
})

describe('for large accounts', () => {
  const ask = async (client: Client, path: string, parameters: Record<string, unknown>) => {
    const { status, body } = await client.get<Partial<ErrorAnswer> & { data?: unknown[] }>(path, parameters)
    return [status, body.error?.code ?? null, body.error?.error_subcode ?? null]
  }
  const [ADS, INSIGHTS] = [`${ACCOUNT}/ads`, `${ACCOUNT}/insights`]

  it('a page that is too large is refused with code 1 and no subcode on any edge, and a smaller one is answered', async () => {
    const client = await start()
    await client.faults({ kind: 'page-too-large', rows: 50, match: {} })
    for (const path of [ADS, INSIGHTS]) {
      expect(await ask(client, path, { limit: '51' })).toEqual([500, 1, null])
      expect(await ask(client, path, { limit: '50' })).toEqual([200, null, null])
    }
  })

  it('insights are refused as too much for one call, with a configurable code', async () => {
    const client = await start()
    await client.faults({ kind: 'too-much-data', match: { times: 1 } })
    expect(await ask(client, INSIGHTS, {})).toEqual([400, 100, 1487534])
    await client.faults({ kind: 'too-much-data', code: 2, subcode: 1504038, match: { times: 1 } })
    expect(await ask(client, ADS, {})).toEqual([200, null, null])
    expect(await ask(client, INSIGHTS, {})).toEqual([400, 2, 1504038])
  })

  it('a report is refused before it starts if the fault names the method, as too much or with code 1', async () => {
    const client = await start()
    const parameters = { level: 'adset', date_preset: 'yesterday' }
    for (const [code, subcode, status] of [
      [100, 1487534, 400],
      [1, undefined, 500],
    ] as const) {
      await client.faults({ kind: 'too-much-data', code, match: { method: 'POST', times: 1 } })
      expect(await ask(client, INSIGHTS, {})).toEqual([200, null, null])
      const refused = await client.post<Partial<ErrorAnswer>>(INSIGHTS, parameters)
      expect([refused.status, refused.body.error?.code, refused.body.error?.error_subcode]).toEqual([status, code, subcode])
      expect((await client.post(INSIGHTS, parameters)).status).toBe(200)
    }
  })

  it('a report fails with a reason, and the next one completes', async () => {
    const client = await start()
    await client.faults({ kind: 'report-failed', code: -3, subcode: 1504045, match: { times: 1 } })
    const run = async () => {
      const { body } = await client.post<{ report_run_id: string }>(INSIGHTS, { level: 'adset', date_preset: 'yesterday' })
      const status = async () => (await client.get<Record<string, unknown>>(`/v27.0/${body.report_run_id}`)).body
      for (let poll = 0; poll < 2; poll++) await status()
      return await status()
    }
    expect(await run()).toMatchObject({ async_status: 'Job Failed', error_code: -3, error_subcode: 1504045 })
    expect(await run()).toMatchObject({ async_status: 'Job Completed' })
  })
})

describe('after the write was made', () => {
  it('a timeout', async () => {
    const client = await start()
    await client.faults({ name: 'gone', kind: 'timeout-after-write', match: { method: 'POST', times: 1 } })
    await noAnswer(client)
    expect([await status(client), await writes(client)]).toEqual(['PAUSED', 1])
    expect((await client.requests('?method=POST'))[0]).toMatchObject({ status: 0, fault: 'gone' })
  })

  it('a reset connection', async () => {
    const client = await start()
    await client.faults({ kind: 'connection-reset', when: 'after', match: { method: 'POST', times: 1 } })
    await expect(pause(client)).rejects.toThrow()
    expect([await status(client), await writes(client)]).toEqual(['PAUSED', 1])
  })

  it('an answer that is not valid JSON', async () => {
    const client = await start()
    await client.faults({ kind: 'malformed-json', match: { method: 'POST', times: 1 } })
    await expect((await pause(client)).json()).rejects.toThrow(SyntaxError)
    expect(await status(client)).toBe('PAUSED')
  })

  it('a write that takes effect long after its caller gave up, and overwrites later changes', async () => {
    const client = await start()
    await client.faults({ name: 'late', kind: 'late-write', delay: 300, match: { method: 'POST', times: 1 } })
    await expect(pause(client)).rejects.toThrow()
    expect([await status(client), await writes(client)]).toEqual(['ACTIVE', 0])
    await client.post(ADSET, { name: 'Meanwhile' })
    await expect.poll(() => status(client)).toBe('PAUSED')
    expect((await client.requests('?method=POST')).at(-1)).toMatchObject({ status: 0, fault: 'late' })
  })

  it('a slow answer, which does arrive', async () => {
    const client = await start()
    await client.faults({ kind: 'slow', delay: 700, match: { method: 'POST', times: 1 } })
    await noAnswer(client)
    expect(await status(client)).toBe('PAUSED')
    await client.faults({ kind: 'slow', delay: 20, match: { method: 'POST' } })
    expect((await pause(client)).status).toBe(200)
  })
})

it('a fault matches by method, path, glob and number, counts its matches, and is deterministic', async () => {
  const play = async (): Promise<number[]> => {
    const client = await start()
    await client.faults({
      name: 'sometimes',
      kind: 'http-500',
      match: { path: '/v27.0/act_*/adsets', probability: 0.5, skip: 2, times: 4 },
    })
    const statuses: number[] = []
    for (let call = 0; call < 14; call++) statuses.push((await client.get('/v27.0/act_1234567890/adsets')).status)
    expect((await client.get('/v27.0/act_1234567890/ads')).status).toBe(200)
    const { body } = await client.send<{ faults: unknown[] }>('GET', '/sandbox/faults')
    expect(body.faults).toMatchObject([{ matched: 14, fired: statuses.filter((code) => code === 500).length }])
    return statuses
  }
  const first = await play()
  expect(first.slice(0, 2)).toEqual([200, 200])
  expect(first.filter((code) => code === 500).length).toBe(4)
  expect(await play()).toEqual(first)
})

it.each([
  ['nonsense'],
  [[{ kind: 'nonsense' }]],
  [[{ kind: 'rate-limit' }]],
  [[{ kind: 'slow', match: { nonsense: 1 } }]],
  [
    [
      { kind: 'slow', name: 'a' },
      { kind: 'slow', name: 'a' },
    ],
  ],
])('refuses %j and keeps what was', async (given) => {
  const client = await start()
  await client.faults({ name: 'kept', kind: 'slow', match: { path: 'nowhere' } })
  const refused = await client.send<{ error: string }>('PUT', '/sandbox/faults', given)
  expect([refused.status, refused.body.error.length > 10]).toEqual([400, true])
  expect((await client.send<{ faults: unknown[] }>('GET', '/sandbox/faults')).body.faults).toMatchObject([{ name: 'kept' }])
})
