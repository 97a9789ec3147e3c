/** One measure of one entity, judged over a window against the same windows before it. */

import type { FactEntity, Facts } from '../facts/facts.js'
import { arrivesAtOnce } from '../metric/catalogue.js'
import { Unknown } from '../value/value.js'
import type { Occasion, Occasions } from './comparison-windows.js'
import { AnomalyDetector } from './detector.js'
import type { Judgement } from './judgement.js'
import { type ArrivedShare, type Lateness, latenessOf, SETTLED_AFTER } from './lateness.js'

export interface MeasuredWindow {
  readonly occasions: Occasions
  /** As many as there are earlier occasions; null is no data. */
  readonly earlier: readonly (number | null)[]
  /** As it is known now. */
  readonly value: number
  readonly lateness: Lateness
}

/** A judgement that is one: numbers throughout. */
export interface KnownJudgement {
  readonly expected: number
  readonly lo: number
  readonly hi: number
  readonly score: number
  /** What begins with this window. */
  readonly kind: Judgement['kind']
  /** What goes on in this window, begun with it or before it; null where all is usual. */
  readonly open: Judgement['kind']
  /** Which way that went when it began: from there its level may have become the usual one. Null where all is usual. */
  readonly direction: 'up' | 'down' | null
  /** How many earlier windows had data. */
  readonly history: number
}

/** The values of a measure over a window and those before it, or why the window's own is not known. */
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
    // Days that are still filling up would make the usual too low, and days without delivery do not count.
    if (!arrivesAtOnce(name) && facts.at - occasion.endedAt < SETTLED_AFTER) return null
    const total = totalOf(facts, entity, name, occasion)
    return total instanceof Unknown || hadNoDelivery(facts, entity, occasion) ? null : total
  })
  const age = facts.at - occasions.asked.endedAt
  // Shares are of whole days, whose first hours have had a day's time: of hours that have just passed less has come in.
  const arrivedByThen = occasions.asked.kind === 'days' ? arrived : undefined
  return { occasions, earlier, value, lateness: latenessOf(name, Math.max(0, age), arrivedByThen) }
}

/** Data may lack one of the two: a file of spend and purchases alone says by its spend that a day was paused. */
function hadNoDelivery(facts: Facts, entity: FactEntity, occasion: Occasion): boolean {
  const shown = totalOf(facts, entity, 'impressions', occasion)
  return (shown instanceof Unknown ? totalOf(facts, entity, 'spend', occasion) : shown) === 0
}

/** Judges a window's value, or says that there is too little history. */
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
  const { expected, lo, hi, score, kind, event } = detector.judge(grownUp(value, lateness), occasions.asked.slot)
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

/** The direction of a score. */
export const directionOf = (score: number): 'up' | 'down' => (score < 0 ? 'down' : 'up')

/** What a count will have become, going by how much of it is usually known by now. */
function grownUp(value: number, lateness: Lateness): number {
  if (lateness.kind !== 'share') return value
  const grown = value / lateness.share
  return Number.isInteger(value) ? Math.round(grown) : grown
}

export function totalOf(facts: Facts, entity: FactEntity, name: string, occasion: Occasion): number | Unknown {
  const total =
    occasion.kind === 'days' ? facts.total(entity, name, occasion.days) : facts.hourlyTotal(entity, name, occasion.hours)
  if (typeof total === 'number') return total
  return total instanceof Unknown ? total : new Unknown('it is no plain number')
}
