/** One thing that is unusual in an account. */

import type { FactEntity } from '../facts/facts.js'
import type { AnomalyKind } from './judgement.js'

export type AlertScope = 'account' | 'campaign' | 'adset'
export type AlertMetric = 'spend' | 'results' | 'cpa' | 'cpc' | 'cpm' | 'ctr' | 'roas'

export interface AccountAnomaly {
  readonly entity: FactEntity
  readonly metric: AlertMetric
  readonly direction: 'up' | 'down'
  readonly kind: AnomalyKind
  /** The account's day that it was seen on, and whether that day still ran. */
  readonly day: string
  readonly isToday: boolean
  /** Money in minor units; null where a ratio has none (nothing in the denominator). */
  readonly value: number | null
  readonly expected: number
  readonly lo: number
  readonly hi: number
  readonly score: number
  /** By how much each entity below makes up the deviation, the largest first; of sums only. */
  readonly contributions: readonly Contribution[]
  /** What explains it: another of these anomalies, by its key; null where nothing does. */
  readonly cause: string | null
}

export interface Contribution {
  readonly scope: AlertScope
  readonly key: string
  readonly name: string | null
  readonly value: number
  readonly expected: number
  /** Share of the deviation of what is above: 0.8 is four fifths of it. */
  readonly share: number
  readonly isUnusual: boolean
  /** False where somebody paused it, or it was ended: then that is why. */
  readonly isDelivering: boolean
}

export const anomalyKey = (scope: string, entity: string, metric: string, direction: string): string =>
  `${scope} ${entity} ${metric} ${direction}`

export const keyOnDay = (key: string, day: string): string => `${key} ${day}`
