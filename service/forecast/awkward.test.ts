import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { FEWEST_POINTS, forecast } from '../../engine/forecast/forecast.js'
import { fitArima } from './arima-fit.js'
import { awkwardSeries } from './fixtures/awkward-series.js'
import { faultsOf } from './plausible-forecast.js'

describe('a forecast with ARIMA is finite, near history and in order', () => {
  it.each(Object.entries(awkwardSeries()))('%s', (_, values) => {
    for (const [period, horizon] of [
      [7, 30],
      [1, 90],
      [24, 14],
    ] as const) {
      const result = forecast({ values, period }, { horizon, fit: fitArima })
      const known = values.filter((value) => value !== null).length
      expect(result.kind).toBe(known < FEWEST_POINTS ? 'not-enough-history' : 'forecast')
      if (result.kind === 'forecast') expect(faultsOf(result.points, values)).toEqual([])
    }
  })

  it('of any numbers', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constant(null),
    )
    fc.assert(
      fc.property(fc.array(number, { minLength: 14, maxLength: 60 }), fc.constantFrom(1, 7, 12), (values, period) => {
        const result = forecast({ values, period }, { horizon: 9, fit: fitArima })
        if (result.kind === 'forecast') expect(faultsOf(result.points, values)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})
