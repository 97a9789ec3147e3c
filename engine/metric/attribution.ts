/** Attribution windows (within how many days of a click or a view a conversion counts), as Meta writes them and in words. */

/** How each `event_type` is written in the name of a window. Source: Marketing API, Ad Set, `attribution_spec`. */
const EVENTS: Readonly<Record<string, string>> = {
  CLICK_THROUGH: 'click',
  VIEW_THROUGH: 'view',
  ENGAGED_VIDEO_VIEW: 'ev',
}
const KINDS = ['click', 'view', 'ev']

/** Returns the windows of an `attribution_spec` as one text, clicks first: `7d_click_1d_view`. Null if it has no known window. */
export function attributionOfSpec(spec: unknown): string | null {
  if (!Array.isArray(spec)) return null
  const windows = (spec as readonly { event_type?: unknown; window_days?: unknown }[]).flatMap(({ event_type, window_days }) => {
    const kind = EVENTS[String(event_type)]
    return kind === undefined || typeof window_days !== 'number' ? [] : [`${window_days}d_${kind}`]
  })
  return windows.length === 0 ? null : joined(windows)
}

/** Returns the account's own windows in the same form; null if it has none. */
export const attributionOfWindows = (windows: readonly string[]): string | null => (windows.length === 0 ? null : joined(windows))

const joined = (windows: readonly string[]): string =>
  [...windows].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).join('_')
const rank = (window: string): number => KINDS.indexOf(window.replace(/^\d+d_/, ''))

const WORDS = {
  en: { click: 'click', view: 'view', ev: 'engaged view' },
  tr: { click: 'tıklama', view: 'görüntüleme', ev: 'etkileşimli görüntüleme' },
} as const

/** Returns `7-day click, 1-day view`; in Turkish `7 günlük tıklama, 1 günlük görüntüleme`. An unknown text stays as it is. */
export function attributionInWords(attribution: string, language: 'tr' | 'en'): string {
  const windows = [...attribution.matchAll(/(\d+)d_(click|view|ev)/g)]
  if (windows.length === 0) return attribution
  return windows
    .map(([, days, kind]) => {
      const name = WORDS[language][kind as keyof (typeof WORDS)['en']]
      return language === 'en' ? `${days}-day ${name}` : `${days} günlük ${name}`
    })
    .join(', ')
}
