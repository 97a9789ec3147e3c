/**
 * Limits calls before Meta does. Every call spends points from a bucket modelled on Meta's score (a read costs 1, a write 3). The
 * usage in the answers' headers makes the gate stricter: from 75% on the bucket refills more slowly, and from 95% on, or once
 * Meta blocks calls, they fail at once until the block ends, since further calls would only prolong it.
 */

import type { Clock } from '../clock.js'
import type { RateLimits } from '../options.js'
import { type BucketRate, createTokenBucket } from '../token-bucket.js'
import type { AccessTier, Usage } from './usage.js'

/** Insights have separate limits: if they are used up, an ad set can still be paused. */
export type Lane = 'insights' | 'management'

export const POINTS = { read: 1, write: 3 } as const

/** Marketing API, "Rate limiting": the account's score and the 300 s in which it decays. */
const TIER_RATES: Readonly<Record<AccessTier, BucketRate>> = {
  development_access: { capacity: 60, perSecond: 60 / 300 },
  standard_access: { capacity: 9000, perSecond: 9000 / 300 },
}

/** Half of Meta's limit of 100 writes per second and account, since other apps may write too. */
const WRITES: BucketRate = { capacity: 50, perSecond: 50 }

const SLOW_FROM = 75
const CLOSE_FROM = 95
/** The slowest refill rate, just below 95%, as a share of the full rate. */
const SLOWEST = 0.1
/** How long to wait if Meta gives no time, and how long the usage from a header is taken into account. */
const UNSAID_WAIT = 60_000
const READING_COUNTS = 300_000
const LONGEST_WAIT = 24 * 3600 * 1000

/** Thrown instead of letting a call through. */
export class GateClosed extends Error {
  override readonly name = 'GateClosed'

  /** @param retryAfter Milliseconds until a call may go through. */
  constructor(readonly retryAfter: number) {
    super(`closed for ${Math.ceil(retryAfter)} ms`)
  }
}

export interface RateGate {
  /**
   * Resolves when the call may be sent. Rejects with `GateClosed`, with `BucketBusy` if the call would have to wait longer than
   * `limits.maxWait` for its points, or with the signal's reason.
   */
  enter(lane: Lane, points: number, signal?: AbortSignal): Promise<void>
  /** Adapts to the usage in an answer's headers. */
  learn(usage: Usage): void
  /** Blocks calls for a while, after Meta refused one because of a rate limit. */
  close(lanes: readonly Lane[], milliseconds: number): void
}

export function createRateGate(limits: RateLimits, clock: Clock): RateGate {
  let tier: AccessTier = 'standard_access'
  let slowedBy = 1
  let slowedUntil = 0
  const closedUntil: Record<Lane, number> = { insights: 0, management: 0 }
  const fullRate = (): BucketRate => ({
    capacity: limits.capacity ?? TIER_RATES[tier].capacity,
    perSecond: limits.perSecond ?? TIER_RATES[tier].perSecond,
  })
  const score = createTokenBucket(fullRate(), clock)
  const writes = createTokenBucket(WRITES, clock)
  const maxWait = limits.maxWait ?? 10_000

  const applyRate = () => {
    const { capacity, perSecond } = fullRate()
    score.setRate({ capacity, perSecond: perSecond * slowedBy })
  }

  const close: RateGate['close'] = (lanes, milliseconds) => {
    const until = clock.now() + Math.min(milliseconds, LONGEST_WAIT)
    for (const lane of lanes) closedUntil[lane] = Math.max(closedUntil[lane], until)
  }

  return {
    close,
    async enter(lane, points, signal) {
      signal?.throwIfAborted()
      if (slowedBy < 1 && clock.now() >= slowedUntil) {
        slowedBy = 1
        applyRate()
      }
      const closedFor = closedUntil[lane] - clock.now()
      if (closedFor > 0) throw new GateClosed(closedFor)
      // Writes first: what a rejected call has taken from them is back within 20 ms, and the score refills much more slowly.
      if (points >= POINTS.write) await writes.take(1, { signal, maxWait })
      await score.take(points, { signal, maxWait })
      // Answers to other calls may have closed the gate while this one waited.
      const closedMeanwhileFor = closedUntil[lane] - clock.now()
      if (closedMeanwhileFor > 0) throw new GateClosed(closedMeanwhileFor)
    },
    learn(usage) {
      for (const lane of ['insights', 'management'] as const) {
        for (const { percent, wait } of readingsFor(lane, usage)) {
          if (percent >= CLOSE_FROM || wait > 0) close([lane], wait > 0 ? wait : UNSAID_WAIT)
        }
      }
      tier = usage.tier ?? tier
      slowedBy = slowdown(
        Math.max(0, ...[...readingsFor('insights', usage), ...readingsFor('management', usage)].map((r) => r.percent)),
      )
      slowedUntil = clock.now() + READING_COUNTS
      applyRate()
    },
  }
}

interface Reading {
  readonly percent: number
  /** Milliseconds for which Meta refuses calls; 0 if it does not, or does not say for how long. */
  readonly wait: number
}

function readingsFor(lane: Lane, usage: Usage): Reading[] {
  const readings: Reading[] = [{ percent: usage.app ?? 0, wait: 0 }]
  if (usage.account !== null) {
    // Meta gives this time at any percentage: it is when the score will be back at zero.
    const { percent, resetAfter } = usage.account
    readings.push({ percent, wait: percent >= CLOSE_FROM ? resetAfter : 0 })
  }
  for (const { type, percent, regainAfter } of usage.businessUseCases) {
    if ((type === 'ads_insights') === (lane === 'insights')) readings.push({ percent, wait: regainAfter })
  }
  if (lane === 'insights') readings.push({ percent: usage.insights ?? 0, wait: 0 })
  return readings
}

/** Returns the factor for the refill rate: 1 up to 75%, then falling linearly to a tenth at 95%. */
function slowdown(percent: number): number {
  if (percent <= SLOW_FROM) return 1
  return Math.max(SLOWEST, 1 - ((percent - SLOW_FROM) / (CLOSE_FROM - SLOW_FROM)) * (1 - SLOWEST))
}
