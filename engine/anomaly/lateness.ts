/** How final a count is. Conversions are credited to the day of the click, and keep arriving for days after it. */

import { DAY } from '../clock/zone.js'
import { arrivesAtOnce } from '../metric/catalogue.js'

/** Counts are treated as final after three days: most late conversions have arrived by then. */
export const SETTLED_AFTER = 3 * DAY

/**
 * Returns the share of a measure's final count that is usually known `age` milliseconds after the end of its window, above 0 and
 * at most 1; null if too few days were observed to tell.
 */
export type ArrivedShare = (measure: string, age: number) => number | null

export type Lateness =
  | { readonly kind: 'settled' }
  /** The count is to be compared with this share of the expected value. */
  | { readonly kind: 'share'; readonly share: number }
  /** A low count may only be late, and is not judged; a high one is. */
  | { readonly kind: 'unsettled' }

export function latenessOf(measure: string, age: number, arrived: ArrivedShare | undefined): Lateness {
  if (arrivesAtOnce(measure) || age >= SETTLED_AFTER) return { kind: 'settled' }
  const share = arrived?.(measure, age) ?? null
  return share === null || !(share > 0) ? { kind: 'unsettled' } : { kind: 'share', share: Math.min(1, share) }
}
