/** Answers what an ad delivered on a day. Days that are over cannot change any more and are kept. */

import type { Payment } from '../accounts/account.js'
import type { Calendar } from '../calendar.js'
import type { GraphObject, ObjectStore } from '../state/objects.js'
import { adDay, type AdDay } from './day.js'
import { attributionOf, DEFAULT_ATTRIBUTION, outcomeOf, PURCHASE } from './outcome.js'
import { profileByChance, type DeliveryProfile } from './profile.js'
import { Purse } from './purse.js'
import { textHash, uniform } from './random.js'
import { campaignTimeline, type Stretch } from './timeline.js'

const NOTHING: AdDay = { outcome: PURCHASE, attribution: DEFAULT_ATTRIBUTION, hours: [], purchases: [] }

export class Delivery {
  readonly #days = new Map<string, AdDay>()
  readonly #timelines = new Map<string, Stretch[]>()
  /** Days that are still going on, as of one moment: a query asks for the same one many times. */
  readonly #unfinished = new Map<string, AdDay>()
  #unfinishedAsOf = ''
  #revision = -1

  /** Says when the account's money ends, and so all delivery. */
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
      objects.all('ad').reduce((sum, ad) => sum + spendOf(this.#adOnDay(ad, day, asked, Infinity)), 0),
    )
  }

  /** A copy reaches the same people as what it is a copy of. */
  profileOf(adsetId: string): DeliveryProfile {
    const { source_id: source, optimization_goal: goal } = this.objects.find(adsetId)?.fields ?? {}
    if (typeof source === 'string') return this.profileOf(source)
    return this.profiles.get(adsetId) ?? profileByChance(this.seed, adsetId, goal)
  }

  /** Of the purchases, those reported by `asked` are known then; the caller leaves the later ones out. */
  adOnDay(ad: GraphObject, day: number, asked: number): AdDay {
    return this.#adOnDay(ad, day, asked, this.purse.endedBy(asked))
  }

  /** @param moneyUntil the instant from which nothing is delivered for want of money */
  #adOnDay(ad: GraphObject, day: number, asked: number, moneyUntil: number): AdDay {
    if (day > this.calendar.dayAt(asked) || day < this.calendar.dayAt(ad.createdTime)) return NOTHING
    const dayEnd = this.calendar.dayStart(day + 1)
    const until = Math.min(asked, moneyUntil, dayEnd)
    if (until <= this.calendar.dayStart(day)) return NOTHING
    const over = until === dayEnd || until === moneyUntil
    const key = `${ad.id}:${until}`
    const asOf = `${asked}:${this.objects.revision}`
    if (!over && this.#unfinishedAsOf !== asOf) {
      this.#unfinished.clear()
      this.#unfinishedAsOf = asOf
    }
    const days = over ? this.#days : this.#unfinished
    const kept = days.get(key)
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
      asked: until,
    })
    days.set(key, computed)
    return computed
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
