import fc from 'fast-check'
import { expect, it } from 'vitest'

import { printable, printableData, printableLines } from './printable.js'

it('replaces characters that would move the cursor or change the direction of writing', () => {
  expect(printable('A\u001b[2K\r\u202eB\u0007 👨‍👩‍👧 İğne')).toBe('A·[2K··B· 👨‍👩‍👧 İğne')
  expect(printable('one\nforged line')).toBe('one·forged line')
})

it('keeps line breaks only in texts of several lines', () => {
  expect(printableLines('first\r\nsecond\u001b[1A')).toBe('first·\nsecond·[1A')
})

it('changes every text in data, at any depth, and nothing else', () => {
  const data = { name: 'A\u001b', at: 1, none: null, list: [{ text: 'one\ntwo\r', name: 'one\ntwo' }] }
  expect(printableData(data, ['text'])).toEqual({
    ...{ name: 'A·', at: 1, none: null },
    list: [{ text: 'one\ntwo·', name: 'one·two' }],
  })
})

it('leaves every text without control characters as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text))
      expect(printable(text)).toBe(text)
    }),
  )
})
