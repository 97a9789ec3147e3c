/** The figures of a report's period, each with its values in the periods that it is compared with. */

import { metricValue } from '../expression/evaluate/evaluate.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { findMetric } from '../metric/catalogue.js'
import type { DayRange } from '../value/ranges.js'
import type { Value } from '../value/value.js'
import type { Comparison, Figure, FigureBefore } from './report.js'

const METRICS = ['spend', 'results', 'cpa', 'revenue', 'roas', 'ctr', 'cpm'] as const
/** Left out if an account whose result is leads or installs has no revenue: a zero would look like an error. */
const OF_SALES: readonly string[] = ['revenue', 'roas']

export function figuresOf(
  facts: Facts,
  account: FactEntity,
  days: DayRange,
  comparisons: readonly Comparison[],
): readonly Figure[] {
  const figures = METRICS.map((metric): Figure => {
    const value = valueOver(facts, account, metric, days)
    const before = comparisons.map((comparison): FigureBefore => {
      const earlier = valueOver(facts, account, metric, comparison.days)
      return { value: earlier, change: changeSince(earlier, value) }
    })
    return { metric, value, before }
  })
  return sells(facts, figures) ? figures : figures.filter(({ metric }) => !OF_SALES.includes(metric))
}

function sells({ account }: Facts, figures: readonly Figure[]): boolean {
  const revenue = figures.find(({ metric }) => metric === 'revenue')
  if (revenue === undefined || account.result === 'purchases') return true
  return [revenue.value, ...revenue.before.map(({ value }) => value)].some((value) => value !== 0)
}

/** Returns the value of a metric of the catalogue over whole days. */
export const valueOver = (facts: Facts, entity: FactEntity, metric: string, days: DayRange): Value =>
  metricValue(findMetric(metric)!.made, facts, entity, { kind: 'days', days })

const changeSince = (before: Value, now: Value): number | null =>
  typeof before === 'number' && typeof now === 'number' && before > 0 ? now / before - 1 : null
