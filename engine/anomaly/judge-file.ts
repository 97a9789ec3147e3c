/** Judges the series of a file, for `tetik anomalies`. */

import { paceInWords } from '../read-series/pace.js'
import type { SeriesFile } from '../read-series/read-series-file.js'
import type { RefusedSeries, Series } from '../read-series/series.js'
import { AnomalyDetector, LARGEST } from './detector.js'
import type { AnomalyKind, Judgement } from './judgement.js'
import { patternOf } from './pattern.js'
import { LEAST_HISTORY } from './settings.js'

export interface JudgedPoint extends Judgement {
  /** As written in the file. */
  readonly timestamp: string
  readonly value: number | null
}

/** An event, from the point at which it was detected to the one at which it was over; `until` is null while it lasts. */
export interface AnomalyEvent {
  readonly kind: AnomalyKind
  readonly from: string
  readonly until: string | null
  readonly score: number
  readonly value: number
  readonly expected: number
}

export interface JudgedSeries {
  readonly name: string | null
  /** `day`, `hour`, … */
  readonly pace: string
  readonly points: readonly JudgedPoint[]
  readonly events: readonly AnomalyEvent[]
}

export interface JudgedFile {
  readonly series: readonly JudgedSeries[]
  readonly skipped: readonly RefusedSeries[]
}

/** Returns a judged point for each row. Series with fewer than 15 values are in `skipped`, with those that the reader refused. */
export function judgeFile({ series, skipped }: Pick<SeriesFile, 'series' | 'skipped'>): JudgedFile {
  const judged: JudgedSeries[] = []
  const refused = [...skipped]
  for (const one of series) {
    const known = one.values.filter((value) => value !== null).length
    const beyond = one.values.find((value) => value !== null && Math.abs(value) > LARGEST)
    if (beyond !== undefined) refused.push({ series: one.name, code: 'bad-value', reason: `${beyond} is beyond ±${LARGEST}` })
    else if (known > LEAST_HISTORY) judged.push(judgeOne(one))
    else {
      const reason = `not enough history: ${known} values of at least ${LEAST_HISTORY + 1}`
      refused.push({ series: one.name, code: 'too-short', reason })
    }
  }
  return { series: judged, skipped: refused }
}

function judgeOne({ name, pace, values, stamps, repeats }: Series): JudgedSeries {
  const detector = new AnomalyDetector({ period: patternOf(pace) })
  const again = new Map(repeats.map(({ step }) => [step, repeats.filter((row) => row.step === step)]))
  const points: JudgedPoint[] = []
  for (const [step, value] of values.entries()) {
    const timestamp = stamps[step]
    // A gap is a step without a row: there is no point to show, and the detector continues after it.
    if (timestamp === null || timestamp === undefined) continue
    points.push({ timestamp, value, ...detector.judge(value, step) })
    for (const { stamp, value } of again.get(step) ?? []) {
      points.push({ timestamp: stamp, value, ...detector.judge(value, step) })
    }
  }
  return { name, pace: paceInWords(pace), points, events: eventsOf(points) }
}

function eventsOf(points: readonly JudgedPoint[]): AnomalyEvent[] {
  const events: AnomalyEvent[] = []
  for (const { kind, event, timestamp, score, value, expected } of points) {
    const last = events.at(-1)
    if (kind !== null && score !== null && value !== null && expected !== null) {
      // A drop to zero during another event ends that event.
      if (last !== undefined && last.until === null) events[events.length - 1] = { ...last, until: timestamp }
      events.push({ kind, from: timestamp, until: null, score, value, expected })
    } else if (event === 'over' && last !== undefined) {
      events[events.length - 1] = { ...last, until: timestamp }
    }
  }
  return events
}
