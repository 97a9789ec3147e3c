/** Output of `tetik anomalies`: JSON, or for people a chart of each series with its events. */

import pc from 'picocolors'

import type { AnomalyEvent, JudgedFile, JudgedPoint, JudgedSeries } from '../../engine/anomaly/judge-file.js'
import { printable, printableData } from '../../engine/text/printable.js'
import { chartOf } from './band-chart.js'

type Colours = ReturnType<typeof pc.createColors>

const SERIES_SHOWN = 12
const EVENTS_SHOWN = 12

/** Yields pieces, because a file may have a million points. */
export function* anomaliesAsJson({ series, skipped }: JudgedFile): Generator<string> {
  yield '{ "points": ['
  let isFirst = true
  for (const { name, points } of series) {
    const lines = points.map((point) => JSON.stringify(jsonPoint(name, point)))
    if (lines.length > 0) yield `${isFirst ? '' : ','}\n  ${lines.join(',\n  ')}`
    isFirst &&= lines.length === 0
  }
  const events = series.flatMap(({ name, events }) => events.map((event) => ({ ...named(name), ...event })))
  const left = skipped.map(({ series: name, reason }) => ({ series: name, reason }))
  yield `\n],\n"events": ${JSON.stringify(events)},\n"skipped": ${JSON.stringify(left)} }\n`
}

const named = (series: string | null): { series?: string } => (series === null ? {} : { series })

const jsonPoint = (name: string | null, { timestamp, value, expected, lo, hi, score, kind }: JudgedPoint): object => ({
  ...named(name),
  timestamp,
  value,
  expected,
  lo,
  hi,
  score,
  anomaly: kind !== null,
  ...(kind === null ? {} : { kind }),
})

export function anomaliesForPeople({ series, skipped }: JudgedFile, { colour }: { readonly colour: boolean }): string {
  const paint = pc.createColors(colour)
  const found = series.reduce((sum, { events }) => sum + events.length, 0)
  // Of many series, only those with events are shown.
  const shown = series.length <= SERIES_SHOWN ? series : series.filter(({ events }) => events.length > 0).slice(0, SERIES_SHOWN)
  const blocks = shown.map((one) => blockOf(one, paint, colour))
  const left = series.length - shown.length
  if (left > 0) blocks.push(paint.dim(`${left} more series are in --json and --html.`))
  if (skipped.length > 0) {
    const lines = printableData(skipped.slice(0, EVENTS_SHOWN)).map(
      ({ series, reason }) => `  ${series ?? 'the series'}: ${reason}`,
    )
    const rest = skipped.length > EVENTS_SHOWN ? [`  … and ${skipped.length - EVENTS_SHOWN} more`] : []
    blocks.push([paint.yellow('Skipped'), ...lines, ...rest].join('\n'))
  }
  const noun = found === 1 ? 'anomaly' : 'anomalies'
  blocks.push(`${found} ${noun} in ${series.length} series${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`)
  return `${blocks.join('\n\n')}\n`
}

function blockOf({ name, pace, points, events }: JudgedSeries, paint: Colours, colour: boolean): string {
  const head = `${paint.bold(printable(name ?? 'The series'))}  ${paint.dim(`${points.length} points, one per ${pace}`)}`
  const lines = events.slice(-EVENTS_SHOWN).map((event) => eventLine(event, paint))
  const hidden = events.length - lines.length
  return [
    head,
    chartOf(points, { colour }),
    ...(hidden > 0 ? [paint.dim(`  ${hidden} earlier events`)] : []),
    ...(lines.length > 0 ? lines : [paint.dim('  nothing unusual')]),
  ].join('\n')
}

function eventLine({ kind, from, until, score, value, expected }: AnomalyEvent, paint: Colours): string {
  const sign = score < 0 ? '−' : '+'
  const how = `${number(value)} where ${number(expected)} was expected, ${sign}${Math.abs(score).toFixed(1)} robust sd`
  const end = until === null ? ', still lasting' : until === from ? '' : `, over ${until}`
  return `  ${paint.red(kind.padEnd(5))}  ${from}  ${how}${end}`
}

/** Four significant figures are enough for reading. */
const number = (value: number): string =>
  Math.abs(value) >= 1000 && Math.abs(value) < 1e12
    ? Math.round(value).toLocaleString('en')
    : Number(value.toPrecision(4)).toString()
