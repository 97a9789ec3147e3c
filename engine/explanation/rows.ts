/** The numbers behind a metric: each measure that it is computed from, by day or hour of its window. */

import { dayNumberOf, isoDay } from '../clock/day.js'
import { formatLocalMinute } from '../clock/written-time.js'
import { HOUR } from '../clock/zone.js'
import { totalOver } from '../expression/evaluate/evaluate.js'
import type { Expression } from '../expression/syntax.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { findMetric } from '../metric/catalogue.js'
import { windowRange, type WindowRange } from '../metric/window.js'
import { sideValue } from '../rule/evaluate/side-value.js'
import type { UnitKind } from '../value/unit.js'
import type { ExplainedMeasure, MeasureRow } from './explanation.js'

/** The most rows. For longer windows only the total is shown. */
const MOST_ROWS = 400

export function measuresOf(
  metric: Expression & { kind: 'metric' },
  facts: Facts,
  owner: FactEntity,
): readonly ExplainedMeasure[] {
  const range = windowRange(metric.window, facts.at, facts.account.timezone)
  const { currency } = facts.account
  return namesOf(metric).map(({ measure, unit }) => ({
    measure,
    unit: unit === 'money' ? (currency ?? 'money') : unit,
    total: sideValue(totalOver(facts, owner, measure, range), unit, currency),
    rows: rowsOf(range, facts, (at, part) => ({ at, value: sideValue(totalOver(facts, owner, measure, part), unit, currency) })),
  }))
}

/** Returns the measures of a metric: one, or two for a ratio. */
function namesOf({ metric, actionType }: Expression & { kind: 'metric' }): readonly { measure: string; unit: UnitKind }[] {
  if (actionType !== null) return [{ measure: `action:${actionType}`, unit: 'count' }]
  const definition = findMetric(metric)
  if (definition === undefined) return []
  const unitOf = (measure: string): UnitKind => findMetric(measure)?.unit ?? 'count'
  switch (definition.made.kind) {
    case 'sum':
      return [{ measure: definition.made.measure, unit: definition.unit }]
    case 'asked':
      return [{ measure: definition.made.field, unit: definition.unit }]
    case 'ratio': {
      const { numerator, denominator } = definition.made
      return [numerator, denominator].map((measure) => ({ measure, unit: unitOf(measure) }))
    }
  }
}

function rowsOf(range: WindowRange, facts: Facts, row: (at: string, part: WindowRange) => MeasureRow): readonly MeasureRow[] {
  if (range.kind === 'hours') {
    const { from, to } = range.hours
    const hours = Math.round((to - from) / HOUR)
    if (hours > MOST_ROWS) return []
    return Array.from({ length: hours }, (_, index) => {
      const start = from + index * HOUR
      return row(formatLocalMinute(start, facts.account.timezone), { kind: 'hours', hours: { from: start, to: start + HOUR } })
    })
  }
  const days = range.kind === 'days' ? range.days : facts.knownDays()
  if (days === null) return []
  const [first, last] = [dayNumberOf(days.since), dayNumberOf(days.until)]
  if (last - first + 1 > MOST_ROWS) return []
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const day = isoDay(first + index)
    return row(day, { kind: 'days', days: { since: day, until: day } })
  })
}
