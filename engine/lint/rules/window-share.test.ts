import fc from 'fast-check'
import { expect, it } from 'vitest'

import { shareWithin } from './window-share.js'

const WINDOWS = [
  '1d-0',
  '1d-1',
  '3d-1',
  '3d-0',
  '7d-1',
  '7d-8',
  '30d-1',
  '6h-0',
  '24h-12',
  'this_month-0',
  'last_month-0',
  'maximum-0',
]

it.each([
  ['7d-1', '3d-1', 3 / 7],
  ['30d-0', '1d-1', 1 / 30],
  ['3d-1', '7d-1', 1],
  // Windows that are a day apart count as the same.
  ['3d-0', '3d-1', 1],
  ['maximum-0', '3d-1', 0],
  ['maximum-0', 'maximum-0', 1],
  ['7d-1', 'maximum-0', 1],
  ['1d-0', '7d-1', 0],
  ['7d-8', '3d-1', 0],
  ['last_month-0', 'this_month-0', 0],
  ['24h-0', '6h-0', 1 / 4],
])('of an amount in %s, the share within %s is %d', (other, judged, share) => {
  expect(shareWithin(other, judged)).toBeCloseTo(share)
})

it('is between 0 and 1, and 1 for the window itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...WINDOWS), fc.constantFrom(...WINDOWS), (one, other) => {
      const share = shareWithin(one, other)
      expect(share >= 0 && share <= 1).toBe(true)
      expect(shareWithin(one, one)).toBe(1)
    }),
  )
})
