import Type from 'typebox'
import { describe, expect, test } from 'vitest'

import { takeKey } from '../../../store/incoming/idempotency-keys.js'
import { NOW, testApi, TOKEN } from '../../../test/support/api.js'
import { createApp } from '../app.js'
import { shape } from '../shapes/common.js'
import type { ApiContext } from './context.js'
import { requestHash } from './idempotency.js'
import { answer, operation } from './operation.js'
import { ProblemError } from './problem.js'

/** An API with one write, which calls `work` with the number of calls so far. */
async function writeApi(work: (time: number) => Promise<number> | number, overrides: Partial<ApiContext> = {}) {
  const { context } = await testApi(overrides)
  let times = 0
  const write = operation({
    id: 'write',
    method: 'post',
    path: '/api/write',
    tag: 'x',
    summary: 'x',
    write: true,
    body: Type.Unknown(),
    responses: { 200: { description: 'x', schema: shape('Times', { times: Type.Number() }) } },
    handle: async () => answer(200, { times: await work(++times) }, { 'x-times': String(times) }),
  })
  const app = createApp(context, [write])
  const ask = (key: string, body: string = '{}') =>
    app.request('/api/write', {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'idempotency-key': key, 'content-type': 'application/json' },
      body,
    })
  return { context, ask, times: () => times }
}

describe('a write under a key', () => {
  test('is carried out once and gets the same answer every time', async () => {
    const { ask, times } = await writeApi((time) => time)
    const [first, second] = [await ask('k'), await ask('k')]
    expect(await first.json()).toEqual({ times: 1 })
    expect(await second.json()).toEqual({ times: 1 })
    expect(second.headers.get('x-times')).toBe('1')
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([null, 'true'])
    expect(times()).toBe(1)
    expect(await (await ask('k2')).json()).toEqual({ times: 2 })
  })

  test('is refused for a different request', async () => {
    const { ask, times } = await writeApi((time) => time)
    await ask('k')
    const other = await ask('k', '{"more":1}')
    expect([other.status, ((await other.json()) as { type: string }).type]).toEqual([422, 'urn:tetik:idempotency-key-reused'])
    expect(times()).toBe(1)
  })

  test.each(['launch-under-way', 'rules-stopped'] as const)(
    'is carried out again if its answer was %s, which is temporary',
    async (problem) => {
      const { ask } = await writeApi((time) => {
        if (time === 1) throw new ProblemError(problem, 'not now')
        return time
      })
      expect((await ask('k')).status).toBe(409)
      const again = await ask('k')
      expect([again.status, await again.json()]).toEqual([200, { times: 2 }])
    },
  )

  test('is in flight until it is answered', async () => {
    let finish = (): void => {}
    const { ask } = await writeApi(() => new Promise((resolve) => (finish = () => resolve(1))))
    const first = ask('k')
    await expect.poll(async () => (await ask('k')).status).toBe(409)
    finish()
    expect((await first).status).toBe(200)
    expect((await ask('k')).status).toBe(200)
  })

  test('is carried out again after a failure on our side', async () => {
    const { ask } = await writeApi((time) => {
      if (time === 1) throw new Error('broken')
      if (time === 2) throw new ProblemError('temporal-unavailable', 'down')
      return time
    })
    expect([(await ask('k')).status, (await ask('k')).status, (await ask('k')).status]).toEqual([500, 503, 200])
  })

  test('stays refused once it was refused', async () => {
    const { ask, times } = await writeApi(() => {
      throw new ProblemError('change-refused', 'The budget is too low.')
    })
    const [first, second] = [await ask('k'), await ask('k')]
    expect([first.status, second.status]).toEqual([422, 422])
    expect(await second.json()).toEqual(await first.json())
    expect(second.headers.get('content-type')).toBe('application/problem+json')
    expect(times()).toBe(1)
  })

  test('is carried out again after a minute if its process died', async () => {
    let now = NOW
    const { ask, context } = await writeApi((time) => time, { now: () => now })
    await takeKey(context.store, { key: 'k', requestHash: requestHash('POST', '/api/write', '{}'), at: NOW, abandonedBefore: 0 })
    expect((await ask('k')).status).toBe(409)
    now += 60_001
    expect((await ask('k')).status).toBe(200)
  })

  test('does not use up its key if the request itself is invalid', async () => {
    const { ask, times } = await writeApi((time) => time)
    expect((await ask('k', 'no JSON')).status).toBe(400)
    expect((await ask('k')).status).toBe(200)
    expect(times()).toBe(1)
  })
})
