/** One event gives one alert: it begins, lasts and ends, followed by a rest in which a similar event is not reported. */

import type { AnomalyKind } from './judgement.js'
import { POINT_THRESHOLD } from './settings.js'

/** What one of the detection rules found at a point. */
export interface Finding {
  readonly kind: AnomalyKind
  readonly score: number
  /** Score over threshold: 1 or more. */
  readonly excess: number
  /** How many points, this one being the last, show it. */
  readonly length: number
}

export interface EventStep {
  readonly event: 'begins' | 'lasts' | 'over' | null
  /** The finding to report, if any. */
  readonly begins: Finding | null
  /** How many points, this one being the last, define the new level; null if the level stays. */
  readonly settlesOn: number | null
}

/** A point closer than this to the expected value ends an event; in standard deviations (`PointDeviation.sigma`). */
export const BACK = POINT_THRESHOLD / 2
/** After a drift, the new level is that of the last points, this many, and not that of the whole run. */
const END_OF_DRIFT = 4

export class EventLife {
  #open: { length: number } | null = null
  /** The finding of the open event, or of the last one while its rest lasts. */
  #last: Finding | null = null
  #rest = 0

  /** @param turn how many points a new level must last to become the usual one; also the length of a rest */
  constructor(private readonly turn: number) {}

  get isCalm(): boolean {
    return this.#open === null && this.#rest === 0
  }

  /** @param deviate distance of the point from the expected value, in standard deviations of the middle */
  step(findings: readonly Finding[], deviate: number): EventStep {
    const strongest = findings.reduce<Finding | null>(
      (best, one) => (best === null || one.excess > best.excess ? one : best),
      null,
    )
    // A drop to zero is reported even during another event.
    const escalates = strongest?.kind === 'zero' && this.#last?.kind !== 'zero'
    if (this.#open !== null && !escalates) return this.#continue(deviate)
    if (strongest !== null && (this.#rest === 0 || escalates || this.#isOtherWay(strongest))) return this.#begin(strongest)
    if (this.#rest > 0) this.#rest = strongest === null ? this.#rest - 1 : this.turn
    if (this.#rest === 0) this.#last = null
    return { event: null, begins: null, settlesOn: null }
  }

  /** Whether the finding is a single point in the opposite direction, which is not part of the event before the rest. */
  #isOtherWay({ length, score }: Finding): boolean {
    return length === 1 && this.#last !== null && Math.sign(score) !== Math.sign(this.#last.score)
  }

  #begin(found: Finding): EventStep {
    this.#open = { length: 1 }
    this.#rest = 0
    this.#last = found
    const settlesOn = found.kind === 'shift' ? found.length : found.kind === 'drift' ? END_OF_DRIFT : null
    return { event: 'begins', begins: found, settlesOn }
  }

  #continue(deviate: number): EventStep {
    const open = this.#open!
    open.length++
    const isBack = Math.abs(deviate) < BACK
    const isUsual = open.length >= this.turn
    if (!isBack && !isUsual) return { event: 'lasts', begins: null, settlesOn: null }
    this.#open = null
    this.#rest = this.turn
    return { event: 'over', begins: null, settlesOn: isBack ? null : open.length }
  }
}
