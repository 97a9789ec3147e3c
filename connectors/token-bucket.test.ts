import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Clock } from './clock.js'
import { BucketBusy, createTokenBucket } from './token-bucket.js'

/** A clock that moves only while someone waits, and then to the earliest moment that anyone waits for. */
class VirtualClock implements Clock {
  #now = 0
  #sleepers: { at: number; wake: () => void }[] = []

  now() {
    return this.#now
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { at: this.#now + milliseconds, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        reject(signal.reason as Error)
      })
    })
  }

  /** Runs everything that is due up to `until`. */
  async runTo(until: number) {
    for (;;) {
      await settle()
      const next = this.#sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#sleepers = this.#sleepers.filter((other) => other !== next)
      this.#now = next.at
      next.wake()
    }
    this.#now = until
  }
}

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

describe('a token bucket', () => {
  it('never grants more than its capacity plus refills in any period, and serves callers in order of arrival', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.record({ points: fc.integer({ min: 0, max: 25 }), after: fc.integer({ min: 0, max: 2_000 }) }), {
          minLength: 1,
          maxLength: 25,
        }),
        async (capacity, perSecond, calls) => {
          const clock = new VirtualClock()
          const bucket = createTokenBucket({ capacity, perSecond }, clock)
          const granted: { call: number; at: number; points: number }[] = []
          for (const [call, { points, after }] of calls.entries()) {
            await clock.runTo(clock.now() + after)
            void bucket.take(points).then(() => granted.push({ call, at: clock.now(), points: Math.min(points, capacity) }))
          }
          await clock.runTo(clock.now() + 1_000_000)

          expect(granted.map(({ call }) => call)).toEqual(calls.map((_, call) => call))
          for (let first = 0; first < granted.length; first += 1) {
            for (let last = first; last < granted.length; last += 1) {
              const stretch = granted.slice(first, last + 1)
              const spent = stretch.reduce((sum, { points }) => sum + points, 0)
              const elapsed = (stretch.at(-1)?.at ?? 0) - (stretch[0]?.at ?? 0)
              expect(spent).toBeLessThanOrEqual(capacity + (elapsed / 1000) * perSecond + 1e-6)
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('does not delay the callers behind one who gives up', async () => {
    const clock = new VirtualClock()
    const bucket = createTokenBucket({ capacity: 10, perSecond: 1 }, clock)
    await bucket.take(10)
    const givingUp = new AbortController()
    const first = bucket.take(10, { signal: givingUp.signal })
    let secondAt = -1
    void bucket.take(2).then(() => (secondAt = clock.now()))
    await clock.runTo(1_000)
    givingUp.abort(new Error('no longer wanted'))
    await expect(first).rejects.toThrow('no longer wanted')
    await clock.runTo(60_000)
    expect(secondAt).toBe(2_000)
  })

  it('rejects a caller who would wait too long, says how long, and keeps the points', async () => {
    const clock = new VirtualClock()
    const bucket = createTokenBucket({ capacity: 10, perSecond: 2 }, clock)
    await bucket.take(10)
    const refused = await bucket.take(5, { maxWait: 1_000 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(BucketBusy)
    expect((refused as BucketBusy).wait).toBe(2_500)
    let grantedAt = -1
    void bucket.take(2, { maxWait: 1_000 }).then(() => (grantedAt = clock.now()))
    await clock.runTo(10_000)
    expect(grantedAt).toBe(1_000)
  })

  it('applies a new rate to callers who are already waiting', async () => {
    const clock = new VirtualClock()
    const bucket = createTokenBucket({ capacity: 10, perSecond: 1 }, clock)
    await bucket.take(10)
    let grantedAt = -1
    void bucket.take(8).then(() => (grantedAt = clock.now()))
    await clock.runTo(2_000)
    bucket.setRate({ capacity: 5, perSecond: 3 })
    await clock.runTo(60_000)
    expect(grantedAt).toBe(3_000)
  })
})
