import { expect, it } from 'vitest'

import { launchMessage } from './launch-message.js'

it.each([
  ['en', 'failed', 'paused', 'The launch summer could not be finished. What it made is left paused. No.'],
  ['tr', 'failed', 'paused', '“summer” yayını tamamlanamadı. Oluşturdukları duraklatılmış durumda. No.'],
  [
    'en',
    'stopped',
    'unsure',
    'The launch summer was stopped. Something that it made may be active: please look in Ads Manager. No.',
  ],
  ['tr', 'rolled-back', 'nothing', '“summer” yayını tamamlanamadı; oluşturdukları yeniden silindi. No.'],
  ['en', 'refused', 'nothing', 'The launch summer was not carried out. No.'],
] as const)('in %s, a launch that %s and left %s is reported as such', (language, end, left, text) => {
  expect(launchMessage({ launch: 'summer', end, left, note: 'No.' }, language)).toBe(text)
})
