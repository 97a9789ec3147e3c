import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CURRENCIES, minorUnitsPer } from '../../value/currency.js'
import { amountText } from './ceiling.js'
import {
  parseAmount,
  parseLink,
  parseMediaPath,
  parseMoment,
  parseObjectId,
  parseObjectName,
  parseUrlTags,
} from './written-value.js'

const valueOf = (reading: { readonly value: unknown }) => reading.value

describe('amounts', () => {
  it('are the same after formatting and parsing, in every currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CURRENCIES), fc.integer({ min: 1, max: 99_999_999 }), (currency, minor) => {
        expect(parseAmount(amountText(minor, currency), { name: 'a', currency })).toEqual({ value: minor, faults: [] })
      }),
    )
  })

  it('have Meta’s minor units: forints and Taiwan dollars have none', () => {
    for (const currency of ['HUF', 'TWD', 'JPY', 'COP']) {
      expect(minorUnitsPer(currency)).toBe(1)
      expect(valueOf(parseAmount(`1500 ${currency}`, { name: 'a', currency }))).toBe(1500)
      expect(valueOf(parseAmount(`15.5 ${currency}`, { name: 'a', currency }))).toBeNull()
    }
  })
})

describe('links, tags, files, ids and names', () => {
  it.each(['https://a.com', 'http://www.example.com/a?b=c#d', 'https://example.com?x', 'tel:+905551112233'])(
    '%s is a link',
    (text) => {
      expect(valueOf(parseLink(text))).toBe(text)
    },
  )
  it.each(['', 'a', 'example.com', 'https://', 'ftp://a.com', 'javascript:alert(1)', 'https://a .com'])(
    '%j is not a link',
    (text) => {
      expect(valueOf(parseLink(text))).toBeNull()
    },
  )

  it.each(['a=b', 'utm_source=meta&utm_campaign={{campaign.name}}', 'a=&b=c'])('%s are URL parameters', (text) => {
    expect(valueOf(parseUrlTags(text))).toBe(text)
  })
  it.each(['', '?a=b', 'a', 'a=b c', 'a=b&', 'a=b#c'])('%j are not URL parameters', (text) => {
    expect(valueOf(parseUrlTags(text))).toBeNull()
  })

  it('a path cannot lead out of the folder of the spec', () => {
    for (const path of [
      '../a.jpg',
      'a/../../b.jpg',
      '/a.jpg',
      'C:/a.jpg',
      'file:a.jpg',
      'a//b.jpg',
      './a.jpg',
      '',
      'a\u0000.jpg',
      '..\\a.jpg',
    ]) {
      expect(valueOf(parseMediaPath(path, 'image'))).toBeNull()
    }
    expect(valueOf(parseMediaPath('Ürün görselleri/a b.JPG', 'image'))).toBe('Ürün görselleri/a b.JPG')
  })

  it('an id is accepted only if it consists of digits', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { value } = parseObjectId(text)
        expect(value === null || (value === text && /^[1-9]\d*$/.test(value))).toBe(true)
      }),
    )
  })

  it('a name is kept as written or refused, never trimmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect([null, text]).toContain(parseObjectName(text).value)
      }),
    )
    expect(valueOf(parseObjectName('a\nb'))).toBeNull()
    expect(valueOf(parseObjectName(' '))).toBeNull()
  })
})

it('a time with an offset does not depend on the account’s time zone', () => {
  for (const zone of ['Europe/Istanbul', 'America/New_York', 'Pacific/Apia']) {
    expect(valueOf(parseMoment('2026-12-01T09:00:00+03:00', zone, 'start'))).toBe(Date.UTC(2026, 11, 1, 6))
  }
  expect(valueOf(parseMoment('2026-12-01', 'Europe/Istanbul', 'start'))).toBe(Date.UTC(2026, 10, 30, 21))
})
