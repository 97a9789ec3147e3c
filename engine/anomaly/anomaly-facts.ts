/**
 * `expected(…)` and `anomaly(…)` of rules, computed from the facts alone: in a backtest the detector knows no more than was
 * known on that day.
 */

import type { Estimate, FactEntity, Facts, MetricReference } from '../facts/facts.js'
import { findMetric, type MetricFormula } from '../metric/catalogue.js'
import type { WindowRange } from '../metric/window.js'
import { Unknown } from '../value/value.js'
import { type Occasions, occasionsOf } from './comparison-windows.js'
import { judgeMeasured, type KnownJudgement, measure } from './judge-measure.js'
import { judgeRatio } from './judge-ratio.js'
import type { ArrivedShare } from './lateness.js'

export interface AnomalyFactsOptions {
  /** How much of the conversions has usually arrived by now; without it, low counts of the last three days are not judged. */
  readonly arrived?: ArrivedShare
}

/** How many judgements are cached: a rule asks for the same one more than once. */
const REMEMBERED = 5_000

/** @param facts the data that is judged, as of its own moment */
export function anomalyFacts(facts: Facts, { arrived }: AnomalyFactsOptions = {}): Required<Pick<Facts, 'expected' | 'anomaly'>> {
  const answers = new Map<string, KnownJudgement | Unknown>()
  const occasions = new Map<string, Occasions | Unknown>()
  const judge = (entity: FactEntity, metric: MetricReference, window: WindowRange): KnownJudgement | Unknown => {
    const span = JSON.stringify(window)
    const key = `${entity.scope} ${entity.key} ${metric.metric} ${metric.actionType ?? ''} ${span}`
    let answer = answers.get(key)
    if (answer === undefined) {
      let compared = occasions.get(span)
      if (compared === undefined) occasions.set(span, (compared = occasionsOf(facts, window)))
      answer = compared instanceof Unknown ? compared : judgeMetric(facts, entity, metric, compared, arrived)
      if (answers.size >= REMEMBERED) answers.clear()
      answers.set(key, answer)
    }
    return answer
  }
  return {
    expected: (entity, metric, window) => estimate(judge(entity, metric, window), ({ expected }) => expected),
    anomaly: (entity, metric, window) => estimate(judge(entity, metric, window), ({ score }) => score),
  }
}

/** Judges a metric of an entity over a window; a ratio by its numerator and denominator. */
export function judgeMetric(
  facts: Facts,
  entity: FactEntity,
  { metric, actionType }: MetricReference,
  occasions: Occasions,
  arrived?: ArrivedShare,
): KnownJudgement | Unknown {
  const made = formulaOf(metric, actionType)
  if (made === null) return new Unknown(`no usual value is known for \`${metric}\``)
  if (made.kind === 'ratio') return judgeRatio(facts, entity, made, occasions, arrived)
  const measured = measure(facts, entity, made.kind === 'sum' ? made.measure : made.field, occasions, arrived)
  if (measured instanceof Unknown) return measured
  const judged = judgeMeasured(measured)
  if (judged instanceof Unknown || measured.lateness.kind !== 'unsettled' || judged.score >= 0) return judged
  return new Unknown('late conversions may still come in: a low count of the last three days is not judged yet')
}

function formulaOf(metric: string, actionType: string | null): MetricFormula | null {
  if (metric === 'action') return actionType === null ? null : { kind: 'sum', measure: `action:${actionType}` }
  return findMetric(metric)?.made ?? null
}

function estimate(judged: KnownJudgement | Unknown, valueOf: (judged: KnownJudgement) => number): Estimate {
  if (judged instanceof Unknown) return { value: judged, detail: null }
  const { expected, lo, hi, kind, history } = judged
  return {
    value: valueOf(judged),
    detail: {
      model: `level and weekdays of ${history} earlier windows`,
      expected,
      bands: [{ level: 0.95, lo, hi }],
      anomalyKind: kind,
    },
  }
}
