/** Output of `tetik forecast`: JSON, or for people a chart of each series with its forecast. */

import pc from 'picocolors'

import { printableData } from '../../engine/text/printable.js'
import type { ForecastFile, ForecastSeries } from '../data/forecast-data.js'
import { forecastChart } from './forecast-chart.js'

/** Yields pieces, because a file may have thousands of series. */
export function* forecastAsJson({ series, skipped }: ForecastFile): Generator<string> {
  const models = [...new Set(series.map(({ model }) => model))]
  const model = models.length === 0 ? null : models.length === 1 ? models[0]! : 'a combination for each series: see `series`'
  yield `{ "model": ${JSON.stringify(model)},\n"points": [`
  let isFirst = true
  for (const { name, points } of series) {
    const named = name === null ? {} : { series: name }
    const lines = points.map(({ date, mean, lo80, hi80, lo95, hi95 }) =>
      JSON.stringify({ ...named, date, mean, lo80, hi80, lo95, hi95 }),
    )
    yield `${isFirst ? '' : ','}\n  ${lines.join(',\n  ')}`
    isFirst = false
  }
  const about = series.map(({ name, model, accuracy, notes }) => ({ series: name, model, accuracy, notes }))
  const left = skipped.map(({ series: name, reason }) => ({ series: name, reason }))
  yield `\n],\n"series": ${JSON.stringify(about)},\n"skipped": ${JSON.stringify(left)} }\n`
}

const SERIES_SHOWN = 12
const POINTS_SHOWN = 31

export function forecastForPeople({ series, skipped }: ForecastFile, { colour }: { readonly colour: boolean }): string {
  const paint = pc.createColors(colour)
  const blocks = series.slice(0, SERIES_SHOWN).map((one) => blockOf(one, colour))
  if (series.length > SERIES_SHOWN)
    blocks.push(paint.dim(`${series.length - SERIES_SHOWN} more series are in --json and --html.`))
  if (skipped.length > 0) {
    const shown = printableData(skipped.slice(0, SERIES_SHOWN))
    const lines = shown.map(({ series: name, reason }) => `  ${name ?? 'the series'}: ${reason}`)
    const rest = skipped.length > SERIES_SHOWN ? [`  … and ${skipped.length - SERIES_SHOWN} more`] : []
    blocks.push([paint.yellow('Skipped'), ...lines, ...rest].join('\n'))
  }
  return `${blocks.join('\n\n')}\n`
}

function blockOf({ history, points, ...one }: ForecastSeries, colour: boolean): string {
  const { name, pace, model, accuracy } = printableData(one)
  const paint = pc.createColors(colour)
  const known = history.filter(({ value }) => value !== null).length
  const about = [model, ...(accuracy === null ? [] : [accuracy])].join('; ')
  const head = `${paint.bold(name ?? 'The series')}  ${paint.dim(`${known} points, one per ${pace}`)}`
  const values = history.map(({ value }) => value)
  const width = Math.max(...points.map(({ date }) => date.length))
  const shown = points.length <= POINTS_SHOWN ? points : points.slice(0, POINTS_SHOWN)
  const rows = shown.map(({ date, mean, lo80, hi80, lo95, hi95 }) => {
    const cells = [mean, lo80, hi80, lo95, hi95].map((value) => number(value).padStart(12))
    return `  ${date.padEnd(width)}${cells.join('')}`
  })
  const titles = ['mean', '80% from', 'to', '95% from', 'to'].map((title) => title.padStart(12)).join('')
  const more = points.length > shown.length ? [paint.dim(`  … ${points.length - shown.length} more in --json`)] : []
  return [
    head,
    paint.dim(`  ${about}`),
    forecastChart(values, points, { colour }),
    '',
    paint.dim(`  ${' '.repeat(width)}${titles}`),
    ...rows,
    ...more,
  ].join('\n')
}

/** Whole numbers from 1,000 to 10¹², with thousands separators; others with four significant figures. */
const number = (value: number): string =>
  Math.abs(value) >= 1000 && Math.abs(value) < 1e12
    ? Math.round(value).toLocaleString('en')
    : Number(value.toPrecision(4)).toString()
