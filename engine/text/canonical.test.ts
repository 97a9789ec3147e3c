import fc from 'fast-check'
import { expect, test } from 'vitest'

import { canonicalName, evenSpaces, isSameName } from './canonical.js'
import { globsOverlap } from './glob-overlap.js'
import { matchesGlob } from './glob.js'

test('any run of white space becomes one space, and is removed at the ends', () => {
  expect(canonicalName('  TR \u00a0|\tModa\n Yaz ')).toBe('TR | Moda Yaz')
  expect(evenSpaces(' a  b ')).toBe(' a b ')
  expect(isSameName('Yaz İndirimi', 'Yaz  I\u0307ndirimi ')).toBe(true)
  expect(isSameName('Yaz', 'yaz')).toBe(false)
})

test('globs match a name regardless of the kind of white space in it', () => {
  const words = fc.array(fc.constantFrom('a', 'b', '|', '*', '?'), { minLength: 1, maxLength: 5 })
  const space = fc.constantFrom(' ', '  ', '\t', '\u00a0', ' \u202f')
  fc.assert(
    fc.property(words, words, space, space, (name, glob, one, other) => {
      const [text, pattern] = [name.join(' '), glob.join(' ')]
      const fits = matchesGlob(text, pattern)
      expect(matchesGlob(name.join(one), glob.join(other))).toBe(fits)
      expect(matchesGlob(`${one}${text}`, `${pattern}${other}`)).toBe(fits)
      expect(globsOverlap(name.join(one), glob.join(other))).toBe(globsOverlap(text, pattern))
    }),
  )
})
