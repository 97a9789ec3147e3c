/** Costs and returns in conditions, and the evidence beside them. */

import type { Expression, Window } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import { findAttribute } from '../metric/attributes.js'
import { findMetric } from '../metric/catalogue.js'
import type { Condition } from '../rule/rule.js'

type Leaf = Condition & { readonly kind: 'leaf' }

/** A leaf with everything that holds whenever it is reached: what stands beside it in `all`, here and above. */
export interface PlacedLeaf {
  readonly leaf: Leaf
  /** False within an odd number of `not`. */
  readonly wanted: boolean
  readonly beside: readonly Demand[]
}

export interface Demand {
  readonly leaf: Leaf
  readonly wanted: boolean
}

export function placedLeaves(condition: Condition | null, beside: readonly Demand[] = [], wanted = true): PlacedLeaf[] {
  if (condition === null) return []
  switch (condition.kind) {
    case 'leaf':
      return [{ leaf: condition, wanted, beside }]
    case 'not':
      return placedLeaves(condition.condition, beside, !wanted)
    case 'all':
    case 'any':
      return condition.conditions.flatMap((inner) => {
        const others = condition.conditions.filter((other) => other !== inner)
        const together = (condition.kind === 'all') === wanted
        return placedLeaves(
          inner,
          together ? [...beside, ...others.flatMap((other) => demandsOf(other, wanted))] : beside,
          wanted,
        )
      })
  }
}

/** The leaves that hold whenever the condition does. */
export function demandsOf(condition: Condition | null, wanted = true): Demand[] {
  if (condition === null) return []
  switch (condition.kind) {
    case 'leaf':
      return [{ leaf: condition, wanted }]
    case 'not':
      return demandsOf(condition.condition, !wanted)
    case 'all':
    case 'any':
      if ((condition.kind === 'all') !== wanted && condition.conditions.length > 1) return []
      return condition.conditions.flatMap((inner) => demandsOf(inner, wanted))
  }
}

export interface Ratio {
  readonly written: string
  readonly window: Window | null
  /** Whether it waits for conversions: `cpa`, `roas`, spend over purchases. */
  readonly isDelayed: boolean
}

/** Conversions come in hours after the spend; clicks and impressions with it. */
const PROMPT = new Set([
  'spend',
  'gross_spend',
  'impressions',
  'clicks',
  'link_clicks',
  'outbound_clicks',
  'reach',
  'video_3s_views',
  'thruplays',
])

/** The ratios in a comparison: metrics that are such, and metrics over counts or money that the line itself divides. */
export function ratiosOf(leaf: Leaf): readonly Ratio[] {
  return sidesOf(leaf.comparison).flatMap((side) => {
    const ratios: Ratio[] = []
    for (const expression of withinExpression(side)) {
      const written = leaf.text.slice(expression.span.start, expression.span.end)
      if (expression.kind === 'metric') {
        const formula = expression.actionType === null ? findMetric(expression.metric)?.made : undefined
        if (formula?.kind !== 'ratio') continue
        const isDelayed = !PROMPT.has(formula.numerator) || !PROMPT.has(formula.denominator)
        ratios.push({ written, window: expression.window, isDelayed })
      } else if (expression.kind === 'arithmetic' && expression.operator === '/') {
        const below = metricIn(expression.right)
        if (metricIn(expression.left) === null || below === null) continue
        const isDelayed = [...withinExpression(expression)].some((part) => part.kind === 'metric' && !PROMPT.has(part.metric))
        ratios.push({ written, window: below.window, isDelayed })
      }
    }
    return ratios
  })
}

type Metric = Expression & { readonly kind: 'metric' }

/** The one metric that a side is, perhaps times a number; null for anything else. */
function metricIn(expression: Expression): Metric | null {
  const metrics = [...withinExpression(expression)].filter((part): part is Metric => part.kind === 'metric')
  return metrics.length === 1 ? metrics[0]! : null
}

/** What a leaf asks to be large, with where a plain number says how large: `spend[7d] > 500 TRY`, `not: results[7d] < 5`. */
export interface Minimum {
  readonly subject: Expression
  readonly least: number | null
}

export function minimaOf({ leaf: { comparison }, wanted }: Demand): readonly Minimum[] {
  switch (comparison.kind) {
    case 'between':
      return wanted ? [{ subject: comparison.subject, least: numberOf(comparison.low) }] : []
    case 'compare': {
      const { left, right } = comparison
      const minima = {
        '>': [{ subject: left, least: numberOf(right) }],
        '>=': [{ subject: left, least: numberOf(right) }],
        '<': [{ subject: right, least: numberOf(left) }],
        '<=': [{ subject: right, least: numberOf(left) }],
      }
      const operator = wanted ? comparison.operator : OPPOSITE[comparison.operator]
      return operator !== undefined && operator in minima ? minima[operator as keyof typeof minima] : []
    }
    default:
      return []
  }
}

const OPPOSITE: Readonly<Record<string, string>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' }

/** Null for what is no plain number. */
const numberOf = (expression: Expression): number | null =>
  expression.kind === 'number' || expression.kind === 'money' ? expression.value : null

/** Whether a leaf asks for some volume or age: more than nothing of a count, of money spent or earned, or of time. */
export const isEvidence = (demand: Demand): boolean =>
  minimaOf(demand).some(({ subject, least }) => (least === null || least > 0) && isVolume(subject))

function isVolume(expression: Expression): boolean {
  switch (expression.kind) {
    case 'metric':
      return expression.actionType !== null || findMetric(expression.metric)?.made.kind !== 'ratio'
    case 'attribute':
      return findAttribute(expression.attribute)?.unit.kind === 'duration'
    case 'arithmetic':
      return expression.operator === '/'
        ? isVolume(expression.left) && metricIn(expression.right) === null
        : isVolume(expression.left) || isVolume(expression.right)
    default:
      return false
  }
}
