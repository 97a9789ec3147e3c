/** Checks function calls: their arguments, and the unit of the result. */

import { didYouMean } from '../../diagnostic/nearest.js'
import { findAttribute } from '../../metric/attributes.js'
import type { Unit } from '../../value/unit.js'
import { isNumeric, unitInWords } from '../../value/units.js'
import type { AggregateFunction, Expression, Horizon, MetricExpression, Span } from '../syntax.js'
import { broken, type Checked, NUMBER, settled } from './checked.js'
import type { Checker } from './checker.js'
import { AGGREGATES, findFunction } from './functions.js'
import { withForecast } from './own-metric.js'
import type { CallTree, NameTree, Tree } from './syntax-tree.js'

/** The longest forecast, in days. */
const LONGEST_HORIZON = 90

export function checkCall(tree: CallTree, checker: Checker): Checked {
  const name = tree.name.text
  const { example: written, takes: wanted } = findFunction(name)!
  const example = `for example \`${written}\``
  if (tree.owner !== null) {
    checker.fault('wrong-owner', `\`${name}\` has no owner, but the metric inside it may`, tree.owner.span, example)
    return broken(tree.span)
  }
  if (tree.arguments.length !== wanted) {
    const given = tree.arguments.length === 0 ? 'none' : tree.arguments.length
    checker.fault('wrong-arguments', `\`${name}\` takes ${inWords(wanted)}, and this has ${given}`, tree.span, example)
    return broken(tree.span)
  }
  const aggregate = AGGREGATES.find((one) => one === name)
  if (aggregate !== undefined) return checkAggregate(tree, aggregate, checker)
  if (tree.within !== null) {
    checker.fault(
      'wrong-arguments',
      '`within` is for `count`, `sum`, `mean`, `rank` and `percentile`',
      tree.within.span,
      'leave it out',
    )
  }
  return name === 'forecast' ? checkForecast(tree, checker, example) : checkEstimate(tree, checker, example)
}

const inWords = (count: number): string =>
  count === 0 ? 'nothing between its parentheses' : count === 1 ? 'one value' : 'a metric and how far ahead'

function checkAggregate(tree: CallTree, name: AggregateFunction, checker: Checker): Checked {
  const { span } = tree
  const { scope, aggregates } = checker.vocabulary
  if (aggregates === false) {
    const message = `\`${name}\` covers what \`where\` selects, so it is not allowed in \`where\``
    checker.fault('wrong-place', message, tree.name.span, 'put the line under `when`')
    return broken(span)
  }
  if (tree.within !== null && tree.within.text !== 'campaign') {
    const hint = didYouMean(tree.within.text, ['campaign']) ?? 'write `within campaign`'
    checker.fault('unknown-owner', '`within` knows only `campaign`', tree.within.span, hint)
  } else if (tree.within !== null && scope !== null && scope !== 'adset' && scope !== 'ad') {
    const message = `a rule over scope \`${scope}\` has nothing within a campaign`
    checker.fault('wrong-owner', message, tree.within.span, 'leave `within campaign` out')
  }
  const within = tree.within === null ? 'selection' : 'campaign'
  const of = (operand: Expression | null, unit: Unit): Checked =>
    settled({ kind: 'aggregate', function: name, operand, within, span, unit })
  if (name === 'count') return of(null, { kind: 'count' })

  const [argument] = tree.arguments as [Tree]
  const inner = nestedAggregate(argument)
  if (inner !== null) {
    checker.fault(
      'wrong-place',
      `\`${inner.name.text}\` is not allowed within \`${name}\``,
      inner.span,
      'compare them on separate lines',
    )
    return broken(span)
  }
  const operand = checker.expression(argument)
  if (operand.unit === null) return broken(span)
  if (operand.bends === null && !isNumeric(operand.unit.kind)) {
    checker.fault('unit-mismatch', `\`${name}\` needs a number, and this is ${unitInWords(operand.unit)}`, argument.span)
    return broken(span)
  }
  const unit: Unit = name === 'rank' ? NUMBER : name === 'percentile' ? { kind: 'percentage' } : operand.unit
  return of(operand.expression, unit)
}

