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
  // A day apart is the same time.
  ['3d-0', '3d-1', 1],
  ['maximum-0', '3d-1', 0],
  ['maximum-0', 'maximum-0', 1],
  ['7d-1', 'maximum-0', 1],
  ['1d-0', '7d-1', 0],
  ['7d-8', '3d-1', 0],
  ['last_month-0', 'this_month-0', 0],
  ['24h-0', '6h-0', 1 / 4],
])('of an amount in %s, %s has the share %d', (other, judged, share) => {
  expect(shareWithin(other, judged)).toBeCloseTo(share)
})

it('is between none and all of it, and all for the window itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...WINDOWS), fc.constantFrom(...WINDOWS), (one, other) => {
      const share = shareWithin(one, other)
      expect(share >= 0 && share <= 1).toBe(true)
      expect(shareWithin(one, one)).toBe(1)
    }),
  )
})
