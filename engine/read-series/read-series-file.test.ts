import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { paceInWords, periodOf } from './pace.js'
import { MOST_ROWS, readSeriesFile } from './read-series-file.js'

const read = (text: string) => readSeriesFile({ path: 'days.csv', text })
const one = (text: string) => {
  const { series, skipped, diagnostics } = read(text)
  expect(diagnostics).toEqual([])
  expect(skipped).toEqual([])
  expect(series).toHaveLength(1)
  return series[0]!
}
const reasonOf = (text: string) => {
  const { series, skipped } = read(text)
  expect(series).toEqual([])
  return skipped[0]!
}

describe('a file of one series', () => {
  it('puts values on an even grid, where gaps and empty cells are missing, not zero', () => {
    const series = one('timestamp,value\n2026-03-01,10\n2026-03-02,\n2026-03-04,0\n2026-03-05,nan\n')
    expect(series.values).toEqual([10, null, null, 0, null])
    expect(series.stamps).toEqual(['2026-03-01', '2026-03-02', null, '2026-03-04', '2026-03-05'])
    expect(series.name).toBeNull()
    expect(paceInWords(series.pace)).toBe('day')
    expect(periodOf(series.pace)).toBe(7)
  })

  it.each([
    ['2026-03-30', '2026-03-31', '2026-04-01', 'day'],
    ['20260330', '20260331', '20260401', 'day'],
    ['30.03.2026', '31.03.2026', '01.04.2026', 'day'],
    ['2026/03/30', '2026/03/31', '2026/04/01', 'day'],
    ['2011-07-01 22:00:01', '2011-07-01 23:00:01', '2011-07-02 00:00:01', 'hour'],
    ['2026-03-10T23:30:00Z', '2026-03-10T23:45:00Z', '2026-03-11T00:00:00Z', '15 minutes'],
    ['2026-03-10T22:00:00.000+03:00', '2026-03-10T23:00:00.000+03:00', '2026-03-11T00:00:00.000+03:00', 'hour'],
    ['2026-03-10 22:00 +03:00', '2026-03-10 23:00 +03:00', '2026-03-11 00:00 +03:00', 'hour'],
    ['2026-03-22', '2026-03-29', '2026-04-05', 'week'],
    ['2026-11', '2026-12', '2027-01', 'month'],
    ['2026-01-31', '2026-02-28', '2026-03-31', 'month'],
    ['2025-12-31', '2026-03-31', '2026-06-30', 'quarter'],
    ['1772323200', '1772326800', '1772330400', 'hour'],
    ['1772323200000', '1772326800000', '1772330400000', 'hour'],
    ['41', '42', '43', 'step'],
  ])('after %s and %s comes %s, written the same way', (first, second, next, pace) => {
    const series = one(`timestamp,value\n${first},1\n${second},2\n`)
    expect([series.stampOf(0), series.stampOf(1), series.stampOf(2)]).toEqual([first, second, next])
    expect(paceInWords(series.pace)).toBe(pace)
  })

  it('reads the order of day and month from the whole file and keeps it', () => {
    const series = one('date,spend\n3/30/2026,1\n3/31/2026,2\n')
    expect(series.stampOf(2)).toBe('4/1/2026')
    expect(read('date,spend\n3/4/2026,1\n3/5/2026,2\n').diagnostics[0]?.code).toBe('ambiguous-date')
  })

  it('counts a day of 23 hours as a day if time stamps have offsets', () => {
    const series = one('timestamp,value\n2026-03-28T00:00+01:00,1\n2026-03-29T00:00+01:00,2\n2026-03-30T00:00+02:00,3\n')
    expect(series.values).toEqual([1, 2, 3])
    expect(series.stampOf(3)).toBe('2026-03-31T00:00+02:00')
  })

  it('sorts rows that are out of order, and says so', () => {
    const { series, notes } = read('timestamp,value\n2026-03-02,2\n2026-03-01,1\n')
    expect(series[0]?.values).toEqual([1, 2])
    expect(notes[0]).toMatch(/sorted/)
  })

  it('reads decimal commas if the file clearly uses them', () => {
    expect(one('timestamp;value\n2026-03-01;1.234,5\n2026-03-02;7\n').values).toEqual([1234.5, 7])
    expect(one('timestamp,value\n2026-03-01,1.234\n2026-03-02,2.500\n').values).toEqual([1.234, 2.5])
    expect(one('timestamp,value\n2026-03-01,"1.234,50"\n2026-03-02,"7,5"\n').values).toEqual([1234.5, 7.5])
    expect(read('timestamp;value\n2026-03-01;1.234\n2026-03-02;2.500\n').diagnostics[0]?.code).toBe('ambiguous-number')
  })

  it('reads a file without a header, and says so', () => {
    const { series, notes } = read('2026-03-01,1\n2026-03-02,2\n')
    expect(series[0]?.values).toEqual([1, 2])
    expect(notes[0]).toMatch(/without a header/)
  })
})

