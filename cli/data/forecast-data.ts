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
  const series = answers.flatMap((answer) => ('reason' in answer ? [] : [answer]))
  const skipped = answers.flatMap((answer) => ('reason' in answer ? [answer] : []))
  return { series, skipped: [...file.skipped, ...skipped] }
}

async function forecastSeries(
  series: Series,
  steps: number,
  pool: ForecastPool,
  widen: ((position: number) => number) | null,
): Promise<ForecastSeries | SkippedSeries> {
  const { name, pace, values } = series
  const isDaily = pace.unit === 'duration' && paceInWords(pace) === 'day'
  const at = (step: number): number => values.length + step
  const result = await pool.run({
    history: { values, ...seasonOf(pace, values) },
    horizon: steps,
    widen: widen === null || !isDaily ? null : Array.from({ length: steps }, (_, step) => widen(series.positionOf(at(step)))),
  })
  if (result.kind === 'not-enough-history') return { series: name, code: 'too-short', reason: result.reason }
  if (result.kind === 'timed-out') return { series: name, code: 'timed-out', reason: result.reason }
  const word = paceInWords(pace)
  return {
    name,
    pace: word,
    model: result.model,
    accuracy: result.accuracy === null ? null : accuracyInWords(result.accuracy, word),
    notes: result.notes,
    points: result.points.map((point, step) => ({ date: series.stampOf(at(step)), ...point })),
    history: values.map((value, step) => ({ date: series.stampOf(step), value })),
  }
}
