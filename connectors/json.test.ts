import fc from 'fast-check'
import { expect, it } from 'vitest'

import { parseJson } from './json.js'

it('keeps whole numbers beyond 2^53 exact, at any depth', () => {
  expect(parseJson('{"id":12345678901234567890,"list":[1,-98765432109876543,2.5]}')).toEqual({
    id: '12345678901234567890',
    list: [1, '-98765432109876543', 2.5],
  })
  expect(parseJson('6023920149050123456')).toBe('6023920149050123456')
})

it('leaves strings that contain long numbers, and numbers with a fraction, as they are', () => {
  expect(parseJson('{"a":"x: 12345678901234567890, \\"1234567890123456789\\"","b":0.12345678901234567}')).toEqual({
    a: 'x: 12345678901234567890, "1234567890123456789"',
    b: 0.12345678901234567,
  })
})

it('reads any other JSON as JSON.parse does', () => {
  const value = fc.jsonValue()
  const longDigits = fc.stringMatching(/^"?\d{15,20}[",: ]?$/)
  fc.assert(
    fc.property(value, longDigits, (any, text) => {
      const json = JSON.stringify({ any, text })
      // A long number may have become a string, which differs only by its quotation marks.
      expect(JSON.stringify(parseJson(json)).replaceAll('"', '')).toBe(JSON.stringify(JSON.parse(json)).replaceAll('"', ''))
    }),
  )
})

it('throws for text that is not JSON', () => {
  for (const text of ['', '{', '<html>12345678901234567890</html>', '{"a":1234567890123456789', '"1234567890123456789\\']) {
    expect(() => parseJson(text)).toThrow(SyntaxError)
  }
})
