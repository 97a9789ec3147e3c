import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { openTestFile } from './load.js'
import { asAmounts, parseSeries, parseSingle } from './series.js'

const codes = (text: string) => parseSeries(text).faults.map(({ code, span }) => `${code} ${span.start}-${span.end}`)

describe('a series', () => {
  test('is a list of numbers separated by spaces, where `100*3` is three times 100 and `_` unknown', () => {
    expect(parseSeries('300  12.5 100*3 _ _*2 0').value).toEqual([300, 12.5, 100, 100, 100, null, null, null, 0])
  })

  test('reports where it is invalid, and how to write it', () => {
    expect(codes('300 x 4')).toEqual(['bad-series 4-5'])
    expect(parseSeries('100x3').faults[0]?.hint).toBe('did you mean `100*3`?')
    expect(parseSeries('300,5 4').faults[0]?.hint).toContain('decimal mark')
    expect(parseSeries('300 TRY').faults[0]?.hint).toContain('currency')
    expect(codes('-5')).toEqual(['bad-series 0-2'])
    expect(codes('')).toEqual(['empty 0-1'])
    expect(codes('5*0')).toEqual(['out-of-range 0-3'])
    expect(codes('5*1e9')).toEqual(['bad-series 0-5'])
    expect(codes('5*999999999999')).toEqual(['out-of-range 0-14'])
  })

  test('for one day has one number', () => {
    expect(parseSingle('260').value).toEqual([260])
    expect(parseSingle('2 3').faults).toHaveLength(1)
  })

  test('is read back as it was written', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.nat(100_000),
      fc.nat(9999).map((cents) => cents / 100),
    )
    fc.assert(
      fc.property(
        fc.array(fc.record({ value, times: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 20 }),
        (runs) => {
          const text = runs.map(({ value, times }) => `${value ?? '_'}${times === 1 ? '' : `*${times}`}`).join(' ')
          const numbers = runs.flatMap(({ value, times }) => Array.from({ length: times }, () => value))
          expect(parseSeries(text)).toEqual({ value: numbers, faults: [] })
        },
      ),
    )
  })

  test('of money or counts has no ambiguous number, and none with more decimals than its currency', () => {
    const read = (text: string, currency: string | null) =>
      asAmounts(text, parseSeries(text), currency === null ? { kind: 'count' } : { kind: 'money', currency }).faults.map(
        ({ code, span }) => `${code} ${span.start}-${span.end}`,
      )
    expect(read('300 1.250*3 _ 0.12', 'TRY')).toEqual(['ambiguous-amount 4-9'])
    expect(read('5000 5.000', null)).toEqual(['ambiguous-amount 5-10'])
    expect(read('1.5 0.125', 'JPY')).toEqual(['too-precise 0-3', 'too-precise 4-9'])
    expect(read('300 12.5*3 _ 0.12', 'TRY')).toEqual([])
  })

  test('of money suggests only amounts that are possible in its currency', () => {
    const hints = (text: string, currency: string) =>
      asAmounts(text, parseSeries(text), { kind: 'money', currency }).faults.map(({ hint }) => hint)
    expect(hints('12.345', 'TRY')).toEqual(['did you mean `12345` or `12.35`?'])
    expect(hints('1.500', 'JPY')).toEqual(['did you mean `1500` or `2`?'])
    for (const number of ['12345', '12.35']) expect(hints(number, 'TRY')).toEqual([])
  })
})

test('values per window are checked like values per day', () => {
  const hints = (given: string) =>
    openTestFile(
      'a.test.yaml',
      `rules: a.yaml
tests:
  - name: one
    account: { currency: TRY, timezone: UTC }
    adsets: [{ name: A, campaign: C, ${given} }]
    at: 2026-03-10 12:00
    expect: none
`,
    )
      .load([{ path: 'a.yaml', text: 'rules: [{ id: a, scope: adset, every: 1h, when: learning }]' }], null)
      .diagnostics.flatMap(({ code, hint }) => (code === 'ambiguous-amount' ? [hint] : []))
  expect(hints('asked: { "reach[last_7d]": 12.000 }')).toEqual(['did you mean `12000` or `12`?'])
  expect(hints('clicks: 12.000')).toEqual(['did you mean `12000` or `12`?'])
  expect(hints('asked: { "reach[last_7d]": 12000, "frequency[last_7d]": 2.125 }')).toEqual([])
})
