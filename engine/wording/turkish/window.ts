/** Windows in Turkish: before a metric as an adverb ("son 3 günde"), within a phrase as an adjective ("son 3 gündeki"). */

import type { DatePreset, Horizon, Window } from '../../expression/syntax.js'
import { shiftedDays } from '../parts/shifted-days.js'

export interface TurkishWindow {
  readonly adverb: string
  readonly adjective: string
}

const PRESETS: Readonly<Record<DatePreset, TurkishWindow>> = {
  today: { adverb: 'bugün', adjective: 'bugünkü' },
  yesterday: { adverb: 'dün', adjective: 'dünkü' },
  last_3d: inDays('son 3 günde'),
  last_7d: inDays('son 7 günde'),
  last_14d: inDays('son 14 günde'),
  last_28d: inDays('son 28 günde'),
  last_30d: inDays('son 30 günde'),
  last_90d: inDays('son 90 günde'),
  this_week_mon_today: { adverb: 'bu hafta', adjective: 'bu haftaki' },
  last_week_mon_sun: { adverb: 'geçen hafta', adjective: 'geçen haftaki' },
  this_month: { adverb: 'bu ay', adjective: 'bu ayki' },
  last_month: { adverb: 'geçen ay', adjective: 'geçen ayki' },
  maximum: inDays('bilinen tüm günlerde'),
}

/** A window whose adverb is in the locative. */
function inDays(adverb: string): TurkishWindow {
  return { adverb, adjective: `${adverb}ki` }
}

export function windowInTurkish(window: Window): TurkishWindow {
  if (window.kind === 'hours') {
    const { count, offsetHours } = window
    return inDays(offsetHours === 0 ? `son ${count} saatte` : `${offsetHours} saat öncesine kadarki ${count} saatte`)
  }
  if (window.offsetDays === 0) {
    if (window.kind === 'preset') return PRESETS[window.preset]
    return window.count === 1 ? PRESETS.today : inDays(`bugün dahil son ${window.count} günde`)
  }
  const shifted = shiftedDays(window)
  if (shifted === null) {
    const { adjective } = PRESETS[window.kind === 'preset' ? window.preset : 'today']
    return inDays(`${adjective} günlerin ${window.offsetDays} gün öncesinde`)
  }
  const { count, endsAgo } = shifted
  if (count === 1)
    return endsAgo === 1 ? PRESETS.yesterday : { adverb: `${endsAgo} gün önce`, adjective: `${endsAgo} gün önceki` }
  // "son 7 gün" dün biter; ondan önceki 7 gün ise 8 gün önce.
  if (endsAgo === count + 1) return inDays(`son ${count} günden önceki ${count} günde`)
  return inDays(endsAgo === 1 ? `son ${count} günde` : `${endsAgo} gün öncesine kadarki ${count} günde`)
}

export const horizonInTurkish = (horizon: Horizon): string =>
  horizon.kind === 'month' ? 'bu ay' : horizon.count === 1 ? 'yarın' : `önümüzdeki ${horizon.count} gün`
