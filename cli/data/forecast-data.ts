/** The work of `tetik forecast`: forecasts every series of a file in worker threads. */

import { accuracyInWords } from '../../engine/forecast/accuracy.js'
import type { ForecastPoint } from '../../engine/forecast/forecast.js'
import { seasonOf } from '../../engine/forecast/season.js'
import { paceInWords } from '../../engine/read-series/pace.js'
import type { SeriesFile } from '../../engine/read-series/read-series-file.js'
import type { Series } from '../../engine/read-series/series.js'
import type { ForecastPool } from '../../service/forecast/forecast-pool.js'

export interface ForecastSeries {
  /** Null if the file has one series without a name. */
  readonly name: string | null
  /** The name of one step: day, hour, week. */
  readonly pace: string
  readonly model: string
  /** A clause: "off by 9% on average over the last 8 weeks"; null if there was too little history to test on. */
  readonly accuracy: string | null
  readonly notes: readonly string[]
  readonly points: readonly (ForecastPoint & { readonly date: string })[]
  readonly history: readonly { readonly date: string; readonly value: number | null }[]
}

interface SkippedSeries {
  readonly series: string | null
  /** `too-short`: the series has too little history; every other code is something to fix in the file, or a time-out. */
  readonly code: string
  readonly reason: string
}

type SeriesForecast =
  { readonly kind: 'forecast'; readonly series: ForecastSeries } | { readonly kind: 'skipped'; readonly skipped: SkippedSeries }

export interface ForecastFile {
  readonly series: readonly ForecastSeries[]
  readonly skipped: readonly SkippedSeries[]
}

/** Forecasts every series, in the file's order. @param widen returns the factor by which a day's band is widened, for holidays; null for none */
export async function forecastFile(
  file: SeriesFile,
  steps: number,
  pool: ForecastPool,
  widen: ((position: number) => number) | null,
): Promise<ForecastFile> {
  const answers = await Promise.all(file.series.map((series) => forecastSeries(series, steps, pool, widen)))
  const series = answers.flatMap((answer) => (answer.kind === 'forecast' ? [answer.series] : []))
  const skipped = answers.flatMap((answer) => (answer.kind === 'skipped' ? [answer.skipped] : []))
  return { series, skipped: [...file.skipped, ...skipped] }
}

async function forecastSeries(
  series: Series,
  steps: number,
  pool: ForecastPool,
  widen: ((position: number) => number) | null,
): Promise<SeriesForecast> {
  const { name, pace, values } = series
  const isDaily = pace.unit === 'duration' && paceInWords(pace) === 'day'
  const at = (step: number): number => values.length + step
  const result = await pool.run({
    history: { values, ...seasonOf(pace, values) },
    horizon: steps,
    widen: widen === null || !isDaily ? null : Array.from({ length: steps }, (_, step) => widen(series.positionOf(at(step)))),
  })
  const skipped = (code: string, reason: string) => ({ kind: 'skipped', skipped: { series: name, code, reason } }) as const
  if (result.kind === 'not-enough-history') return skipped('too-short', result.reason)
  if (result.kind === 'timed-out') return skipped('timed-out', result.reason)
  const word = paceInWords(pace)
  const forecast = {
    name,
    pace: word,
    model: result.model,
    accuracy: result.accuracy === null ? null : accuracyInWords(result.accuracy, word),
    notes: result.notes,
    points: result.points.map((point, step) => ({ date: series.stampOf(at(step)), ...point })),
    history: values.map((value, step) => ({ date: series.stampOf(step), value })),
  }
  return { kind: 'forecast', series: forecast }
}
