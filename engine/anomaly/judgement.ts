/** What the detector says of a point. */

/** `spike` is one point, either way; `shift` a new level; `zero` a drop to nothing, or nearly; `drift` a slow change. */
export type AnomalyKind = 'spike' | 'shift' | 'zero' | 'drift'

export interface Judgement {
  /** What the points before let expect, and the band that 95 % of points should lie in; null with too little history. */
  readonly expected: number | null
  readonly lo: number | null
  readonly hi: number | null
  /** Signed, in robust standard deviations; null where the point is missing or there is too little history. */
  readonly score: number | null
  /** What begins with this point, and is to be reported; null for nothing. One event has one beginning. */
  readonly kind: AnomalyKind | null
  /** The point's place in an event; null outside of one. */
  readonly event: 'begins' | 'lasts' | 'over' | null
}

export const NOT_JUDGED: Judgement = { expected: null, lo: null, hi: null, score: null, kind: null, event: null }
