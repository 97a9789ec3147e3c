/** What one ad delivered on one day, hour by hour, up to the moment in question: a pure function of its arguments. */

import { type Calendar, DAY, HOUR, MINUTE, weekdayOf } from '../base/calendar.js'
import { drawsAfter, exponential, normal, poissonQuantile, uniform } from '../base/random.js'
import type { Attribution, Outcome } from './outcome.js'
import { costDrift, type DeliveryProfile, turned } from './profile.js'
import { costFactor, hourShares, spendFactor } from './rhythm.js'
import type { Stretch } from './timeline.js'

/** Whole-numbered counts of an hour; spend in kuruş. */
export const COUNTERS = [
  'spend',
  'impressions',
  'clicks',
  'linkClicks',
  'outboundClicks',
  'landingPageViews',
  'contentViews',
  'addsToCart',
  'checkouts',
  'videoViews',
  'thruplays',
  'reactions',
] as const
export type Counter = (typeof COUNTERS)[number]

export interface Purchase {
  readonly hour: number
  /** When it was reported: it appears in insights from then on, on the day of the click or view that led to it. */
  readonly reportedAt: number
  readonly through: 'click' | 'view'
  /** Time between the click or view and the purchase. */
  readonly delay: number
  /** Kuruş. */
  readonly value: number
}

/** Purchases, or whatever else the ad set is optimised for. */
export interface AdDay {
  readonly outcome: Outcome
  /** The ad set's own setting, by which `value` counts. */
  readonly attribution: Attribution
  readonly hours: ReadonlyArray<Readonly<Record<Counter, number>> | undefined>
  readonly purchases: readonly Purchase[]
}

export interface AdDayArguments {
  /** Hash of the seed with the ad, and with its ad set. */
  readonly adSeed: number
  readonly adsetSeed: number
  readonly profile: DeliveryProfile
  readonly calendar: Calendar
  readonly outcome: Outcome
  readonly attribution: Attribution
  readonly adId: string
  readonly stretches: readonly Stretch[]
  readonly day: number
  /** The day counted from the sandbox's first. Random numbers depend on it, so that a seed gives the same numbers on any date. */
  readonly dayOfScene: number
  readonly asked: number
}

/** Draws stay near the middle of their distribution, so that a small count cannot contradict the ad set's profile. */
const TEMPER = { from: 0.2, width: 0.6 }

export function adDay(given: AdDayArguments): AdDay {
  const { adSeed, adsetSeed, profile, calendar, outcome, attribution, day, dayOfScene, asked } = given
  const start = calendar.dayStart(day)
  const end = calendar.dayStart(day + 1)
  const spans = spansWithin(given, start, end)
  if (spans.length === 0) return { outcome, attribution, hours: [], purchases: [] }
  const weekday = weekdayOf(day)
  const shares = hourShares(weekday)
  const pace = Math.min(1.2, spendFactor(weekday) * (0.94 + 0.12 * uniform(adsetSeed, dayOfScene, 1)))
  const willingness = turned(profile.spendTurn, dayOfScene)
  const linkRate = profile.linkRate * turned(profile.clickTurn, dayOfScene)
  const mood = Math.exp(0.05 * normal(uniform(adsetSeed, dayOfScene, 2), uniform(adsetSeed, dayOfScene, 3)))
  const purchaseCost = profile.purchaseCost * costDrift(profile, dayOfScene) * costFactor(weekday) * mood
  const milleOfDay =
    profile.mille * Math.exp((profile.milleTrend ?? 0) * dayOfScene) * (0.9 + 0.2 * uniform(adSeed, dayOfScene, 4))
  const draw = TEMPER.from + TEMPER.width * uniform(adSeed, dayOfScene, 5)

  const hours: Array<Record<Counter, number> | undefined> = []
  // When the clocks change, an hour is missing or occurs twice.
  const sameClock = end - start === DAY
  const purchases: Purchase[] = []
  let expected = 0
  let drawn = 0
  for (let elapsed = 0, from = start; from < end; elapsed++, from += HOUR) {
    if (from >= asked) break
    const hour = sameClock ? elapsed : calendar.hourAt(from)
    const rate = spendable(spans, from, Math.min(asked, from + HOUR)) / DAY
    if (rate === 0) continue
    const chance = drawsAfter(adSeed, dayOfScene, elapsed)
    const spend = rate * 24 * (shares[hour] ?? 0) * pace * willingness * (0.85 + 0.3 * chance(1))
    if (spend <= 0) continue
    hours[hour] = together(hours[hour], countsOf(spend, milleOfDay * (0.9 + 0.2 * chance(2)), linkRate, chance))
    expected += spend / purchaseCost
    const count = poissonQuantile(draw, expected)
    for (; drawn < count; drawn++) purchases.push(purchaseOf(given, from, hour, drawn))
  }
  return { outcome, attribution, hours, purchases }
}

