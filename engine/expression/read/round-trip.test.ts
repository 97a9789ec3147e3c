import fc from 'fast-check'
import { expect, it } from 'vitest'

import { ATTRIBUTES } from '../../metric/attributes.js'
import { METRICS } from '../../metric/catalogue.js'
import type { Comparison, Expression } from '../syntax.js'
import { MILLISECONDS } from './literal.js'
import { parseComparison } from './parse.js'
import type { Vocabulary } from './vocabulary.js'
import { DATE_PRESETS } from './window.js'

type Metric = Extract<Expression, { kind: 'metric' }>

/** Valid lines as people could write them, with random parentheses, spaces and owners. */
const VOCABULARY: Vocabulary = {
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

/** The tree without its spans. */
const bare = (comparison: Comparison | null): unknown =>
  JSON.parse(JSON.stringify(comparison, (key, value: unknown) => (key === 'span' ? undefined : value)))

it('a valid line is read, and its printed tree is read as the same tree', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: compared }, others), (line) => {
      const read = parseComparison(line, VOCABULARY)
      expect(read.faults).toEqual([])
      const printed = printComparison(read.value!)
      const again = parseComparison(printed, VOCABULARY)
      expect(again.faults).toEqual([])
      expect(bare(again.value)).toEqual(bare(read.value))
    }),
    { numRuns: 1000 },
  )
})

const POWER = { '+': 1, '-': 1, '*': 2, '/': 2 } as const

function printComparison(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'compare':
      return `${printExpression(comparison.left)} ${comparison.operator} ${printExpression(comparison.right)}`
    case 'between':
      return `${printExpression(comparison.subject)} between ${printExpression(comparison.low)} and ${printExpression(comparison.high)}`
    case 'in':
      return `${printExpression(comparison.subject)} in [${comparison.items.map((item) => printExpression(item)).join(', ')}]`
    case 'matches':
      return `${printExpression(comparison.subject)} matches ${quote(comparison.pattern)}`
    case 'contains':
      return `${printExpression(comparison.subject)} contains ${quote(comparison.text)}`
    case 'holds':
      return printExpression(comparison.subject)
  }
}

/** Prints a tree with only the necessary parentheses; `power` is that of the operator around it. */
function printExpression(expression: Expression, power = 0): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value, expression.unit.kind)
    case 'money':
      return plain(expression.value) + (expression.currency === null ? '' : ` ${expression.currency}`)
    case 'text':
      return expression.unit.kind === 'choice' ? expression.value : quote(expression.value)
    case 'metric': {
      const name = expression.actionType === null ? expression.metric : `action(${quote(expression.actionType)})`
      return `${ownerOf(expression)}${name}[${printWindow(expression.window)}]`
    }
    case 'attribute':
      return ownerOf(expression) + expression.attribute
    case 'payload':
      return ['payload', ...expression.path.map((name) => (/^[a-z]+$/.test(name) ? name : quote(name)))].join('.')
    case 'aggregate':
      return `${expression.function}(${expression.operand === null ? '' : printExpression(expression.operand)})${expression.within === 'campaign' ? ' within campaign' : ''}`
    case 'forecast': {
      const name = expression.actionType === null ? expression.metric : `action(${quote(expression.actionType)})`
      const horizon = expression.horizon.kind === 'month' ? 'this_month' : `${expression.horizon.count}d`
      return `forecast(${ownerOf(expression)}${name}, ${horizon})`
    }
    case 'expected':
    case 'anomaly':
      return `${expression.kind}(${printExpression(expression.operand)})`
    case 'negate':
      return `-${printExpression(expression.operand, 3)}`
    case 'arithmetic': {
      const own = POWER[expression.operator]
      const text = `${printExpression(expression.left, own - 1)} ${expression.operator} ${printExpression(expression.right, own)}`
      return own <= power ? `(${text})` : text
    }
  }
}

const ownerOf = ({ owner }: { owner: string }): string => (owner === 'self' ? '' : `${owner}.`)

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

function printNumber(value: number, kind: string): string {
  if (kind === 'percentage') return `${plain(Number((value * 100).toPrecision(15)))}%`
  if (kind !== 'duration') return plain(value)
  const unit =
    (['d', 'h', 'm', 's'] as const).find((unit) => value % MILLISECONDS[unit]! === 0 && value >= MILLISECONDS[unit]!) ?? 's'
  return plain(value / MILLISECONDS[unit]!) + unit
}

/** Prints a number without an exponent, which the language does not have. */
const plain = (value: number): string => {
  const text = String(value)
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text
}

/** Prints a window without the brackets. */
function printWindow(window: Metric['window']): string {
  switch (window.kind) {
    case 'preset':
      return window.preset + (window.offsetDays > 0 ? ` offset ${window.offsetDays}d` : '')
    case 'days':
      return `${window.count}d` + (window.offsetDays > 0 ? ` offset ${window.offsetDays}d` : '')
    case 'hours':
      return `${window.count}h` + (window.offsetHours > 0 ? ` offset ${window.offsetHours}h` : '')
  }
}
