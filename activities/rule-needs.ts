/** What data a set of rules rests on, so that no more is asked of Meta than that. */

import { dayOf } from '../engine/clock/zone.js'
import type { Comparison, Expression } from '../engine/expression/syntax.js'
import type { DayRange } from '../engine/facts/facts.js'
import { windowRange } from '../engine/metric/window.js'
import type { Condition, Rule } from '../engine/rule/rule.js'

export interface RuleNeeds {
  /** Whether some rule looks at single ads. */
  readonly ads: boolean
  /** Account days whose hours some rule looks at; null for none. */
  readonly hours: DayRange | null
}

/** @param at the moment that will be judged, epoch milliseconds */
export function needsOf(rules: readonly Rule[], at: number, zone: string): RuleNeeds {
  let ads = false
  let first = Infinity
  let last = -Infinity
  for (const rule of rules) {
    for (const expression of expressionsOf(rule)) {
      if (expression.kind !== 'metric') continue
      if (expression.owner === 'ad' || (expression.owner === 'self' && rule.scope === 'ad')) ads = true
      const range = windowRange(expression.window, at, zone)
      if (range.kind !== 'hours') continue
      first = Math.min(first, range.hours.from)
      last = Math.max(last, range.hours.to - 1)
    }
  }
  return { ads, hours: first < last ? { since: dayOf(first, zone), until: dayOf(last, zone) } : null }
}

/** Every expression of a rule, each with those inside it. */
function* expressionsOf(rule: Rule): Generator<Expression> {
  for (const condition of [rule.where, rule.when, rule.clear]) if (condition !== null) yield* ofCondition(condition)
  for (const step of rule.then) {
    if (step.kind !== 'whatsapp') continue
    for (const part of step.text) if ('expression' in part) yield* nested(part.expression)
  }
}

function* ofCondition(condition: Condition): Generator<Expression> {
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const inner of condition.conditions) yield* ofCondition(inner)
      break
    case 'not':
      yield* ofCondition(condition.condition)
      break
    case 'leaf':
      for (const side of sidesOf(condition.comparison)) yield* nested(side)
  }
}

function sidesOf(comparison: Comparison): readonly Expression[] {
  switch (comparison.kind) {
    case 'compare':
      return [comparison.left, comparison.right]
    case 'between':
      return [comparison.subject, comparison.low, comparison.high]
    case 'in':
      return [comparison.subject, ...comparison.items]
    default:
      return [comparison.subject]
  }
}

function* nested(expression: Expression): Generator<Expression> {
  yield expression
  if (expression.kind === 'negate') yield* nested(expression.operand)
  if (expression.kind === 'arithmetic') {
    yield* nested(expression.left)
    yield* nested(expression.right)
  }
}
