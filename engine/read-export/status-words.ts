/** Reads the delivery status as Ads Manager and Insights write it, in English and Turkish. */

import { EFFECTIVE_STATUSES } from '../metric/attributes.js'
import { Unknown, type Value } from '../value/value.js'
import { foldHeader } from './header-names.js'

const ACTIVE_IN_WORDS = new Set([
  'active',
  'aktif',
  'etkin',
  'delivering',
  'yayında',
  'learning',
  'learning limited',
  'öğreniyor',
  'sınırlı öğrenme',
  'öğrenme aşamasında',
])

const STATUSES_IN_WORDS = new Map([
  ...[...ACTIVE_IN_WORDS].map((word) => [word, 'ACTIVE'] as const),
  ...['paused', 'off', 'kapalı', 'duraklatıldı'].map((word) => [word, 'PAUSED'] as const),
  ...['archived', 'arşivlendi'].map((word) => [word, 'ARCHIVED'] as const),
  ...['deleted', 'silindi'].map((word) => [word, 'DELETED'] as const),
  ...['campaign off', 'kampanya kapalı'].map((word) => [word, 'CAMPAIGN_PAUSED'] as const),
  ...['ad set off', 'adset off', 'reklam seti kapalı'].map((word) => [word, 'ADSET_PAUSED'] as const),
])

const NOT_DELIVERING = new Set([
  ...['inactive', 'not delivering', 'completed', 'recently completed', 'scheduled', 'rejected', 'in review', 'pending review'],
  ...['etkin değil', 'yayınlanmıyor', 'tamamlandı', 'yakın zamanda tamamlandı', 'planlandı', 'reddedildi', 'incelemede'],
])

/** Returns whether an entity with this status delivers. */
export function deliveringOf(text: string): Value {
  const folded = foldHeader(text)
  if (ACTIVE_IN_WORDS.has(folded)) return true
  const known =
    STATUSES_IN_WORDS.has(folded) ||
    NOT_DELIVERING.has(folded) ||
    (EFFECTIVE_STATUSES as readonly string[]).includes(text.toUpperCase())
  return known ? false : new Unknown(`it is unknown whether “${text}” delivers`)
}

/** Returns Meta's effective status for a code or words; undefined if unknown. */
export function effectiveStatusOf(text: string): string | undefined {
  const status = text.toUpperCase()
  return (EFFECTIVE_STATUSES as readonly string[]).includes(status) ? status : STATUSES_IN_WORDS.get(foldHeader(text))
}
