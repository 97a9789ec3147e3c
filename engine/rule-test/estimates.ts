/** What models would say, given by the test: `forecast(spend, this_month)`, `expected(…)` and `anomaly(…)` with their values. */

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

/** What the key of `estimates:` asks about. Whose it is, the place says. */
export function parseEstimateName(text: string, vocabulary: Vocabulary): Reading<GivenEstimate['expression']> {
  const { value, faults } = parseExpression(text, vocabulary)
  if (value === null) return { value: null, faults }
  const hint = 'for example `forecast(spend, this_month)` or `anomaly(cpc[today])`'
  if (value.kind !== 'forecast' && value.kind !== 'expected' && value.kind !== 'anomaly')
    return refuse(text, 'bad-estimate', 'this is nothing that a model says', hint)
  const owner = value.kind === 'forecast' ? value.owner : value.operand.owner
  if (owner !== 'self') return refuse(text, 'bad-estimate', `it belongs to its ${owner}, without \`${owner}.\``, hint)
  return { value, faults }
}

/** The value that a test gives for it, in minor units where it is money. */
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
  return refuse(text, 'unit-mismatch', `this is a ${value.unit}, and the estimate a ${unit.kind}`)
}

const NOT_GIVEN: Estimate = {
  value: new Unknown('the test gives no such estimate', 'test böyle bir tahmin vermiyor'),
  detail: null,
}

/** The facts with the estimates that the test gives; every other is unknown. */
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

/** Plain data of a few keys, always made in the same order. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
