/** Random lines of conditions with a right form and right units, as people could write them. */

import fc from 'fast-check'

import type { Vocabulary } from '../../engine/expression/read/vocabulary.js'
import { DATE_PRESETS } from '../../engine/expression/read/window.js'
import { ATTRIBUTES } from '../../engine/metric/attributes.js'
import { METRICS } from '../../engine/metric/catalogue.js'

/** What the lines are written for. */
export const LINE_VOCABULARY: Vocabulary = {
  scope: 'adset',
  accounts: [
    {
      name: 'moda-tr',
      currency: 'TRY',
      values: { target_cpa: 'money', target_roas: 'number', monthly_budget: 'money', shipping: 'money' },
    },
  ],
}

const count = fc.integer({ min: 1, max: 40 })
const offset = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null })
const window = fc.oneof(
  fc
    .tuple(fc.constantFrom(...DATE_PRESETS), offset)
    .map(([preset, by]) => preset + (by === null || preset === 'maximum' ? '' : ` offset ${by}d`)),
  fc.tuple(count, offset).map(([days, by]) => `${days}d${by === null ? '' : ` offset ${by}d`}`),
  fc.tuple(count, offset).map(([hours, by]) => `${hours}h${by === null ? '' : `  offset ${by}h`}`),
)
const owner = fc.constantFrom('', '', 'account.', 'campaign.', 'adset.')
const decimal = fc.tuple(fc.nat(100_000), fc.constantFrom('', '.5', '.25', '.01')).map(([whole, rest]) => `${whole}${rest}`)
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`)
const metric = (...units: string[]) =>
  fc
    .tuple(owner, fc.constantFrom(...METRICS.filter(({ unit }) => units.includes(unit))), window)
    .map(([of, { name }, over]) => `${of}${name}[${over}]`)

const functionOf = (...units: string[]) =>
  fc.oneof(
    fc
      .tuple(fc.constantFrom('sum', 'mean'), metric(...units), fc.constantFrom('', ' within campaign'))
      .map(([name, operand, within]) => `${name}(${operand})${within}`),
    fc
      .tuple(owner, fc.constantFrom(...METRICS.filter(({ unit }) => units.includes(unit))), fc.constantFrom('this_month', '7d'))
      .map(([of, { name }, horizon]) => `forecast(${of}${name}, ${horizon})`),
    metric(...units).map((operand) => `expected(${operand})`),
  )

const leaves = {
  money: fc.oneof(
    functionOf('money'),
    metric('money'),
    decimal.map((n) => `${n} TRY`),
    fc.constantFrom('target_cpa', 'shipping', 'campaign.daily_budget'),
  ),
  count: fc.oneof(
    metric('count'),
    functionOf('count'),
    fc.constantFrom('count()', 'count() within campaign'),
    count.map((n) => `action("offsite_conversion.custom.${n}")[7d]`),
  ),
  number: fc.oneof(
    metric('money', 'count').map((operand) => `rank(${operand})`),
    metric('money', 'count').map((operand) => `anomaly(${operand})`),
    metric('number'),
    fc.constantFrom('hour', 'days_left', 'target_roas'),
  ),
  percentage: fc.oneof(
    metric('percentage'),
    metric('number').map((operand) => `percentile(${operand}) within campaign`),
    decimal.map((n) => `${n}%`),
  ),
  duration: fc.oneof(
    fc.constantFrom('age', 'last_edit'),
    fc.tuple(count, fc.constantFrom('s', 'm', 'h', 'd')).map(([n, unit]) => `${n}${unit}`),
  ),
}

const expression = (unit: keyof typeof leaves, depth = 3): fc.Arbitrary<string> => {
  if (depth === 0) return leaves[unit]
  const inner = fc.constant(null).chain(() => expression(unit, depth - 1))
  return fc.oneof(
    leaves[unit],
    fc.tuple(inner, fc.constantFrom('+', ' - '), inner).map(([left, operator, right]) => `(${left}${operator}${right})`),
    fc
      .tuple(
        inner,
        fc.constantFrom('*', '/'),
        decimal.filter((n) => Number(n) > 0),
      )
      .map(([left, operator, right]) => `(${left}) ${operator} ${right}`),
    inner.map((operand) => `-(${operand})`),
  )
}
const compared = fc.constantFrom(...(Object.keys(leaves) as (keyof typeof leaves)[])).chain((unit) =>
  fc.oneof(
    fc
      .tuple(expression(unit), fc.constantFrom('>', '>=', '<', '<=', '=', '!='), expression(unit))
      .map(([left, operator, right]) => `${left} ${operator} ${right}`),
    fc
      .tuple(expression(unit), expression(unit), expression(unit))
      .map(([subject, low, high]) => `${subject} between ${low} and ${high}`),
  ),
)
const others = fc.oneof(
  fc
    .tuple(fc.constantFrom('name', 'campaign.name', 'labels'), fc.constantFrom('matches', 'contains', '=', '!='), text)
    .map((parts) => parts.join(' ')),
  fc.constantFrom('payload.a.b = "x"', 'payload.a > 5 TRY', 'payload."a b" matches "x*"', 'payload.yes'),
  fc.constantFrom('status in [ACTIVE,PAUSED]', 'weekday = friday', 'objective != "OUTCOME_SALES"', 'id in ["1", "2"]'),
  fc.constantFrom(...ATTRIBUTES.filter(({ unit }) => unit.kind === 'yes-or-no')).map(({ name }) => name),
)

/** Lines with parentheses, blanks and owners at random. */
export const randomLine: fc.Arbitrary<string> = fc.oneof({ weight: 4, arbitrary: compared }, others)
