import { describe, expect, it } from 'vitest'

import type { Clock } from '../clock.js'
import { BucketBusy } from '../token-bucket.js'
import { createRateGate, GateClosed, POINTS } from './rate-gate.js'
import { readUsage, type Usage } from './usage.js'

/** A clock that moves only when a test advances it. */
function stoppedClock() {
  let now = 0
  const clock: Clock = { now: () => now, wait: () => new Promise(() => undefined) }
  return { clock, pass: (milliseconds: number) => (now += milliseconds) }
}

const NOTHING: Usage = { app: null, account: null, businessUseCases: [], insights: null, tier: null, unreadable: [] }
const useCase = (type: string, percent: number, regainAfter = 0) => ({ type, percent, regainAfter })

async function retryAfter(entering: Promise<void>): Promise<number | null> {
  return await entering.then(
    () => null,
    (error: unknown) => (error instanceof GateClosed ? error.retryAfter : error instanceof BucketBusy ? error.wait : Number.NaN),
  )
}

describe('the rate gate', () => {
  it('blocks calls for as many minutes as Meta says, and then lets one through', async () => {
    const { clock, pass } = stoppedClock()
    const gate = createRateGate({}, clock)
    gate.learn({ ...NOTHING, businessUseCases: [useCase('ads_management', 100, 7 * 60_000)] })
    expect(await retryAfter(gate.enter('management', POINTS.read))).toBe(7 * 60_000)
    pass(7 * 60_000 - 1)
    expect(await retryAfter(gate.enter('management', POINTS.write))).toBe(1)
    pass(1)
    expect(await retryAfter(gate.enter('management', POINTS.write))).toBeNull()
  })

  it.each([
    ['an app at 95%', { ...NOTHING, app: 95 }, 60_000, 60_000],
    ['an account at 99%', { ...NOTHING, account: { percent: 99, resetAfter: 30_000 } }, 30_000, 30_000],
    ['an account at 50%, whatever its reset time', { ...NOTHING, account: { percent: 50, resetAfter: 30_000 } }, null, null],
    ['access taken from insights', { ...NOTHING, businessUseCases: [useCase('ads_insights', 1, 5_000)] }, 5_000, null],
    ['access taken from management', { ...NOTHING, businessUseCases: [useCase('ads_management', 1, 5_000)] }, null, 5_000],
    ['insights at 96%', { ...NOTHING, insights: 96 }, 60_000, null],
    ['94% everywhere', { ...NOTHING, app: 94, insights: 94, businessUseCases: [useCase('ads_management', 94)] }, null, null],
  ])('closes for %s', async (_name, usage, insights, management) => {
    const gate = createRateGate({}, stoppedClock().clock)
    gate.learn(usage)
    expect(await retryAfter(gate.enter('insights', POINTS.read))).toBe(insights)
    expect(await retryAfter(gate.enter('management', POINTS.read))).toBe(management)
  })

  it('slows down from 75% on, more so closer to the limit, and ignores a reading after five minutes', async () => {
    const waitAt = async (percent: number, later = 0) => {
      const { clock, pass } = stoppedClock()
      const gate = createRateGate({ capacity: 10, perSecond: 1, maxWait: 0 }, clock)
      gate.learn({ ...NOTHING, app: percent })
      pass(later)
      await gate.enter('management', 10)
      return Math.round((await retryAfter(gate.enter('management', 1))) ?? 0)
    }
    expect(await waitAt(10)).toBe(1_000)
    expect(await waitAt(75)).toBe(1_000)
    expect(await waitAt(85)).toBe(1_818)
    expect(await waitAt(94.999)).toBeGreaterThan(9_900)
    expect(await waitAt(94.999, 300_000)).toBe(1_000)
  })

  it('adapts to the access tier and its maximum score', async () => {
    const gate = createRateGate({ maxWait: 0 }, stoppedClock().clock)
    gate.learn({ ...NOTHING, tier: 'development_access' })
    for (let write = 0; write < 20; write += 1) expect(await retryAfter(gate.enter('management', POINTS.write))).toBeNull()
    expect(await retryAfter(gate.enter('management', POINTS.write))).toBe(15_000)
  })

  it('spends no points of the score for a write that the limit of writes rejects', async () => {
    const gate = createRateGate({ capacity: 153, perSecond: 1, maxWait: 0 }, stoppedClock().clock)
    for (let write = 0; write < 50; write += 1) expect(await retryAfter(gate.enter('management', POINTS.write))).toBeNull()
    expect(await retryAfter(gate.enter('management', POINTS.write))).toBe(20)
    for (let read = 0; read < 3; read += 1) expect(await retryAfter(gate.enter('management', POINTS.read))).toBeNull()
    expect(await retryAfter(gate.enter('management', POINTS.read))).toBe(1_000)
  })

  it('rejects a caller who was waiting when it closed', async () => {
    const released: (() => void)[] = []
    let now = 0
    const gate = createRateGate(
      { capacity: 1, perSecond: 1 },
      { now: () => now, wait: () => new Promise((resolve) => released.push(resolve)) },
    )
    await gate.enter('management', 1)
    const waiting = retryAfter(gate.enter('management', 1))
    await Promise.resolve()
    gate.close(['management'], 9_000)
    now = 1_000
    for (const release of released) release()
    expect(await waiting).toBe(8_000)
  })
})

describe('the usage headers', () => {
  it('are read in their own units: seconds for the account, minutes for a use case', () => {
    const usage = readUsage({
      'x-app-usage': '{"call_count":28,"total_time":25,"total_cputime":31}',
      'x-ad-account-usage': '{"acc_id_util_pct":9.67,"reset_time_duration":100,"ads_api_access_tier":"standard_access"}',
      'x-business-use-case-usage': JSON.stringify({
        1: [{ type: 'ads_management', call_count: 95, total_cputime: 20, total_time: 20, estimated_time_to_regain_access: 3 }],
        2: [{ type: 'ads_insights', call_count: 1, total_cputime: 1, total_time: 2, estimated_time_to_regain_access: 0 }],
      }),
      'x-fb-ads-insights-throttle': '{"app_id_util_pct":100,"acc_id_util_pct":10,"ads_api_access_tier":"standard_access"}',
    })
    expect(usage).toEqual({
      app: 31,
      account: { percent: 9.67, resetAfter: 100_000 },
      businessUseCases: [useCase('ads_management', 95, 180_000), useCase('ads_insights', 2, 0)],
      insights: 100,
      tier: 'standard_access',
      unreadable: [],
    })
  })

  it('give null if there are none, and never a wrong number', () => {
    expect(readUsage({ 'content-type': 'application/json' })).toBeNull()
    expect(readUsage({ 'x-app-usage': '{"call_count":"many","total_time":-1}' })).toMatchObject({ app: null })
    expect(readUsage({ 'x-business-use-case-usage': '{"1":[null,7,{}],"2":{}}' })).toMatchObject({
      businessUseCases: [useCase('unknown', 0)],
    })
  })
})
