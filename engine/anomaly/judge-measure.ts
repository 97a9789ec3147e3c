/** Judges one measure of one entity over a window, against earlier windows of the same kind. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { arrivesAtOnce } from '../metric/catalogue.js'
import { Unknown } from '../value/value.js'
import type { Occasion, Occasions } from './comparison-windows.js'
import { AnomalyDetector } from './detector.js'
import type { Judgement } from './judgement.js'
import { type ArrivedShare, type Lateness, latenessOf, SETTLED_AFTER } from './lateness.js'

export interface MeasuredWindow {
  readonly occasions: Occasions
  /** One value for each earlier occasion; null is no data. */
  readonly earlier: readonly (number | null)[]
  /** The value of the window, as known now. */
  readonly value: number
  readonly lateness: Lateness
}

/** A judgement for which there was enough history, so that none of its numbers is null. */
export interface KnownJudgement {
  readonly expected: number
  readonly lo: number
  readonly hi: number
  readonly score: number
  /** The event that begins in this window; null if none does. */
  readonly kind: Judgement['kind']
  /** The event that is open in this window, whether it began here or earlier; null if there is none. */
  readonly open: Judgement['kind']
  /** The direction of the open event when it began (its level may have become the usual one since); null if there is none. */
  readonly direction: 'up' | 'down' | null
  /** How many earlier windows had data. */
  readonly history: number
}

/** Reads the values of a measure over a window and the earlier ones, or returns why the window's own value is not known. */
export function measure(
  facts: Facts,
  entity: FactEntity,
  name: string,
  occasions: Occasions,
  arrived?: ArrivedShare,
): MeasuredWindow | Unknown {
  const value = totalOf(facts, entity, name, occasions.asked)
  if (value instanceof Unknown) return value
  const earlier = occasions.earlier.map((occasion) => {
    // Days whose counts are not complete yet would make the usual value too low, and days without delivery do not count.
    if (!arrivesAtOnce(name) && facts.at - occasion.endedAt < SETTLED_AFTER) return null
    const total = totalOf(facts, entity, name, occasion)
    return total instanceof Unknown || hadNoDelivery(facts, entity, occasion) ? null : total
  })
  const age = facts.at - occasions.asked.endedAt
  // Shares hold for whole days, whose first hours have had a day to fill up. Of hours just past, a smaller share has arrived.
  const arrivedByThen = occasions.asked.kind === 'days' ? arrived : undefined
  return { occasions, earlier, value, lateness: latenessOf(name, Math.max(0, age), arrivedByThen) }
}

/** Decides by impressions, or by spend if the data has no impressions (a file of spend and purchases, for example). */
function hadNoDelivery(facts: Facts, entity: FactEntity, occasion: Occasion): boolean {
  const shown = totalOf(facts, entity, 'impressions', occasion)
  return (shown instanceof Unknown ? totalOf(facts, entity, 'spend', occasion) : shown) === 0
}

/** Judges a window's value, or returns that there is too little history. */
export function judgeMeasured(
  { earlier, occasions, value, lateness }: Pick<MeasuredWindow, 'earlier' | 'occasions' | 'value' | 'lateness'>,
  windowName = 'windows',
): KnownJudgement | Unknown {
  const detector = new AnomalyDetector({ period: occasions.period })
  let begun: Pick<Judgement, 'kind' | 'score'> | null = null
  for (const [index, { slot }] of occasions.earlier.entries()) {
    const judged = detector.judge(earlier[index] ?? null, slot)
    if (judged.kind !== null) begun = judged
  }
  const history = earlier.filter((one) => one !== null).length
  const { expected, lo, hi, score, kind, event } = detector.judge(finalCount(value, lateness), occasions.asked.slot)
  if (expected === null || lo === null || hi === null || score === null) {
    return new Unknown(`too little history: ${history} earlier ${windowName} with delivery`)
  }
  const share = lateness.kind === 'share' ? lateness.share : 1
  const open = kind !== null ? { kind, score } : event === 'lasts' ? begun : null
  return {
    expected: expected * share,
    lo: lo * share,
    hi: hi * share,
    score,
    kind,
    open: open?.kind ?? null,
    direction: open === null ? null : directionOf(open.score ?? 0),
    history,
  }
}

export const directionOf = (score: number): 'up' | 'down' => (score < 0 ? 'down' : 'up')

/** Estimates the final count from the share that has usually arrived by now. */
function finalCount(value: number, lateness: Lateness): number {
  if (lateness.kind !== 'share') return value
  const grown = value / lateness.share
  return Number.isInteger(value) ? Math.round(grown) : grown
}

export function totalOf(facts: Facts, entity: FactEntity, name: string, occasion: Occasion): number | Unknown {
  const total =
    occasion.kind === 'days' ? facts.total(entity, name, occasion.days) : facts.hourlyTotal(entity, name, occasion.hours)
  if (typeof total === 'number') return total
  return total instanceof Unknown ? total : new Unknown('it is not a plain number')
}
