/** Output of `tetik forecast --html`: a self-contained page with a plot of each series. */

import type { ForecastFile, ForecastSeries } from '../data/forecast-data.js'

const [WIDTH, HEIGHT, MARGIN] = [960, 240, 8]
/** How much of the past is drawn: this many times the horizon, and at least this many points. */
const [PAST_FACTOR, LEAST_PAST] = [4, 60]

export function forecastAsHtml({ series, skipped }: ForecastFile, title: string): string {
  const left = skipped.map(({ series: name, reason }) => `<li>${escape(name ?? 'the series')}: ${escape(reason)}</li>`).join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="viewport" content="width=device-width"><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
svg { width: 100%; height: auto; background: #fafafa; border-radius: 6px }
table { border-collapse: collapse } td, th { text-align: right; padding: .1rem 1rem .1rem 0 } td:first-child, th:first-child { text-align: left }
h2 { margin: 2rem 0 .25rem } .about { color: #666; margin: 0 0 .5rem }
</style></head><body>
<h1>${escape(title)}</h1>
<p>The dark band is meant to contain 80% of future values, the light one 95%.</p>
${series.map(sectionOf).join('\n')}
${left === '' ? '' : `<h2>Skipped</h2><ul>${left}</ul>`}
</body></html>
`
}

function sectionOf(series: ForecastSeries): string {
  const { name, model, accuracy, notes, points } = series
  const about = [model, ...(accuracy === null ? [] : [accuracy]), ...notes].join('; ')
  const rows = points.map(({ date, mean, lo80, hi80, lo95, hi95 }) => {
    const cells = [date, ...[mean, lo80, hi80, lo95, hi95].map(number)]
    return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`
  })
  return `<h2>${escape(name ?? 'The series')}</h2>
<p class="about">${escape(about)}</p>
${plotOf(series)}
<details><summary>Numbers</summary><table><tr><th>date</th><th>mean</th><th>80% from</th><th>to</th><th>95% from</th><th>to</th></tr>${rows.join('')}</table></details>`
}

function plotOf({ history, points }: ForecastSeries): string {
  const past = history.slice(-Math.max(LEAST_PAST, PAST_FACTOR * points.length))
  const values = [
    ...past.flatMap(({ value }) => (value === null ? [] : [value])),
    ...points.flatMap(({ lo95, hi95 }) => [lo95, hi95]),
  ]
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [0, -Infinity])
  const count = past.length + points.length
  const x = (index: number): string => (MARGIN + ((WIDTH - 2 * MARGIN) * index) / Math.max(1, count - 1)).toFixed(1)
  const y = (value: number): string => {
    // Halved first, because the range of very large numbers would be infinite.
    const share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
    return (HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share).toFixed(1)
  }
  const band = (lo: 'lo80' | 'lo95', hi: 'hi80' | 'hi95'): string => {
    const at = (key: typeof lo | typeof hi) => points.map((point, h) => `${x(past.length + h)},${y(point[key])}`)
    return [...at(hi), ...at(lo).reverse()].join(' ')
  }
  const dots = past.flatMap(({ value, date }, index) =>
    value === null
      ? []
      : [`<circle cx="${x(index)}" cy="${y(value)}" r="1.6" fill="#246"><title>${escape(`${date}: ${value}`)}</title></circle>`],
  )
  const mean = points.map((point, h) => `${x(past.length + h)},${y(point.mean)}`).join(' ')
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="past values, and the forecast with its bands">
<polygon points="${band('lo95', 'hi95')}" fill="#e3eeff"/><polygon points="${band('lo80', 'hi80')}" fill="#bcd5fb"/>
${dots.join('')}<polyline points="${mean}" fill="none" stroke="#c40" stroke-width="1.6"/></svg>`
}

const number = (value: number): string => Number(value.toPrecision(6)).toString()

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!)
