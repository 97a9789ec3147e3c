import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { LINE_VOCABULARY, randomLine } from '../../test/support/random-lines.js'
import { parseComparison } from '../expression/read/parse.js'
import { ATTRIBUTES } from '../metric/attributes.js'
import { CHOICE_WORDS } from '../metric/words.js'
import { comparisonText } from './condition-text.js'
import { asSentence, type WordingOptions } from './parts/wording.js'

const LANGUAGES = ['tr', 'en'] as const

/** Everything that the user did not write: own names and texts are in quotes. */
const withoutQuotes = (text: string): string => text.replace(/“[^”]*”/g, '“”')

describe('the words of the catalogue', () => {
  it('has words for every choice', () => {
    const choices = ATTRIBUTES.flatMap(({ unit }) => (unit.kind === 'choice' ? unit.choices : []))
    expect(choices.filter((choice) => CHOICE_WORDS[choice] === undefined)).toEqual([])
  })
})

describe('a line of a condition as a sentence', () => {
  it('has no brackets, identifiers, undefined values or doubled spaces, whatever the line', () => {
    const result = fc.constantFrom(null, 'purchases', 'leads', 'action:like', 'action:something.else')
    fc.assert(
      fc.property(randomLine, fc.boolean(), result, fc.constantFrom(...LANGUAGES), (line, isNegated, counted, language) => {
        const { value } = parseComparison(line, LINE_VOCABULARY)
        const options: WordingOptions = { language, currency: 'TRY', scope: 'adset', result: counted }
        const sentence = withoutQuotes(asSentence(comparisonText(value!, options, isNegated), options))
        expect(sentence).not.toMatch(/[[\](){}_`]|undefined|null|NaN|\s\s|\s[.,;]/)
        expect(sentence).not.toMatch(/\b(cpa|cpc|cpm|ctr|adset|last \d+d|\d+d)\b/)
        expect(sentence.trim()).toBe(sentence)
      }),
      { numRuns: 2000 },
    )
  })

  it('says the opposite of a negated comparison, and the amount on the right', () => {
    const options: WordingOptions = { language: 'en', currency: 'TRY', scope: 'adset', result: 'purchases' }
    const text = (line: string, isNegated = false): string =>
      comparisonText(parseComparison(line, LINE_VOCABULARY).value!, options, isNegated)
    expect(text('cpa[last_7d] > 120 TRY', true)).toBe('cost per purchase over the last 7 days is at most ₺120')
    expect(text('120 TRY < cpa[last_7d]')).toBe('cost per purchase over the last 7 days is above ₺120')
    expect(text('delivering', true)).toBe('it is not delivering')
  })
})