function nestedAggregate(tree: Tree): CallTree | null {
  switch (tree.kind) {
    case 'call':
      return (AGGREGATES as readonly string[]).includes(tree.name.text) ? tree : null
    case 'negate':
      return nestedAggregate(tree.operand)
    case 'arithmetic':
      return nestedAggregate(tree.left) ?? nestedAggregate(tree.right)
    default:
      return null
  }
}

function checkForecast(tree: CallTree, checker: Checker, example: string): Checked {
  const { span } = tree
  const [metric, horizonTree] = tree.arguments as [Tree, Tree]
  const horizon = readHorizon(horizonTree, checker)
  if (metric.kind !== 'name') {
    if (metric.kind !== 'broken') checker.fault('wrong-arguments', '`forecast` needs one metric', metric.span, example)
    return broken(span)
  }
  if (metric.window !== null) {
    const place = { start: metric.name.span.end, end: Math.max(metric.span.end, metric.name.span.end + 1) }
    checker.fault('needless-window', 'a forecast has a horizon, and its metric takes no window', place, example)
    return broken(span)
  }
  if (horizon === null) return broken(span)
  const own = metric.actionType === null ? checker.vocabulary.metrics?.get(metric.name.text) : undefined
  if (own !== undefined) {
    if (own.broken || checker.names.owner(metric) === null) return broken(span)
    return checker.within(own, () =>
      checker.expression(withForecast(own.tree, { ...metric, span }, horizonTree, checker.vocabulary)),
    )
  }
  if (findAttribute(metric.name.text) !== undefined) {
    checker.fault('wrong-arguments', '`forecast` needs one metric', metric.span, example)
    return broken(span)
  }
  // The metric lookup needs a window, and any will do: the forecast has a horizon instead.
  const found = metricOf(
    { ...metric, window: { kind: 'preset', preset: 'today', offsetDays: 0 } },
    checker,
    '`forecast` needs one metric',
    example,
  )
  if (found === null) return broken(span)
  const { owner, metric: name, actionType, unit } = found
  return settled({ kind: 'forecast', owner, metric: name, actionType, horizon, span, unit })
}

function readHorizon(tree: Tree, checker: Checker): Horizon | null {
  if (tree.kind === 'broken') return null
  if (tree.kind === 'name' && tree.name.text === 'this_month' && tree.owner === null && tree.window === null)
    return { kind: 'month' }
  const days = tree.kind === 'number' && tree.unit?.text === 'd' ? tree.value : null
  if (days !== null && Number.isInteger(days) && days >= 1 && days <= LONGEST_HORIZON) return { kind: 'days', count: days }
  const message = days === null ? 'this is not a horizon' : `a forecast covers whole days, from 1 to ${LONGEST_HORIZON}`
  checker.fault('bad-horizon', message, visible(tree.span), 'write `this_month`, or days such as `7d`')
  return null
}

const visible = (span: Span): Span => ({ start: span.start, end: Math.max(span.end, span.start + 1) })

function checkEstimate(tree: CallTree, checker: Checker, example: string): Checked {
  const { span } = tree
  const name = tree.name.text as 'expected' | 'anomaly'
  const [argument] = tree.arguments as [Tree]
  const message = `\`${name}\` needs one metric with its window`
  if (argument.kind !== 'name') {
    if (argument.kind !== 'broken') checker.fault('wrong-arguments', message, argument.span, example)
    return broken(span)
  }
  if (argument.actionType === null && checker.vocabulary.metrics?.has(argument.name.text) === true) {
    const hint = 'use one of the metrics in its definition'
    checker.fault('wrong-arguments', `\`${name}\` accepts only built-in metrics`, argument.span, hint)
    return broken(span)
  }
  const operand = metricOf(argument, checker, message, example)
  if (operand === null) return broken(span)
  return settled({ kind: name, operand, span, unit: name === 'anomaly' ? NUMBER : operand.unit })
}

function metricOf(tree: NameTree, checker: Checker, message: string, example: string): MetricExpression | null {
  const { expression, unit } = checker.expression(tree)
  if (unit === null) return null
  if (expression.kind === 'metric') return expression
  checker.fault('wrong-arguments', message, tree.span, example)
  return null
}
