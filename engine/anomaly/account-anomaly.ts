/** An anomaly found in an account. */

import type { FactEntity } from '../facts/facts.js'
import type { AnomalyKind } from './judgement.js'

export type AlertScope = 'account' | 'campaign' | 'adset'
export type AlertMetric = 'spend' | 'results' | 'cpa' | 'cpc' | 'cpm' | 'ctr' | 'roas'

export interface AccountAnomaly {
  readonly entity: FactEntity
  readonly metric: AlertMetric
  readonly direction: 'up' | 'down'
  readonly kind: AnomalyKind
  /** The day (in the account's time zone) on which it was seen, and whether that day was not over yet. */
  readonly day: string
  readonly isToday: boolean
  /** Money in minor units; null for a ratio whose denominator is zero. */
  readonly value: number | null
  readonly expected: number
  readonly lo: number
  readonly hi: number
  readonly score: number
  /** How much each entity one level below contributes to the deviation, the largest first; only for spend and results. */
  readonly contributions: readonly Contribution[]
  /** The key of the anomaly that explains this one; null if none does. */
  readonly cause: string | null
}

export interface Contribution {
  readonly scope: AlertScope
  readonly key: string
  readonly name: string | null
  readonly value: number
  readonly expected: number
  /** Share of the deviation of the entity above: 0.8 is four fifths of it. */
  readonly share: number
  readonly isUnusual: boolean
  /** False if it was paused or has ended, which then explains its contribution. */
  readonly isDelivering: boolean
}

export const anomalyKey = (scope: string, entity: string, metric: string, direction: string): string =>
  `${scope} ${entity} ${metric} ${direction}`

export const keyOnDay = (key: string, day: string): string => `${key} ${day}`
