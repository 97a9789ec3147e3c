/** The comparisons and expressions of a condition. */

import type { Comparison, Expression } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import type { Condition, Rule } from './rule.js'

export type Leaf = Condition & { readonly kind: 'leaf' }

/** Yields the comparisons of a condition, in the order of the file. */
export function* leavesOf(condition: Condition | null): Generator<Leaf> {
  if (condition === null) return
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const inner of condition.conditions) yield* leavesOf(inner)
      break
    case 'not':
      yield* leavesOf(condition.condition)
      break
    case 'leaf':
      yield condition
  }
}

/** Returns the comparisons of these parts of a rule by the paths that traces refer to them with. */
export function comparisonsOf(rule: Partial<Pick<Rule, 'where' | 'when' | 'clear' | 'then'>>): ReadonlyMap<string, Comparison> {
  const checks = (rule.then ?? []).flatMap((step) => (step.kind === 'check' ? [step.condition] : []))
  const conditions = [rule.where ?? null, rule.when ?? null, rule.clear ?? null, ...checks]
  return new Map(conditions.flatMap((condition) => [...leavesOf(condition)]).map(({ path, comparison }) => [path, comparison]))
}

/** Yields every expression of a condition, each followed by those within it. */
export function* expressionsOfCondition(condition: Condition | null): Generator<Expression> {
  for (const { comparison } of leavesOf(condition)) for (const side of sidesOf(comparison)) yield* withinExpression(side)
}
