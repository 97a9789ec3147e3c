import fc from 'fast-check'
import { expect, test } from 'vitest'

import { shorten, TEMPLATE_BODY_LIMIT, templateParameter, TEXT_LIMIT, textBody } from './whatsapp-text.js'

const someText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 3000 }),
  fc.array(fc.constantFrom('a', ' ', '\n', '\t', '👩‍👩‍👧', 'ş', 'word '), { maxLength: 3000 }).map((all) => all.join('')),
)

/** A surrogate without its other half. */
const HALF_A_CHARACTER = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

test('a template’s parameter has no line breaks, no tabs, no runs of spaces, some text, and fits', () => {
  fc.assert(
    fc.property(someText, fc.integer({ min: 0, max: 200 }), (text, fixed) => {
      const parameter = templateParameter(text, fixed)
      expect(parameter).not.toMatch(/[\r\n\t\u2028\u2029]| {4,}/)
      expect(parameter.length).toBeGreaterThan(0)
      expect(parameter.length + fixed).toBeLessThanOrEqual(TEMPLATE_BODY_LIMIT)
    }),
  )
})

test('lines of a template’s parameter are separated by middle dots', () => {
  expect(templateParameter('A paused\r\n\n  CPA\t  ₺333,33 \n')).toBe('A paused · CPA ₺333,33')
  expect(templateParameter(' \n ')).toBe('–')
})

test('a text message is shortened to the limit', () => {
  expect(textBody('x'.repeat(TEXT_LIMIT))).toHaveLength(TEXT_LIMIT)
  expect(textBody('x'.repeat(TEXT_LIMIT + 1))).toBe(`${'x'.repeat(TEXT_LIMIT - 1)}…`)
  expect(textBody('  ')).toBe('–')
  expect(textBody('two\nlines')).toBe('two\nlines')
})

test('a text that is too long is cut between words, and never inside a character', () => {
  expect(shorten('one two three', 9)).toBe('one two…')
  expect(shorten('one two three', 8)).toBe('one two…')
  expect(shorten('👩‍👩‍👧👩‍👩‍👧', 9)).toBe('👩‍👩‍👧…')
  expect(shorten('x'.repeat(50) + ' yz', 52)).toBe(`${'x'.repeat(50)}…`)
  fc.assert(
    fc.property(someText, fc.integer({ min: 2, max: 100 }), (text, limit) => {
      const short = shorten(text, limit)
      expect(short.length).toBeLessThanOrEqual(limit)
      expect(short).not.toMatch(HALF_A_CHARACTER)
      if (short !== text) expect(text.startsWith(short.slice(0, -1))).toBe(true)
    }),
  )
})
