/**
 * Usage limits of the Marketing API: the values of the headers, and when a call is refused. Counted in memory, over a sliding
 * window.
 */

import { type ErrorBody, GraphError } from './errors.js'

export type AccessTier = 'development_access' | 'standard_access'

/** Points per ad account within 300 seconds: a read costs one, a write three. */
const SCORE = { windowMs: 300_000, development_access: 60, standard_access: 9_000 } as const
const BLOCK_MS = { development_access: 300_000, standard_access: 60_000 } as const
const HOUR_MS = 3_600_000
/** Calls per hour and use case: a base, and an addition for each active ad. */
const PER_HOUR = {
  ads_management: { development_access: [300, 40], standard_access: [100_000, 40] },
  ads_insights: { development_access: [600, 400], standard_access: [190_000, 400] },
} as const
const APP_CALLS_AN_HOUR = 20_000
const WRITES_A_SECOND = 100

export type UseCase = keyof typeof PER_HOUR

class Window {
  #entries: Array<{ at: number; amount: number }> = []
  #sum = 0
  constructor(private readonly milliseconds: number) {}

  add(at: number, amount: number): void {
    this.#entries.push({ at, amount })
    this.#sum += amount
  }

  sum(at: number): number {
    let gone = 0
    for (const entry of this.#entries) {
      if (entry.at > at - this.milliseconds) break
      this.#sum -= entry.amount
      gone += 1
    }
    if (gone > 0) this.#entries = this.#entries.slice(gone)
    return this.#sum
  }
}

/** An error for each limit code that Meta answers with; faults raise them too. */
export function limitError(code: number, subcode?: number): GraphError {
  const known: Record<string, Partial<ErrorBody> & { message: string }> = {
    '4': { message: '(#4) Application request limit reached', is_transient: true },
    '17': { message: '(#17) User request limit reached', error_subcode: 2446079 },
    '32': { message: '(#32) Page request limit reached' },
    '341': { message: '(#341) Feed action request limit reached' },
    '613': { message: '(#613) Calls to this api have exceeded the rate limit.', error_subcode: 1487742 },
    '80000': {
      message: '(#80000) There have been too many calls from this ad-account. Wait a bit and try again.',
      error_subcode: 2446079,
    },
    '80003': {
      message: '(#80003) There have been too many calls to this ad-account. Wait a bit and try again.',
      error_subcode: 2446079,
    },
    '80004': {
      message: '(#80004) There have been too many calls to this ad-account. Wait a bit and try again.',
      error_subcode: 2446079,
    },
    '80007': { message: '(#80007) Rate limit hit: the WhatsApp Business Account has reached its rate limit' },
    '130429': { message: '(#130429) Rate limit hit' },
    '131056': { message: '(#131056) (Business Account, Consumer Account) pair rate limit hit' },
  }
  const body = known[String(code)] ?? { message: `(#${code}) Rate limit hit` }
  return new GraphError(
    { type: 'OAuthException', code, ...body, ...(subcode === undefined ? {} : { error_subcode: subcode }) },
    code === 4 ? 403 : 400,
  )
}

export class UsageLimits {
  readonly #score = new Window(SCORE.windowMs)
  readonly #app = new Window(HOUR_MS)
  readonly #writes = new Window(1000)
  readonly #calls = { ads_management: new Window(HOUR_MS), ads_insights: new Window(HOUR_MS) }
  readonly #work = { ads_management: new Window(HOUR_MS), ads_insights: new Window(HOUR_MS) }
  #blockedUntil = 0

  constructor(
    private readonly tier: AccessTier,
    private readonly businessId: string,
    private readonly activeAds: () => number,
  ) {}

  /** Counts a call; throws if it exceeds a limit. */
  take(useCase: UseCase, write: boolean, now: number): void {
    if (now < this.#blockedUntil) throw limitError(17)
    if (write && this.#writes.sum(now) >= WRITES_A_SECOND) throw limitError(613, 5044001)
    if (this.#score.sum(now) + (write ? 3 : 1) > SCORE[this.tier]) {
      this.#blockedUntil = now + BLOCK_MS[this.tier]
      throw limitError(17)
    }
    if (this.#calls[useCase].sum(now) >= this.#allowance(useCase)) throw limitError(useCase === 'ads_insights' ? 80000 : 80004)
    this.#score.add(now, write ? 3 : 1)
    this.#app.add(now, 1)
    this.#calls[useCase].add(now, 1)
    if (write) this.#writes.add(now, 1)
  }

  /** Adds the work of a response, in rows, so that large queries cost more than small ones. */
  worked(useCase: UseCase, rows: number, now: number): void {
    this.#work[useCase].add(now, 1 + rows / 50)
  }

  headers(useCase: UseCase, now: number): Record<string, string> {
    const percent = (part: number, whole: number, digits = 0): number =>
      Number(Math.min(100, (100 * part) / whole).toFixed(digits))
    const allowance = this.#allowance(useCase)
    const work = percent(this.#work[useCase].sum(now), allowance)
    const calls = percent(this.#calls[useCase].sum(now), allowance)
    const app = percent(this.#app.sum(now), APP_CALLS_AN_HOUR)
    const account = percent(this.#score.sum(now), SCORE[this.tier], 2)
    const wait = Math.max(0, this.#blockedUntil - now)
    const headers: Record<string, string> = {
      'X-App-Usage': JSON.stringify({ call_count: app, total_time: work, total_cputime: work }),
      'X-Ad-Account-Usage': JSON.stringify({
        acc_id_util_pct: wait > 0 ? 100 : account,
        reset_time_duration: Math.ceil((wait > 0 ? wait : SCORE.windowMs) / 1000),
        ads_api_access_tier: this.tier,
      }),
      'X-Business-Use-Case-Usage': JSON.stringify({
        [this.businessId]: [
          {
            type: useCase,
            call_count: calls,
            total_cputime: work,
            total_time: work,
            estimated_time_to_regain_access: Math.ceil(wait / 60_000),
            ads_api_access_tier: this.tier,
          },
        ],
      }),
    }
    if (useCase === 'ads_insights') {
      headers['X-FB-Ads-Insights-Throttle'] = JSON.stringify({
        app_id_util_pct: app,
        acc_id_util_pct: account,
        ads_api_access_tier: this.tier,
      })
    }
    return headers
  }

  #allowance(useCase: UseCase): number {
    const [base, perAd] = PER_HOUR[useCase][this.tier]
    return base + perAd * this.activeAds()
  }
}
