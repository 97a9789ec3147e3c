import fc from 'fast-check'
import { expect, it } from 'vitest'

import { isDeeperThan } from './json-depth.js'

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

it('depth is the same as after parsing, whatever brackets and quotes occur in strings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(6), (value, most) => {
      expect(isDeeperThan(JSON.stringify(value), most)).toBe(depthOf(value) > most)
    }),
  )
  expect(isDeeperThan(String.raw`"[[[\"[[["`, 0)).toBe(false)
})

it('a text of a million brackets is measured without being parsed', () => {
  expect(isDeeperThan('['.repeat(1_000_000), 64)).toBe(true)
})
