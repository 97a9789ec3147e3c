import fc from 'fast-check'
import { expect, it } from 'vitest'

import { LINE_VOCABULARY, randomLine } from '../../../test/support/random-lines.js'
import type { Comparison, Expression } from '../syntax.js'
import { MILLISECONDS } from './literal.js'
import { parseComparison } from './parse.js'

type Metric = Extract<Expression, { kind: 'metric' }>

/** The tree without its spans. */
const bare = (comparison: Comparison | null): unknown =>
  JSON.parse(JSON.stringify(comparison, (key, value: unknown) => (key === 'span' ? undefined : value)))

it('a valid line is read, and its printed tree is read as the same tree', () => {
  fc.assert(
    fc.property(randomLine, (line) => {
      const read = parseComparison(line, LINE_VOCABULARY)
      expect(read.faults).toEqual([])
      const printed = printComparison(read.value!)
      const again = parseComparison(printed, LINE_VOCABULARY)
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
