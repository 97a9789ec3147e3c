/** How final a count is: conversions are credited to the day of the click, and are reported for days after it. */

import { DAY } from '../clock/zone.js'
import { arrivesAtOnce } from '../metric/catalogue.js'

/** Most late conversions come in within three days. */
export const SETTLED_AFTER = 3 * DAY

/**
 * The share of a measure's final count that is usually known so long after the end of its window, above 0 and at most 1; null
 * where too few days were watched while they filled up.
 */
export type ArrivedShare = (measure: string, age: number) => number | null

export type Lateness =
  | { readonly kind: 'settled' }
  /** The count is to be held against this share of what is expected. */
  | { readonly kind: 'share'; readonly share: number }
  /** A low count may be a late one, and says nothing; a high one does. */
  | { readonly kind: 'unsettled' }

export function latenessOf(measure: string, age: number, arrived: ArrivedShare | undefined): Lateness {
  if (arrivesAtOnce(measure) || age >= SETTLED_AFTER) return { kind: 'settled' }
  const share = arrived?.(measure, age) ?? null
  return share === null || !(share > 0) ? { kind: 'unsettled' } : { kind: 'share', share: Math.min(1, share) }
}
