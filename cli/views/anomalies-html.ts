/** Output of `tetik anomalies --html`: a self-contained page with a plot of each series. */

import type { JudgedFile, JudgedPoint, JudgedSeries } from '../../engine/anomaly/judge-file.js'

const [WIDTH, HEIGHT, MARGIN] = [960, 220, 8]
/** Points per plot. More would make an unreadable plot and a page too large for a browser. */
const POINTS_DRAWN = 3000

export function anomaliesAsHtml({ series, skipped }: JudgedFile, title: string): string {
  const sections = series.map(sectionOf).join('\n')
  const left = skipped.map(({ series: name, reason }) => `<li>${escape(name ?? 'the series')}: ${escape(reason)}</li>`).join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<meta name="viewport" content="width=device-width"><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
svg { width: 100%; height: auto; background: #fafafa; border-radius: 6px }
table { border-collapse: collapse } td, th { text-align: left; padding: .15rem 1rem .15rem 0 }
h2 { margin: 2rem 0 .5rem } .none { color: #777 }
</style></head><body>
<h1>${escape(title)}</h1>
<p>Each point is judged by the points before it. The band contains 95% of normal points; a mark shows where an event began.</p>
${sections}
${left === '' ? '' : `<h2>Skipped</h2><ul>${left}</ul>`}
</body></html>
`
}

function sectionOf({ name, points, events }: JudgedSeries): string {
  const rows = events.map(({ kind, from, until, score, value, expected }) => {
    const cells = [kind, from, until ?? 'still lasting', number(value), number(expected), score.toFixed(1)]
    return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`
  })
  const table = `<table><tr><th>kind</th><th>from</th><th>over</th><th>value</th><th>expected</th><th>score</th></tr>${rows.join('')}</table>`
  const said = rows.length === 0 ? '<p class="none">Nothing unusual.</p>' : table
  return `<h2>${escape(name ?? 'The series')}</h2>\n${plotOf(points)}\n${said}`
}

function plotOf(all: readonly JudgedPoint[]): string {
  const points = all.slice(-POINTS_DRAWN)
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const [low, high] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, -Infinity])
  const x = (index: number): string => (MARGIN + ((WIDTH - 2 * MARGIN) * index) / Math.max(1, points.length - 1)).toFixed(1)
  const y = (value: number): string => {
    const share = high > low ? value / 2 / (high / 2 - low / 2) - low / 2 / (high / 2 - low / 2) : 0.5
    return (HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * Math.max(-0.05, Math.min(1.05, share))).toFixed(1)
  }
  const judged = points.map((point, index) => ({ ...point, index })).filter(({ lo }) => lo !== null)
  const edge = (of: 'lo' | 'hi'): string[] => judged.map((point) => `${x(point.index)},${y(point[of] ?? 0)}`)
  const band = [...edge('hi'), ...edge('lo').reverse()].join(' ')
  const line = points.map(({ value }, index) => (value === null ? null : `${x(index)},${y(value)}`)).filter((at) => at !== null)
  const marks = points.flatMap(({ kind, value, timestamp }, index) =>
    kind === null || value === null
      ? []
      : [
          `<circle cx="${x(index)}" cy="${y(value)}" r="4" fill="#d33"><title>${escape(`${timestamp}: ${kind}`)}</title></circle>`,
        ],
  )
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="values with their band">
<polygon points="${band}" fill="#cfe3ff"/><polyline points="${line.join(' ')}" fill="none" stroke="#246" stroke-width="1.2"/>
${marks.join('')}</svg>`
}

const number = (value: number): string => Number(value.toPrecision(6)).toString()

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!)
