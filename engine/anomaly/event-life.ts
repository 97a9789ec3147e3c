/** One event is one alert: it begins once, lasts, is over, and leaves a rest in which a similar one is not reported again. */

import type { AnomalyKind } from './judgement.js'
import { POINT_THRESHOLD } from './settings.js'

/** What one of the rules found at a point, by how much it passed its threshold. */
export interface Finding {
  readonly kind: AnomalyKind
  readonly score: number
  /** Score over threshold: 1 or more. */
  readonly excess: number
  /** How many points up to this one show it. */
  readonly length: number
}

export interface EventStep {
  readonly event: 'begins' | 'lasts' | 'over' | null
  /** The finding that is reported, if there is one. */
  readonly begins: Finding | null
  /** How many points, up to this one, have become the new level; null where it stays. */
  readonly settlesOn: number | null
}

/** A point this near to what is expected ends an event, in standard deviations of the middle. */
export const BACK = POINT_THRESHOLD / 2
/** A drift is known from its end, not from its beginning: this many points say where it has come to. */
const END_OF_DRIFT = 4

export class EventLife {
  #open: { length: number } | null = null
  /** What is going on, or was reported before the rest that still lasts. */
  #last: Finding | null = null
  #rest = 0

  /** @param turn how many points a new level has to last until it is the usual one, and how many a rest is */
  constructor(private readonly turn: number) {}

  get isCalm(): boolean {
    return this.#open === null && this.#rest === 0
  }

  /** @param deviate how far the point is from what was expected, in standard deviations of the middle */
  step(findings: readonly Finding[], deviate: number): EventStep {
    const strongest = findings.reduce<Finding | null>(
      (best, one) => (best === null || one.excess > best.excess ? one : best),
      null,
    )
    // Nothing at all is worth telling though something else is going on.
    const escalates = strongest?.kind === 'zero' && this.#last?.kind !== 'zero'
    if (this.#open !== null && !escalates) return this.#goOn(deviate)
    if (strongest !== null && (this.#rest === 0 || escalates || this.#isOtherWay(strongest))) return this.#begin(strongest)
    if (this.#rest > 0) this.#rest = strongest === null ? this.#rest - 1 : this.turn
    if (this.#rest === 0) this.#last = null
    return { event: null, begins: null, settlesOn: null }
  }

  /** A single point in the other direction is not part of what was reported before the rest. */
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

  #goOn(deviate: number): EventStep {
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
