import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { matchesGlob } from '../../text/glob.js'
import { canBothFit, containsPattern, covers, globPattern, literalPattern } from './text-pattern.js'

const glob = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 })
/** Every text of a, b and c of up to six letters. */
const TEXTS = ['']
for (let at = 0; TEXTS.length < (3 ** 7 - 1) / 2; at++) for (const letter of 'abc') TEXTS.push(TEXTS[at]! + letter)

describe('two patterns', () => {
  it('can both fit if and only if some text fits both', () => {
    fc.assert(
      fc.property(glob, glob, (one, other) => {
        const shared = TEXTS.some((text) => matchesGlob(text, one) && matchesGlob(text, other))
        // A text that fits two patterns may be as long as both together, so a missing short text is conclusive only for short
        // patterns.
        if (shared || one.length + other.length <= 6) expect(canBothFit(globPattern(one), globPattern(other))).toBe(shared)
      }),
      { numRuns: 300 },
    )
  })

  it('cover each other only if every text that fits one fits the other', () => {
    fc.assert(
      fc.property(glob, glob, (general, specific) => {
        if (!covers(globPattern(general), globPattern(specific))) return
        for (const text of TEXTS) if (matchesGlob(text, specific)) expect(matchesGlob(text, general), text).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

it('the text of `contains` is not a glob', () => {
  expect(canBothFit(containsPattern('*'), literalPattern('a*b'))).toBe(true)
  expect(canBothFit(containsPattern('*'), literalPattern('ab'))).toBe(false)
  expect(covers(containsPattern('sale'), containsPattern('summer sale'))).toBe(true)
})

it('composed and decomposed letters are the same', () => {
  expect(canBothFit(literalPattern('é'), globPattern('e\u0301'))).toBe(true)
})
