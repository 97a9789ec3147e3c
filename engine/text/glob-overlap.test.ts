import fc from 'fast-check'
import { expect, it } from 'vitest'

import { globsOverlap } from './glob-overlap.js'
import { matchesGlob } from './glob.js'

it.each([
  ['TR | Moda*', 'TR | *', true],
  ['TR | Moda*', 'TR | Spor*', false],
  ['*a', 'b*', true],
  ['a?c', 'ab?', true],
  ['a?c', 'abd', false],
  ['', '*', true],
  ['', '?', false],
])('%s and %s', (one, other, overlap) => {
  expect(globsOverlap(one, other)).toBe(overlap)
  expect(globsOverlap(other, one)).toBe(overlap)
})

it('two globs overlap exactly if some text of their letters matches both', () => {
  const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 })
  const texts = textsUpTo(6)
  fc.assert(
    fc.property(glob, glob, (one, other) => {
      expect(globsOverlap(one, other)).toBe(texts.some((text) => matchesGlob(text, one) && matchesGlob(text, other)))
    }),
    { numRuns: 300 },
  )
})

/** Returns every text of two letters up to a length. Globs of four letters that overlap share a text of at most eight letters. */
function textsUpTo(length: number): readonly string[] {
  const texts = ['']
  for (let from = 0, size = 1; size <= length; size++) {
    const shorter = texts.slice(from)
    from = texts.length
    texts.push(...shorter.flatMap((text) => [`${text}a`, `${text}b`]))
  }
  return texts
}
