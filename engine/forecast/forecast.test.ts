import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { dayNumberOf } from '../clock/day.js'
import { accuracyInWords } from './accuracy.js'
import type { FitArima } from './arima.js'
import { forecast, type Forecast, type History } from './forecast.js'
import { ratioOf } from './ratio.js'
import { reconcile } from './reconcile.js'
import { seasonOf } from './season.js'
import { wideningOf } from './special-days.js'
import { mostSpendOf } from './spend-bound.js'
import { totalOf } from './total.js'

/** A series with a weekday pattern, and noise whose period (13) has nothing in common with a week. */
const weekly = (length: number, level = 100): number[] =>
  Array.from({ length }, (_, t) => level * (1 + 0.1 * (t % 7) + 0.01 * ((t * 7919) % 13)))

function made(history: Partial<History> & Pick<History, 'values'>, horizon = 14, fit: FitArima | null = null): Forecast {
  const result = forecast({ period: 7, ...history }, { horizon, fit })
  if (result.kind !== 'forecast') throw new Error(result.reason)
  return result
}

/** Returns a generator of numbers from 0 to 1, reproducible by its seed (Park and Miller). */
function randomFrom(seed: number): () => number {
  let state = seed * 48_271
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

const normalOf = (random: () => number): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())

describe('a forecast', () => {
  it('continues the weekday pattern, and its mean lies within its bands', () => {
    const { points } = made({ values: weekly(90) })
    for (const [h, { lo95, lo80, mean, hi80, hi95 }] of points.entries()) {
      expect(Math.abs(mean - 100 * (1.06 + 0.1 * ((90 + h) % 7)))).toBeLessThan(8)
      expect([lo95, lo80, mean, hi80, hi95]).toEqual([lo95, lo80, mean, hi80, hi95].sort((one, other) => one - other))
    }
  })

  it('is the same every time, and scales with the series', () => {
    const one = made({ values: weekly(60) })
    expect(made({ values: weekly(60) })).toEqual(one)
    const thousand = made({ values: weekly(60).map((value) => value * 1024) })
    for (const [h, { mean, hi95 }] of thousand.points.entries()) {
      expect(mean / 1024).toBeCloseTo(one.points[h]!.mean, 6)
      expect(hi95 / 1024).toBeCloseTo(one.points[h]!.hi95, 6)
    }
  })

  it('needs at least fourteen points, not counting gaps', () => {
    const values = [...weekly(13), null, null, null]
    expect(forecast({ values, period: 7 }, { horizon: 7, fit: null })).toEqual({
      kind: 'not-enough-history',
      points: 13,
      reason: 'not enough history: 13 of at least 14 points',
    })
    expect(made({ values: weekly(14) }).points).toHaveLength(14)
  })

  it('treats missing days as unknown and not as zero', () => {
    const torn = weekly(90).map((value, t) => (t % 11 === 3 || (t > 60 && t < 66) ? null : value))
    const whole = made({ values: weekly(90) })
    for (const [h, { mean }] of made({ values: torn }).points.entries())
      expect(Math.abs(mean / whole.points[h]!.mean - 1)).toBeLessThan(0.08)
  })

  it('moves to the new level at once after a budget was doubled', () => {
    const values = weekly(60).map((value, t) => (t < 57 ? value : 2 * value))
    const { points } = made({ values, shifts: [{ at: 57, ratio: 2 }] }, 7)
    const doubled = made({ values: weekly(60).map((value) => 2 * value) }, 7)
    for (const [h, { mean }] of points.entries()) expect(mean).toBeCloseTo(doubled.points[h]!.mean, 6)
  })

  it('changes little after one odd last day, whether ten times the usual value or zero', () => {
    const usual = made({ values: weekly(90) })
    for (const times of [10, 0]) {
      const odd = made({ values: weekly(90).map((value, t) => (t === 89 ? times * value : value)) })
      for (const [h, { mean }] of odd.points.entries())
        expect(Math.abs(mean / usual.points[h]!.mean - 1)).toBeLessThan(h % 7 === 6 ? 0.5 : 0.05)
    }
  })

  it.each([14, 18, 30, 90])('has bands that cover about as much as they claim, from %i points', (length) => {
    let [within80, within95, all] = [0, 0, 0]
    for (let series = 0; series < 30; series++) {
      const random = randomFrom(series + 1)
      const values = weekly(length + 7).map((value) => value * Math.exp(0.15 * normalOf(random)))
      for (const [h, point] of made({ values: values.slice(0, length) }, 7).points.entries()) {
        const value = values[length + h]!
        within80 += point.lo80 <= value && value <= point.hi80 ? 1 : 0
        within95 += point.lo95 <= value && value <= point.hi95 ? 1 : 0
        all++
      }
    }
    expect(within80 / all).toBeGreaterThan(0.65)
    expect(within80 / all).toBeLessThan(0.93)
    expect(within95 / all).toBeGreaterThan(0.85)
  })

  it('has a 95% band that reaches further up than down if the series is never negative', () => {
    const values = weekly(90).map((value, t) => value * (1 + 0.8 * Math.sin(t * t)))
    for (const { mean, lo95, hi95 } of made({ values }).points) expect(hi95 - mean).toBeGreaterThan(mean - lo95)
  })

  it('widens the bands of the given steps, and no others', () => {
    const history = { values: weekly(60), period: 7 }
    const usual = made(history)
    const widened = forecast(history, { horizon: 14, fit: null, widen: (step) => (step === 3 ? 2 : 1) }) as Forecast
    expect(widened.points[2]).toEqual(usual.points[2])
    const width = ({ points }: Forecast): number => points[3]!.hi80 - points[3]!.lo80
    expect(width(widened)).toBeCloseTo(2 * width(usual), 6)
  })

  it('reports how far off it was recently', () => {
    expect(made({ values: weekly(168) }).accuracy).toMatchObject({ steps: 56 })
    expect(accuracyInWords({ error: 0.09, steps: 56 }, 'day')).toBe('off by 9% on average over the last 8 weeks')
    expect(accuracyInWords({ error: 0.4, steps: 13 }, 'week')).toBe('off by 40% on average over the last 13 weeks')
  })

  it('rejects ARIMA results that are not finite, denormal or far outside the history', () => {
    const without = made({ values: weekly(90) })
    for (const garbage of [NaN, Infinity, 2e-309, 1e45]) {
      const fit: FitArima = ({ origins, steps }) => ({
        paths: origins.map(() => new Float64Array(steps).fill(garbage)),
        variances: new Float64Array(steps).fill(1),
      })
      expect(made({ values: weekly(90) }, 14, fit)).toEqual(without)
    }
    expect(made({ values: weekly(90) }, 14, () => null)).toEqual(without)
  })

  it('throws for an infinite value and for an invalid horizon', () => {
    expect(() => forecast({ values: [...weekly(20), Infinity], period: 7 }, { horizon: 1, fit: null })).toThrow(RangeError)
    for (const horizon of [0, -1, 1.5, 401, NaN])
      expect(() => forecast({ values: weekly(20), period: 7 }, { horizon, fit: null })).toThrow(RangeError)
  })

  it('never goes below zero if the history did not', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 14, maxLength: 60 }), (values) => {
        for (const { lo95 } of made({ values }).points) expect(lo95).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 30 },
    )
  })
})

