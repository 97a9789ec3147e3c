/** Output of `tetik backtest --forecast`. */

import pc from 'picocolors'

import { printable } from '../../engine/text/printable.js'
import { minorDigits } from '../../engine/value/minor-units.js'
import type { PastForecast, PastForecasts } from '../data/backtest-forecasts.js'

/** Money is in the major unit, as in traces. */
export function pastForecastsAsJson({ currency, forecasts, summary }: PastForecasts): string {
  const whole = (one: PastForecast): PastForecast => {
    const unit = unitOf(one.metric, currency)
    return { ...one, forecast: one.forecast / unit, lo80: one.lo80 / unit, hi80: one.hi80 / unit, came: one.came / unit }
  }
  return `${JSON.stringify({ currency, forecasts: forecasts.map(whole), summary }, null, 2)}\n`
}

export function pastForecastsForPeople({ currency, forecasts, summary }: PastForecasts, colour: boolean): string {
  const paint = pc.createColors(colour)
  const blocks = summary.map(({ account, metric, within80, accuracy, made }) => {
    const head = `${paint.bold(printable(`${account}: ${metric} of the next seven days`))}  ${accuracy}; ${Math.round(within80 * 100)}% of ${made} actual values were within the 80% band`
    const own = forecasts.filter((one) => one.account === account && one.metric === metric)
    const unit = unitOf(metric, currency)
    const rows = own.map(({ made: day, forecast, lo80, hi80, came }) => {
      const cells = [forecast, lo80, hi80, came].map((value) => number(value / unit).padStart(12))
      const isWithin = lo80 <= came && came <= hi80
      return `  ${day}${cells.join('')}  ${isWithin ? '' : paint.yellow(came > hi80 ? 'above' : 'below')}`.trimEnd()
    })
    const titles = ['forecast', '80% from', 'to', 'actual'].map((title) => title.padStart(12)).join('')
    return [head, paint.dim(`  made on   ${titles}`), ...rows].join('\n')
  })
  return blocks.length === 0 ? 'There are no past forecasts to show.\n' : `${blocks.join('\n\n')}\n`
}

const unitOf = (metric: string, currency: string | null): number =>
  metric === 'results' || currency === null ? 1 : 10 ** minorDigits(currency)

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(4)).toString()