/** An hour that occurs twice has the counts of both. */
function together(before: Record<Counter, number> | undefined, counts: Record<Counter, number>): Record<Counter, number> {
  if (before !== undefined) for (const counter of COUNTERS) counts[counter] += before[counter]
  return counts
}

/** A period of the day with the ad's budget, in minor units per day. */
interface Span {
  readonly from: number
  readonly to: number
  readonly rate: number
}

function spansWithin({ stretches, adId }: AdDayArguments, start: number, end: number): Span[] {
  const spans: Span[] = []
  for (const { from, to, rates } of stretches) {
    if (to <= start) continue
    if (from >= end) break
    const rate = rates.get(adId)
    if (rate) spans.push({ from, to, rate })
  }
  return spans
}

/** Budget a day times the milliseconds it held, summed within a part of an hour. */
function spendable(spans: readonly Span[], from: number, to: number): number {
  let sum = 0
  for (const span of spans) {
    if (span.to <= from) continue
    if (span.from >= to) break
    sum += span.rate * (Math.min(to, span.to) - Math.max(from, span.from))
  }
  return sum
}

/** Counts derived from spend; like spend, they never fall. */
function countsOf(spend: number, mille: number, linkRate: number, chance: (about: number) => number): Record<Counter, number> {
  const impressions = Math.floor((spend / mille) * 1000 + chance(3))
  const times = (rate: number, about: number): number => rate * (0.75 + 0.5 * chance(about))
  const some = (of: number, rate: number, about: number): number =>
    Math.min(of, Math.floor(of * times(rate, about) + chance(about + 1)))
  const linkClicks = some(impressions, linkRate, 10)
  const landingPageViews = some(linkClicks, 0.8, 14)
  const contentViews = some(landingPageViews, 0.9, 16)
  const addsToCart = some(contentViews, 0.16, 18)
  const videoViews = some(impressions, 0.21, 22)
  return {
    spend: Math.floor(spend),
    impressions,
    linkClicks,
    clicks: linkClicks + some(impressions - linkClicks, linkRate * 0.6, 12),
    outboundClicks: some(linkClicks, 0.95, 28),
    landingPageViews,
    contentViews,
    addsToCart,
    checkouts: some(addsToCart, 0.55, 20),
    videoViews,
    thruplays: some(videoViews, 0.27, 24),
    reactions: some(impressions, 0.004, 26),
  }
}

/**
 * Most purchases come within the hour, some within days: the mixture below leaves about a fifth of a day's purchases unreported
 * at its end.
 */
function purchaseOf({ adSeed, profile, dayOfScene }: AdDayArguments, from: number, hour: number, index: number): Purchase {
  const chance = (about: number): number => uniform(adSeed, dayOfScene, 1000 + index, about)
  const through = chance(1) < 0.13 ? 'view' : 'click'
  const kind = chance(2)
  const drawnDelay =
    kind < 0.62
      ? exponential(chance(3), 35 * MINUTE)
      : kind < 0.88
        ? exponential(chance(3), 9 * HOUR)
        : exponential(chance(3), 2.2 * DAY)
  const delay = Math.min(drawnDelay, through === 'view' ? DAY - MINUTE : 27 * DAY)
  const touched = from + Math.floor(chance(4) * HOUR)
  const size = Math.exp(0.35 * normal(chance(5), chance(6)) - 0.06)
  return {
    hour,
    through,
    delay,
    reportedAt: touched + delay + 5 * MINUTE,
    value: Math.max(9_900, Math.round((profile.orderValue * size) / 10) * 10),
  }
}