describe('rows that make no series', () => {
  it.each([
    ['doubled-time', '2026-03-01,1\n2026-03-02,2\n2026-03-02,3', /2026-03-02 appears twice \(lines 3 and 4\)/],
    ['bad-value', '2026-03-01,1\n2026-03-02,many', /line 3: `many` is not a number/],
    ['infinite', '2026-03-01,1\n2026-03-02,inf', /line 3: `inf` is infinite/],
    ['infinite', '2026-03-01,1\n2026-03-02,1e999', /infinite/],
    ['bad-time', '2026-03-01,1\nyesterday,2', /line 3: `yesterday` is not a time stamp/],
    ['bad-time', '2026-03-01,1\n2026-02-30,2', /2026-02-30/],
    ['bad-value', '2026-03-01,1\n2026-03-02', /fewer columns/],
    ['mixed-times', '2026-03-01,1\n2026-03-02 10:00,2', /another form/],
    [
      'uneven',
      '2026-03-01 00:00,1\n2026-03-01 01:00,2\n2026-03-01 02:00,2\n2026-03-01 02:40,3',
      /02:40 does not fit the interval/,
    ],
    ['too-many-gaps', '1926-03-01,1\n2026-03-01,1\n2026-03-02,2', /nearly all are gaps/],
    ['too-short', '2026-03-01,1', /not enough history/],
  ])('%s: %j', (code, rows, reason) => {
    const refused = reasonOf(`timestamp,value\n${rows}\n`)
    expect(refused.code).toBe(code)
    expect(refused.reason).toMatch(reason)
  })

  it.each([
    ['empty-file', ''],
    ['empty-file', 'timestamp,value\n'],
    ['not-text', 'PK\u0003\u0000'],
    ['no-columns', 'date_start,spend,impressions\n2026-03-01,1,2\n'],
    ['no-columns', 'hello\nworld\n'],
    ['unclosed-quote', 'timestamp,value\n2026-03-01,"1\n'],
  ])('a file with the fault %s: %j', (code, text) => {
    const { series, diagnostics } = read(text)
    expect(series).toEqual([])
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code])
  })

  it('a file with too many rows', () => {
    const { diagnostics } = read(`timestamp,value\n${'1,1\n'.repeat(MOST_ROWS + 1)}`)
    expect(diagnostics[0]?.code).toBe('too-many-rows')
  })
})

describe('a file of many series', () => {
  it('keeps the order in which series first appear, and refuses only the broken series', () => {
    const { series, skipped } = read('series,timestamp,value\nB,1,1\nA,1,5\nB,2,2\nA,2,x\nC,1,1\nC,2,1\n')
    expect(series.map(({ name }) => name)).toEqual(['B', 'C'])
    expect(skipped).toEqual([{ series: 'A', code: 'bad-value', reason: 'line 5: `x` is not a number' }])
  })

  it('finds columns by name in any order', () => {
    const { series } = read('value,unique_id,ds\n1,a,2026-03-01\n2,a,2026-03-02\n')
    expect(series[0]?.name).toBe('a')
    expect(series[0]?.values).toEqual([1, 2])
  })
})

it('returns every value at its own time stamp, whatever the gaps', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 2, maxLength: 60 }),
      (given) => {
        const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
        const values = [1, ...given, 2, 3]
        const rows = values.flatMap((value, index) => (value === null ? [] : [`${day(index)},${value}`]))
        const series = one(`timestamp,value\n${rows.join('\n')}\n`)
        // A text has no negative zero.
        expect(series.values).toEqual(values.map((value) => (value === 0 ? 0 : value)))
        expect(values.map((_, index) => series.stampOf(index))).toEqual(values.map((_, index) => day(index)))
      },
    ),
  )
})

it('never throws, whatever the text', () => {
  const token = fc.constantFrom('timestamp', 'value', 'series', ',', ';', '\n', '"', '2026-03-01', '1', '1e400', '-', '\r', 'é')
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
      const { series, skipped, diagnostics } = read(tokens.join(''))
      expect(series.length + skipped.length + diagnostics.length).toBeGreaterThan(0)
    }),
  )
})
