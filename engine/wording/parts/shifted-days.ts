/** What both grammars ask of a window. */

import type { DatePreset, Window } from '../../expression/syntax.js'

/** The length of presets that end yesterday. */
const lengthOf = (preset: DatePreset): number | null => {
  if (preset === 'yesterday') return 1
  const days = /^last_(\d+)d$/.exec(preset)?.[1]
  return days === undefined ? null : Number(days)
}

/** Days that end so many days ago, with an offset; null for windows that are no plain number of days. */
export function shiftedDays(window: Window): { readonly count: number; readonly endsAgo: number } | null {
  if (window.kind === 'days') return { count: window.count, endsAgo: window.offsetDays }
  if (window.kind !== 'preset') return null
  if (window.preset === 'today') return { count: 1, endsAgo: window.offsetDays }
  const count = lengthOf(window.preset)
  return count === null ? null : { count, endsAgo: window.offsetDays + 1 }
}