describe('the band of a sum', () => {
  const point = { mean: 10, lo80: 8, hi80: 12, lo95: 7, hi95: 13 }
  it('is narrower than the sum of the bands, unless the errors are fully correlated', () => {
    const total = (together: number) => totalOf({ points: Array.from({ length: 9 }, () => point), together }, 0, 9)
    expect(total(0)).toEqual({ mean: 90, lo80: 84, hi80: 96, lo95: 81, hi95: 99 })
    expect(total(1)).toEqual({ mean: 90, lo80: 72, hi80: 108, lo95: 63, hi95: 117 })
    expect(total(0.5).hi80).toBeGreaterThan(96)
  })
})

describe('a ratio', () => {
  it('is the ratio of the two means, with the uncertainty of both', () => {
    const spend = { mean: 1000, lo80: 900, hi80: 1100, lo95: 800, hi95: 1200 }
    const purchases = { mean: 10, lo80: 8, hi80: 12, lo95: 6, hi95: 14 }
    const cpa = ratioOf(spend, purchases, 1)!
    expect(cpa.mean).toBe(100)
    expect(cpa.lo80 * cpa.hi80).toBeCloseTo(10_000, 6)
    expect(cpa.hi80).toBeGreaterThan(120)
    expect(ratioOf(spend, { ...purchases, mean: 0 }, 1)).toBeNull()
  })
})

describe('parts and their whole', () => {
  const number = fc.double({ min: 1, max: 1000, noNaN: true })
  const any = fc.tuple(number, number).map(([mean, width]) => {
    const low = (share: number): number => mean - share * width
    return { mean, lo80: low(0.8), hi80: mean + 0.8 * width, lo95: low(1), hi95: mean + width }
  })

  it('add up', () => {
    fc.assert(
      fc.property(any, fc.array(any, { minLength: 1, maxLength: 8 }), (whole, parts) => {
        const { whole: given, parts: each } = reconcile(whole, parts)
        expect(each.reduce((sum, { mean }) => sum + mean, 0)).toBeCloseTo(given.mean, 6)
      }),
    )
  })

  it('share the gap in proportion to their uncertainty', () => {
    const sure = { mean: 10, lo80: 10, hi80: 10, lo95: 10, hi95: 10 }
    const unsure = { mean: 10, lo80: 5, hi80: 15, lo95: 0, hi95: 20 }
    const { whole, parts } = reconcile({ ...sure, mean: 26, lo80: 26, hi80: 26 }, [sure, unsure])
    expect([whole.mean, parts[0]!.mean, parts[1]!.mean]).toEqual([26, 10, 16])
  })
})

it('spend may exceed the daily budget by 75% on one day, but not over a week', () => {
  expect([1, 2, 7, 8, 30].map((days) => mostSpendOf(100, days))).toEqual([175, 350, 700, 875, 3150])
})

it.each([
  ['2026-11-23', true],
  ['2026-11-27', true],
  ['2026-11-30', true],
  ['2026-12-01', false],
  ['2026-11-20', false],
  ['2026-11-11', true],
  ['2026-03-19', true],
  ['2026-03-22', true],
  ['2026-03-23', false],
  ['2026-05-30', true],
  ['2026-10-29', true],
  ['2026-05-10', true],
  ['2026-06-10', false],
])('whether %s is a special day in Turkey: %s', (day, special) => {
  expect(wideningOf(dayNumberOf(day), 'TR') > 1).toBe(special)
})

it('the season follows from the pace, or from the series itself if its time stamps are plain numbers', () => {
  expect(seasonOf({ unit: 'duration', step: 86_400_000 }, [])).toEqual({ period: 7 })
  expect(seasonOf({ unit: 'duration', step: 3_600_000 }, [])).toEqual({ period: 24, longPeriod: 168 })
  expect(seasonOf({ unit: 'months', step: 1 }, [])).toEqual({ period: 12 })
  expect(seasonOf({ unit: 'number', step: 1 }, weekly(60))).toEqual({ period: 7 })
  expect(
    seasonOf(
      { unit: 'number', step: 1 },
      Array.from({ length: 60 }, (_, t) => t * t),
    ),
  ).toEqual({ period: 1 })
})
