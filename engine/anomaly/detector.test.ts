import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AnomalyDetector } from './detector.js'
import { judgeSeries } from './judge-series.js'

/** Returns a reproducible generator of numbers between 0 and 1. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
const normal = (next: () => number): number => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next())
const WEEK = [1, 1.1, 1, 0.9, 1.2, 0.6, 0.5]
const days = (count: number, seed = 1, noise = 0.08): number[] => {
  const next = chance(seed)
  return Array.from({ length: count }, (_, day) => 100 * WEEK[day % 7]! * Math.exp(noise * normal(next)))
}
const begins = (values: readonly (number | null)[], period = 7): [number, string][] =>
  judgeSeries(values, period).flatMap(({ kind }, index) => (kind === null ? [] : [[index, kind] as [number, string]]))
const changed = (values: number[], from: number, change: (value: number, index: number) => number): number[] =>
  values.map((value, index) => (index < from ? value : change(value, index - from)))

describe('what is reported, and as which kind', () => {
  it('a spike, on its day', () => {
    expect(begins(changed(days(90), 70, (value, index) => (index === 0 ? value * 2.5 : value)))).toEqual([[70, 'spike']])
  })

  it('a spike in a series with missing days, with nearly the same score as without', () => {
    const scoreOf = (missing: number, seed: number): number => {
      const [noise, gaps] = [chance(seed), chance(seed + 100)]
      const values = Array.from({ length: 120 }, (_, day) => {
        const value = (100 + 10 * (day % 7)) * (0.985 + 0.03 * noise())
        return day === 111 ? 1.4 * value : gaps() < missing ? null : value
      })
      return judgeSeries(values, 7)[111]!.score!
    }
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      for (const missing of [0.05, 0.1, 0.2]) expect(scoreOf(missing, seed)).toBeGreaterThan(0.7 * scoreOf(0, seed))
    }
  })

  it('a spike in a series with rows for working days only, by the pattern of those days', () => {
    const noise = chance(1)
    const values = Array.from({ length: 90 }, (_, day) =>
      day % 7 > 4 ? null : (100 + 20 * (day % 7)) * (0.985 + 0.03 * noise()) * (day === 77 ? 1.4 : 1),
    )
    expect(begins(values)).toEqual([[77, 'spike']])
  })

  it('a drop to zero, once and on its first day, until it is over', () => {
    const judged = judgeSeries(
      changed(days(90), 70, (value, index) => (index < 3 ? 0 : value)),
      7,
    )
    expect(judged.slice(69, 75).map(({ kind, event }) => [kind, event])).toEqual([
      [null, null],
      ['zero', 'begins'],
      [null, 'lasts'],
      [null, 'lasts'],
      [null, 'over'],
      [null, null],
    ])
  })

  it('a spike weeks after an outage, since the outage changes neither the level nor the band', () => {
    const values = changed(days(110), 50, (value, index) => (index < 4 ? 0 : index === 40 ? 3 * value : value))
    const judged = judgeSeries(values, 7)
    for (const { expected, lo, hi } of judged.slice(54)) {
      expect(expected).toBeGreaterThan(35)
      expect(hi! / lo!).toBeLessThan(3)
    }
    expect(begins(values)).toEqual([
      [50, 'zero'],
      [90, 'spike'],
    ])
  })

  it('a distant new level, which becomes the usual one within a week, with a band as narrow as before', () => {
    const values = changed(days(120), 60, (value) => value * 0.4)
    const judged = judgeSeries(values, 7)
    for (const [day, { expected, hi, lo }] of judged.entries()) {
      if (day < 67) continue
      expect(Math.abs(expected! / (40 * WEEK[day % 7]!) - 1)).toBeLessThan(0.2)
      expect(hi! / lo!).toBeLessThan(3)
    }
  })

  it('two days in a row, neither of which is unusual enough on its own', () => {
    const values = days(90, 1).map((value, day) => (day === 70 || day === 71 ? 100 * WEEK[day % 7]! * 1.45 : value))
    expect(begins(values)).toEqual([[71, 'shift']])
  })

  it('a spike in the other direction soon after an event, but not one in the same direction', () => {
    const spiked = (by: number): [number, string][] =>
      begins(days(90).map((value, day) => (day === 70 ? value / 3 : day === 74 ? value * by : value)))
    expect(spiked(3)).toEqual([
      [70, 'spike'],
      [74, 'spike'],
    ])
    expect(spiked(1 / 3)).toEqual([[70, 'spike']])
  })

  it('a new level, within five days, once', () => {
    const found = begins(changed(days(120), 70, (value) => value * 1.5))
    expect(found).toHaveLength(1)
    expect(found[0]![0]).toBeLessThanOrEqual(74)
  })

  it('a slow drift that no single day shows', () => {
    const found = begins(changed(days(100, 3, 0.05), 60, (value, index) => value * 1.025 ** Math.min(index, 20)))
    expect(found[0]?.[1]).toMatch(/drift|shift/)
    expect(found[0]![0]).toBeLessThan(80)
  })

  it('less than 0.1 false alarms a month in five hundred quiet series of three months', () => {
    const found = Array.from({ length: 500 }, (_, seed) => begins(days(90, seed + 1)).length)
    expect(found.reduce((sum, count) => sum + count, 0) / 500 / 2.5).toBeLessThan(0.1)
  })

  it('an hour with a value that is usual for other hours of the day, but not for this one', () => {
    const next = chance(9)
    const hours = Array.from({ length: 24 * 40 }, (_, hour) => (hour % 24 < 8 ? 10 : 100) * Math.exp(0.08 * normal(next)))
    const at = 24 * 30 + 3
    hours[at] = 100
    expect(begins(hours, 24)).toEqual([[at, 'spike']])
  })

  it('a new level of an hourly series, found by its daily means', () => {
    const next = chance(4)
    const hours = Array.from({ length: 24 * 60 }, (_, hour) => (hour < 24 * 45 ? 1 : 1.4) * 50 * Math.exp(0.2 * normal(next)))
    const found = begins(hours, 24)
    expect(found).toHaveLength(1)
    expect(found[0]![1]).toBe('shift')
    expect(found[0]![0]).toBeLessThan(24 * 50)
  })
})

describe('small counts are judged as counts', () => {
  const counts = (mean: number, length: number, seed: number): number[] => {
    const next = chance(seed)
    return Array.from({ length }, () => {
      let [count, left] = [0, Math.exp(-mean)]
      for (let share = next(); share > left && count < 60; count++)
        left += (Math.exp(-mean) * mean ** (count + 1)) / factorial(count + 1)
      return count
    })
  }
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

  it('a week of zeros is reported if three a day are usual, although a single day of zero is not', () => {
    const found = Array.from({ length: 40 }, (_, seed) => begins([...counts(3, 60, seed + 1), ...Array<number>(7).fill(0)]))
    expect(found.filter((events) => events.some(([index]) => index >= 60)).length).toBeGreaterThan(32)
    expect(found.filter((events) => events.some(([index]) => index === 60))).toEqual([])
  })

  it('two purchases instead of four are not reported', () => {
    expect(begins([...Array.from({ length: 40 }, (_, day) => 3 + (day % 3)), 2])).toEqual([])
  })

  it('two days of zero are not reported if one or two a day are usual; one day of zero is if forty are', () => {
    expect(begins([...counts(1.5, 60, 2), 0, 0]).filter(([index]) => index >= 60)).toEqual([])
    expect(begins([...counts(40, 60, 2), 0]).at(-1)).toEqual([60, 'zero'])
  })

  it.each([0.3, 1, 3, 12])('chance alone is rarely reported, at %d a day', (mean) => {
    const found = Array.from({ length: 200 }, (_, seed) => begins(counts(mean, 90, seed + 1)).length)
    expect(found.reduce((sum, count) => sum + count, 0) / 200 / 2.5).toBeLessThan(0.1)
  })

  it.each([0.3, 1, 3, 12])('the expected value at %d a day is their mean, and few days are outside the band', (mean) => {
    let [expected, outside, judged] = [0, 0, 0]
    for (let seed = 1; seed <= 40; seed++) {
      const values = counts(mean, 120, seed)
      for (const [day, judgement] of judgeSeries(values, 7).entries()) {
        if (judgement.expected === null) continue
        judged++
        expected += judgement.expected
        if (values[day]! < judgement.lo! || values[day]! > judgement.hi!) outside++
        expect(judgement.hi).toBeLessThan(20 * Math.max(1, mean))
      }
    }
    expect(Math.abs(expected / judged / mean - 1)).toBeLessThan(0.12)
    expect(outside / judged).toBeLessThan(0.08)
  })
})

describe('any series', () => {
  const AWKWARD: Record<string, (number | null)[]> = {
    constant: Array<number>(60).fill(5),
    zeros: Array<number>(60).fill(0),
    'zeros, then something': [...Array<number>(40).fill(0), 7, 0, 0, 8],
    'something, then zeros': [...days(40), ...Array<number>(30).fill(0)],
    'nothing known': Array<null>(40).fill(null),
    'gaps everywhere': days(80).map((value, index) => (index % 3 === 0 ? null : value)),
    'not finite': days(40).map((value, index) => (index % 5 === 0 ? NaN : index % 7 === 0 ? Infinity : value)),
    huge: days(60).map((value) => value * 1e148),
    tiny: days(60).map((value) => value * 1e-300),
    signs: days(60).map((value, index) => (index % 2 === 0 ? value : -value)),
    'negative from the middle on': days(60).map((value, index) => (index < 30 ? value : value - 150)),
    'negative constant': Array<number>(60).fill(-3),
    alternating: Array.from({ length: 60 }, (_, index) => (index % 2) * 1e9),
    step: changed(days(80), 40, (value) => value * 1e6),
    growing: Array.from({ length: 200 }, (_, index) => 1.1 ** index),
    short: days(9),
  }

  it.each(Object.entries(AWKWARD))('%s: every number is finite or null', (_, values) => {
    for (const period of [1, 7, 24]) {
      for (const judgement of judgeSeries(values, period)) {
        for (const number of [judgement.expected, judgement.lo, judgement.hi, judgement.score]) {
          expect(number === null || Number.isFinite(number)).toBe(true)
        }
      }
    }
  })

  it.each(['constant', 'zeros', 'negative constant', 'nothing known', 'short'])('%s: nothing is reported', (name) => {
    expect(begins(AWKWARD[name]!)).toEqual([])
  })

  const value = fc.oneof(
    fc.double({ noNaN: true, min: -1e160, max: 1e160 }),
    fc.integer({ min: 0, max: 9 }),
    fc.constant(null),
    fc.double({ min: 0, max: 1e3, noNaN: true }),
  )

  it('is judged by earlier points only, the same every time, and in finite numbers', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 90 }), fc.array(value, { maxLength: 20 }), (past, future) => {
        const alone = judgeSeries(past, 7)
        expect(judgeSeries([...past, ...future], 7).slice(0, past.length)).toEqual(alone)
        for (const { expected, lo, hi, score } of alone) {
          for (const number of [expected, lo, hi, score]) expect(number === null || Number.isFinite(number)).toBe(true)
        }
      }),
    )
  })

  it('has the same scores in another currency', () => {
    const values = changed(days(90), 70, (value) => value * 1.5)
    const scaled = values.map((value) => value * 1024)
    const scores = (of: number[]): (number | null)[] => judgeSeries(of, 7).map(({ score }) => score && Math.round(score * 1e6))
    expect(scores(scaled)).toEqual(scores(values))
  })
})

it('judges no point before two weeks of days are known', () => {
  const judged = judgeSeries(days(20), 7)
  expect(judged.findIndex(({ expected }) => expected !== null)).toBe(14)
})

it('continues after a gap with the right weekday, by the given slot', () => {
  const values = days(100)
  const whole = new AnomalyDetector({ period: 7 })
  const last = values.map((value, slot) => (slot > 60 && slot < 74 ? whole.judge(null, slot) : whole.judge(value, slot))).at(-1)!
  expect(Math.abs(last.expected! / (100 * WEEK[99 % 7]!) - 1)).toBeLessThan(0.15)
})
