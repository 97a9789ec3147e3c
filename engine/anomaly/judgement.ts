/** The detector's judgement of a point. */

/** `spike` is a single point, up or down; `shift` a new level; `zero` a drop to zero or nearly; `drift` a slow change. */
export type AnomalyKind = 'spike' | 'shift' | 'zero' | 'drift'

export interface Judgement {
  /** The value expected from earlier points, and the band that should contain 95% of points; null with too little history. */
  readonly expected: number | null
  readonly lo: number | null
  readonly hi: number | null
  /** Signed, in robust standard deviations; null if the point is missing or there is too little history. */
  readonly score: number | null
  /** The event to report that begins at this point; null if none does. Each event begins once. */
  readonly kind: AnomalyKind | null
  /** The point's position in an event; null outside of events. */
  readonly event: 'begins' | 'lasts' | 'over' | null
}

export const NOT_JUDGED: Judgement = { expected: null, lo: null, hi: null, score: null, kind: null, event: null }
