/**
 * A token bucket: calls spend points, which are refilled over time. Callers are served in the order of arrival, so that
 * cheap calls cannot starve an expensive one.
 */

import type { Clock } from './clock.js'

export interface BucketRate {
  /** Points that may be spent at once. */
  readonly capacity: number
  /** Points refilled per second. */
  readonly perSecond: number
}

interface TakeOptions {
  readonly signal?: AbortSignal | undefined
  /**
   * Milliseconds. A caller who would have to wait longer is rejected at once. This is judged once, on entry, at the rate of that
   * moment: if the rate falls later, a caller who was accepted waits longer. Default: no limit.
   */
  readonly maxWait?: number | undefined
}

/** Thrown if the caller would have to wait longer than `maxWait`. No points were taken. */
export class BucketBusy extends Error {
  override readonly name = 'BucketBusy'

  /** @param wait How long the caller would have to wait, in milliseconds. */
  constructor(readonly wait: number) {
    super(`the requested points will be available in ${Math.ceil(wait)} ms`)
  }
}

export interface TokenBucket {
  /**
   * Takes points and resolves when they are available. Rejects with the signal's reason when it aborts, or with `BucketBusy`.
   * If more points are requested than the bucket can hold, they cost a full bucket.
   */
  take(points: number, options?: TakeOptions): Promise<void>
  /** Changes the rate at once, also for waiting callers. Points in the bucket are kept, up to the new capacity. */
  setRate(rate: BucketRate): void
}

interface Waiter {
  readonly points: number
  readonly grant: () => void
}

/** Refilling in small steps adds up to a little less than a whole point. */
const ROUNDING_ERROR = 1e-9

/** Starts full. Throws `RangeError` for a rate that is not positive. */
export function createTokenBucket(initial: BucketRate, clock: Clock): TokenBucket {
  let rate = checked(initial)
  let available = rate.capacity
  let countedAt = clock.now()
  let queue: Waiter[] = []
  let wake: AbortController | null = null

  const refill = () => {
    const now = clock.now()
    available = Math.min(rate.capacity, available + (Math.max(0, now - countedAt) / 1000) * rate.perSecond)
    countedAt = now
  }
  const costOf = (points: number) => Math.min(points, rate.capacity)
  /** Milliseconds until the bucket contains `cost`. */
  const waitFor = (cost: number) => (cost - available <= ROUNDING_ERROR ? 0 : ((cost - available) / rate.perSecond) * 1000)

  const serve = async () => {
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      refill()
      const cost = costOf(head.points)
      const wait = waitFor(cost)
      if (wait === 0) {
        available = Math.max(0, available - cost)
        queue.shift()
        head.grant()
      } else {
        wake = new AbortController()
        // Rejects when it is woken early, because the rate changed or a waiter left; then the wait is computed again.
        await clock.wait(Math.ceil(wait), wake.signal).catch(() => undefined)
        wake = null
      }
    }
    serving = false
  }
  let serving = false
  const startServing = () => {
    if (serving) return
    serving = true
    void serve()
  }

  return {
    take(points, { signal, maxWait } = {}) {
      if (!(points >= 0)) return Promise.reject(new RangeError('points must be zero or more'))
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      refill()
      const ahead = queue.reduce((sum, waiter) => sum + costOf(waiter.points), 0)
      const wait = waitFor(ahead + costOf(points))
      if (maxWait !== undefined && wait > maxWait) return Promise.reject(new BucketBusy(wait))
      return new Promise<void>((resolve, reject) => {
        const leave = () => {
          queue = queue.filter((other) => other !== waiter)
          wake?.abort()
          reject(signal?.reason as Error)
        }
        const waiter: Waiter = {
          points,
          grant: () => {
            signal?.removeEventListener('abort', leave)
            resolve()
          },
        }
        signal?.addEventListener('abort', leave, { once: true })
        queue.push(waiter)
        startServing()
      })
    },
    setRate(next) {
      refill()
      rate = checked(next)
      available = Math.min(available, rate.capacity)
      wake?.abort()
    },
  }
}

function checked(rate: BucketRate): BucketRate {
  if (!(rate.capacity > 0) || !(rate.perSecond > 0)) throw new RangeError('a bucket needs a positive capacity and rate')
  return rate
}
