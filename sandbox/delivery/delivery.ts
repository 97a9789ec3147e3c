/** Computes what an ad delivered on a day. Past days cannot change, so the most recently used are cached. */

import { BoundedCache } from '../base/bounded-cache.js'
import type { Calendar } from '../base/calendar.js'
import { textHash, uniform } from '../base/random.js'
import type { GraphObject, ObjectStore } from '../state/objects.js'
import type { Payment } from './account.js'
import { adDay, type AdDay } from './day.js'
import { Purse } from './funds.js'
import { attributionOf, DEFAULT_ATTRIBUTION, outcomeOf, PURCHASE } from './outcome.js'
import { type DeliveryProfile, profileByChance } from './profile.js'
import { campaignTimeline, type Stretch } from './timeline.js'

const NOTHING: AdDay = { outcome: PURCHASE, attribution: DEFAULT_ATTRIBUTION, hours: [], purchases: [] }

/** Cached days of ads, at most twice as many: some three kilobytes each. */
const DAYS_KEPT = 20_000

export class Delivery {
  readonly #days = new BoundedCache<AdDay>(DAYS_KEPT)
  /** For past days: one number each, so all are kept. */
  readonly #spent = new Map<string, number>()
  readonly #timelines = new Map<string, Stretch[]>()
  /** Unfinished days as of one moment: a query needs the same day many times. */
  readonly #unfinished = new Map<string, AdDay>()
  #unfinishedAsOf = ''
  #revision = -1

  /** Computes when the account's money, and with it all delivery, ends. */
  readonly purse: Purse
  /** Day of the sandbox's first start. */
  readonly firstDay: number

  constructor(
    private readonly objects: ObjectStore,
    private readonly seed: number,
    private readonly calendar: Calendar,
    firstStart: number,
    payment: Payment,
    private readonly profiles: ReadonlyMap<string, DeliveryProfile>,
  ) {
    this.firstDay = calendar.dayAt(firstStart)
    this.purse = new Purse(payment, calendar, firstStart, (day, asked) =>
      objects.all('ad').reduce((sum, ad) => sum + this.#spentOnDay(ad, day, asked, Infinity), 0),
    )
  }

  /** A copy reaches the same people as its original. */
  profileOf(adsetId: string): DeliveryProfile {
    const { source_id: source, optimization_goal: goal } = this.objects.find(adsetId)?.fields ?? {}
    if (typeof source === 'string') return this.profileOf(source)
    return this.profiles.get(adsetId) ?? profileByChance(this.seed, adsetId, goal)
  }

  /** Returns an ad's day. It contains purchases that are reported after `asked`; the caller must leave them out. */
  adOnDay(ad: GraphObject, day: number, asked: number): AdDay {
    return this.#adOnDay(ad, day, asked, this.purse.endedBy(asked))
  }

  /** Returns what an ad spent on a day in minor units. Cached, because sums over all days are needed repeatedly. */
  spentOnDay(ad: GraphObject, day: number, asked: number): number {
    return this.#spentOnDay(ad, day, asked, this.purse.endedBy(asked))
  }

  #spentOnDay(ad: GraphObject, day: number, asked: number, moneyUntil: number): number {
    const part = this.#partOfDay(ad, day, asked, moneyUntil)
    if (part === null) return 0
    const known = part.isOver ? this.#spent.get(part.key) : undefined
    if (known !== undefined) return known
    return spendOf(this.#adOnDay(ad, day, asked, moneyUntil))
  }

  /** @param moneyUntil the instant from which nothing is delivered because the money is spent */
  #adOnDay(ad: GraphObject, day: number, asked: number, moneyUntil: number): AdDay {
    const part = this.#partOfDay(ad, day, asked, moneyUntil)
    if (part === null) return NOTHING
    const asOf = `${asked}:${this.objects.revision}`
    if (!part.isOver && this.#unfinishedAsOf !== asOf) {
      this.#unfinished.clear()
      this.#unfinishedAsOf = asOf
    }
    const days = part.isOver ? this.#days : this.#unfinished
    const kept = days.get(part.key)
    if (kept) return kept
    const adset = this.objects.get(ad.parent ?? '')
    const adsetSeed = Math.floor(uniform(this.seed, textHash(adset.id)) * 2 ** 32)
    const computed = adDay({
      adId: ad.id,
      adSeed: Math.floor(uniform(adsetSeed, textHash(ad.id)) * 2 ** 32),
      adsetSeed,
      profile: this.profileOf(adset.id),
      calendar: this.calendar,
      outcome: outcomeOf(adset.fields),
      attribution: attributionOf(adset.fields.attribution_spec),
      stretches: this.#timeline(adset.parent ?? ''),
      day,
      dayOfScene: day - this.firstDay,
      asked: part.until,
    })
    days.set(part.key, computed)
    if (part.isOver) this.#spent.set(part.key, spendOf(computed))
    return computed
  }

  /** Returns what was delivered of a day by `asked`, and whether it is final; null if nothing was. */
  #partOfDay(ad: GraphObject, day: number, asked: number, moneyUntil: number) {
    if (day > this.calendar.dayAt(asked) || day < this.calendar.dayAt(ad.createdTime)) return null
    const dayEnd = this.calendar.dayStart(day + 1)
    const until = Math.min(asked, moneyUntil, dayEnd)
    if (until <= this.calendar.dayStart(day)) return null
    return { until, isOver: until === dayEnd || until === moneyUntil, key: `${ad.id}:${until}` }
  }

  #timeline(campaignId: string): Stretch[] {
    if (this.#revision !== this.objects.revision) {
      this.#timelines.clear()
      this.#revision = this.objects.revision
    }
    const known = this.#timelines.get(campaignId)
    if (known) return known
    const timeline = campaignTimeline(this.objects, this.objects.get(campaignId), this.seed, (id) => this.profileOf(id))
    this.#timelines.set(campaignId, timeline)
    return timeline
  }
}

const spendOf = ({ hours }: AdDay): number => hours.reduce((sum, hour) => sum + (hour?.spend ?? 0), 0)
