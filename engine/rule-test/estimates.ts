/** Results of the models that a test gives: values for `forecast(spend, this_month)`, `expected(…)` and `anomaly(…)`. */

import { type Reading, refuse } from '../diagnostic/fault.js'
import { parseQuantity } from '../expression/read/amount.js'
import { parseExpression } from '../expression/read/parse.js'
import type { Vocabulary } from '../expression/read/vocabulary.js'
import { twoReadings } from '../expression/read/written-number.js'
import type { Expression, Horizon } from '../expression/syntax.js'
import type { Estimate, FactEntity, Facts, MetricReference } from '../facts/facts.js'
import { windowRange, type WindowRange } from '../metric/window.js'
import { toMinor } from '../value/minor-units.js'
import { Unknown } from '../value/value.js'

export interface GivenEstimate {
  readonly expression: Extract<Expression, { kind: 'forecast' | 'expected' | 'anomaly' }>
  /** In the expression's unit, money in minor units. */
  readonly value: number
}

/** Reads a key of `estimates:`. The entity is the one that the key is under. */
export function parseEstimateName(text: string, vocabulary: Vocabulary): Reading<GivenEstimate['expression']> {
  const { value, faults } = parseExpression(text, vocabulary)
  if (value === null) return { value: null, faults }
  const hint = 'for example `forecast(spend, this_month)` or `anomaly(cpc[today])`'
  if (value.kind !== 'forecast' && value.kind !== 'expected' && value.kind !== 'anomaly')
    return refuse(text, 'bad-estimate', 'this is not the result of a model', hint)
  const owner = value.kind === 'forecast' ? value.owner : value.operand.owner
  if (owner !== 'self') return refuse(text, 'bad-estimate', `write this under the ${owner}, without \`${owner}.\``, hint)
  return { value, faults }
}

/** Reads the value of an estimate; money becomes minor units. */
export function parseEstimate(text: string, { unit }: GivenEstimate['expression'], vocabulary: Vocabulary): Reading<number> {
  const { value, faults } = parseQuantity(text, vocabulary)
  if (value === null) return { value: null, faults }
  const plain = value.unit === 'number'
  const currency = vocabulary.accounts?.[0]?.currency ?? null
  const ambiguous = plain && unit.kind !== 'number' ? twoReadings(text, '', { start: 0, end: text.length }) : null
  if (ambiguous !== null) return { value: null, faults: [ambiguous] }
  if (unit.kind === 'money' && (value.unit === 'money' || plain)) return { value: toMinor(value.value, currency), faults }
  if (value.unit === unit.kind || (plain && (unit.kind === 'count' || unit.kind === 'number')))
    return { value: value.value, faults }
  return refuse(text, 'unit-mismatch', `the value is of unit ${value.unit}, but the estimate is of unit ${unit.kind}`)
}

const NOT_GIVEN: Estimate = {
  value: new Unknown('the test does not give this estimate', 'testte bu tahmin verilmemiş'),
  detail: null,
}

/** Returns the estimates that the test gives; all others are unknown. */
export function withEstimates(
  facts: Facts,
  given: (entity: FactEntity) => readonly GivenEstimate[],
): Required<Pick<Facts, 'forecast' | 'expected' | 'anomaly'>> {
  const find = (entity: FactEntity, fits: (expression: GivenEstimate['expression']) => boolean): Estimate => {
    const found = given(entity).find(({ expression }) => fits(expression))
    return found === undefined ? NOT_GIVEN : { value: found.value, detail: { model: 'given by the test' } }
  }
  const rangeOf = (window: Parameters<typeof windowRange>[0]): WindowRange =>
    windowRange(window, facts.at, facts.account.timezone)
  const over =
    (kind: 'expected' | 'anomaly') =>
    (entity: FactEntity, metric: MetricReference, window: WindowRange): Estimate =>
      find(entity, (one) => one.kind === kind && sameMetric(one.operand, metric) && isSame(rangeOf(one.operand.window), window))
  return {
    forecast: (entity, metric, horizon: Horizon) =>
      find(entity, (one) => one.kind === 'forecast' && sameMetric(one, metric) && isSame(one.horizon, horizon)),
    expected: over('expected'),
    anomaly: over('anomaly'),
  }
}

const sameMetric = (one: MetricReference, other: MetricReference): boolean =>
  one.metric === other.metric && one.actionType === other.actionType

/** Compares plain data whose keys are always in the same order. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
