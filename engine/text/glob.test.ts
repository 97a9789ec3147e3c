import fc from 'fast-check'
import { expect, test } from 'vitest'

import { matchesGlob } from './glob.js'

test('a star matches any characters, a question mark exactly one, and case matters', () => {
  for (const [text, pattern, expected] of [
    ['TR | Summer', 'TR | *', true],
    ['TR | Summer', '*Summer', true],
    ['TR | Summer', '*u*r', true],
    ['TR | Summer', 'tr | *', false],
    ['TR | Summer', 'TR', false],
    ['A1', 'A?', true],
    ['A', 'A?', false],
    ['😀', '?', true],
    ['', '*', true],
    ['', '?', false],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['İndirim', 'İnd*', true],
  ] as const) {
    expect(matchesGlob(text, pattern), `${text} ~ ${pattern}`).toBe(expected)
  }
})

test('a glob matches the same texts as the equivalent regular expression', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 }).map((all) => all.join(''))
  fc.assert(
    fc.property(letters, letters, (text, pattern) => {
      const expression = new RegExp(`^${pattern.replace(/\*/g, '[^]*').replace(/\?/g, '[^]')}$`, 'u')
      expect(matchesGlob(text, pattern)).toBe(expression.test(text))
    }),
    { numRuns: 1000 },
  )
})

test('a pattern that makes backtracking slow is matched quickly', () => {
  expect(matchesGlob('a'.repeat(5000), `${'*a'.repeat(200)}b`)).toBe(false)
})
