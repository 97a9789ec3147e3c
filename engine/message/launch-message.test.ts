import { expect, it } from 'vitest'

import { launchMessage } from './launch-message.js'

it.each([
  ['en', 'failed', 'paused', 'The launch summer could not be completed. Everything it created is paused. No.'],
  ['tr', 'failed', 'paused', '“summer” yayını tamamlanamadı. Oluşturdukları duraklatılmış durumda. No.'],
  [
    'en',
    'stopped',
    'unsure',
    'The launch summer was stopped. Something that it created may be active: please check in Ads Manager. No.',
  ],
  [
    'en',
    'failed',
    'changed-since',
    'The launch summer could not be completed. Everything it created is paused, except what was changed since. No.',
  ],
  [
    'tr',
    'failed',
    'changed-since',
    '“summer” yayını tamamlanamadı. Sonradan değiştirilenler dışında, oluşturdukları duraklatılmış durumda. No.',
  ],
  ['tr', 'rolled-back', 'nothing', '“summer” yayını tamamlanamadı ve oluşturdukları silindi. No.'],
  ['en', 'refused', 'nothing', 'The launch summer was not carried out. No.'],
] as const)('in %s, the message says that the launch ended as %s and left %s', (language, end, left, text) => {
  expect(launchMessage({ launch: 'summer', end, left, note: 'No.' }, language)).toBe(text)
})
