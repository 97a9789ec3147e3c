import { expect, test } from 'vitest'

import { attributionInWords, attributionOfSpec, attributionOfWindows } from './attribution.js'

test('an ad set’s setting is named as Ads Manager names it, clicks first, in either language', () => {
  const spec = [
    { event_type: 'VIEW_THROUGH', window_days: 1 },
    { event_type: 'CLICK_THROUGH', window_days: 7 },
    { event_type: 'ENGAGED_VIDEO_VIEW', window_days: 1 },
  ]
  expect(attributionOfSpec(spec)).toBe('7d_click_1d_view_1d_ev')
  expect(attributionInWords('7d_click_1d_view_1d_ev', 'en')).toBe('7-day click, 1-day view, 1-day engaged view')
  expect(attributionInWords('7d_click_1d_view', 'tr')).toBe('7 günlük tıklama, 1 günlük görüntüleme')
})

test('a spec without a known window gives null, and an unknown text stays as it is', () => {
  expect([attributionOfSpec([]), attributionOfSpec(null), attributionOfWindows([])]).toEqual([null, null, null])
  expect(attributionOfSpec([{ event_type: 'SOMETHING_NEW', window_days: 1 }])).toBeNull()
  expect(attributionInWords('skan', 'en')).toBe('skan')
})
