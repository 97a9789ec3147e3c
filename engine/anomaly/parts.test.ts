import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countDeviate } from './count-deviate.js'
import { tailScale } from './robust-scale.js'
import { SeasonProfile } from './season-profile.js'
import { SortedWindow } from './sorted-window.js'

describe('the sorted window', () => {
  it('has the quantiles of its last values, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), fc.nat(20), (values, more) => {
        const capacity = more + 1
        const window = new SortedWindow(capacity)
        for (const value of values) window.push(value)
        const last = values.slice(-capacity).sort((a, b) => a - b)
        expect(window.size).toBe(last.length)
        expect([window.quantile(0) + 0, window.quantile(1) + 0]).toEqual([last[0]! + 0, last.at(-1)! + 0])
      }),
    )
  })

  it('interpolates between two values', () => {
    const window = new SortedWindow(4)
    for (const value of [4, 1, 3, 2]) window.push(value)
    expect(window.median()).toBe(2.5)
  })
})

describe('the deviate of a count', () => {
  it.each([
    // Mid-p values of Poisson distributions: P(0 | 4) / 2 = 0.00916, P(X ≤ 1 | 4) + P(2) / 2 = 0.1648.
    [0, 4, -2.36],
    [2, 4, -0.97],
    // P(X > 8 | 2) + P(8) / 2 = 0.00067
    [8, 2, 3.21],
  ])('%d where %d was expected is %d', (count, mean, deviate) => {
    expect(countDeviate(count, mean, 0)).toBeCloseTo(deviate, 1)
  })

  it('is smaller if counts spread more than by chance', () => {
    expect(Math.abs(countDeviate(12, 4, 0.5))).toBeLessThan(Math.abs(countDeviate(12, 4, 0)))
  })

  it('grows with the count and is finite', () => {
    fc.assert(
      fc.property(
        fc.nat(400),
        fc.double({ min: 0.001, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (count, mean, extra) => {
          const [one, next] = [countDeviate(count, mean, extra), countDeviate(count + 1, mean, extra)]
          expect(Number.isFinite(one)).toBe(true)
          expect(next).toBeGreaterThanOrEqual(one - 1e-3)
        },
      ),
    )
  })
})

it('the tail scale is one for standard normal errors, and larger for heavy tails', () => {
  const scaleOf = (value: (share: number) => number): number => {
    const window = new SortedWindow(400)
    for (let index = 0; index < 400; index++) window.push(value((index + 0.5) / 400))
    return tailScale(window)
  }
  // Quantiles of |normal|, roughly; then the same with one in twenty values far out.
  const halfNormal = (share: number): number => Math.sqrt(2) * inverseErrorFunction(share)
  expect(scaleOf(halfNormal)).toBeCloseTo(1, 1)
  expect(scaleOf((share) => (share > 0.95 ? 8 : halfNormal(share)))).toBeGreaterThan(3)
})

/** Winitzki's approximation, accurate to a few thousandths. */
function inverseErrorFunction(x: number): number {
  const a = 0.147
  const log = Math.log(1 - x * x)
  const first = 2 / (Math.PI * a) + log / 2
  return Math.sqrt(Math.sqrt(first ** 2 - log / a) - first)
}

describe('a season profile', () => {
  it('learns a pattern that exists', () => {
    const season = new SeasonProfile(7, 21)
    for (let day = 0; day < 70; day++) season.learn(day % 7, (day % 7 === 5 ? -0.5 : 0.1) + 0.01 * ((day * 7919) % 13))
    expect(season.at(5)).toBeLessThan(-0.4)
  })

  it('shrinks a pattern that is only chance towards zero', () => {
    const season = new SeasonProfile(7, 21)
    for (let day = 0; day < 35; day++) season.learn(day % 7, Math.sin(day * day * 1.7))
    const strongest = Math.max(...[0, 1, 2, 3, 4, 5, 6].map((cell) => Math.abs(season.at(cell))))
    expect(strongest).toBeLessThan(0.5)
  })
})
