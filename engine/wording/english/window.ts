/** Windows in English, as they follow a metric: "cost per purchase over the last 3 days". */

import type { DatePreset, Horizon, Window } from '../../expression/syntax.js'
import { shiftedDays } from '../parts/shifted-days.js'

const PRESETS: Readonly<Record<DatePreset, string>> = {
  today: 'today',
  yesterday: 'yesterday',
  last_3d: 'over the last 3 days',
  last_7d: 'over the last 7 days',
  last_14d: 'over the last 14 days',
  last_28d: 'over the last 28 days',
  last_30d: 'over the last 30 days',
  last_90d: 'over the last 90 days',
  this_week_mon_today: 'this week',
  last_week_mon_sun: 'last week',
  this_month: 'this month',
  last_month: 'last month',
  maximum: 'over all known days',
}

export function windowInEnglish(window: Window): string {
  if (window.kind === 'hours') {
    const { count, offsetHours } = window
    if (offsetHours === 0) return count === 1 ? 'over the last hour' : `over the last ${count} hours`
    return `over the ${hours(count)} up to ${hours(offsetHours)} ago`
  }
  if (window.offsetDays === 0) {
    if (window.kind === 'preset') return PRESETS[window.preset]
    return window.count === 1 ? 'today' : `over the last ${window.count} days with today`
  }
  const shifted = shiftedDays(window)
  if (shifted === null) return `${window.kind === 'preset' ? PRESETS[window.preset] : ''} ${days(window.offsetDays)} earlier`
  const { count, endsAgo } = shifted
  if (count === 1) return endsAgo === 1 ? 'yesterday' : `${days(endsAgo)} ago`
  // "over the last 7 days" ends yesterday, so the 7 days before that end 8 days ago.
  if (endsAgo === count + 1) return `over the ${count} days before the last ${count}`
  return endsAgo === 1 ? `over the last ${count} days` : `over the ${count} days up to ${days(endsAgo)} ago`
}

export const horizonInEnglish = (horizon: Horizon): string =>
  horizon.kind === 'month' ? 'this month' : horizon.count === 1 ? 'tomorrow' : `the next ${horizon.count} days`

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`)
const hours = (count: number): string => (count === 1 ? '1 hour' : `${count} hours`)
