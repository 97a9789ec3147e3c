import type { Expression } from '../../expression/syntax.js'
import { withinExpression } from '../../expression/walk.js'
import type { Rule } from '../rule.js'
import { expressionsOfCondition } from '../walk.js'
import { kindOf } from './steps.js'

/** Yields every expression of a rule's conditions, checks and texts, each followed by those within it. */
export function* expressionsOfRule(rule: Pick<Rule, 'where' | 'when' | 'clear' | 'then'>): Generator<Expression> {
  for (const condition of [rule.where, rule.when, rule.clear]) yield* expressionsOfCondition(condition)
  for (const step of rule.then) {
    if (step.kind === 'check') yield* expressionsOfCondition(step.condition)
    for (const template of kindOf(step).templates(step)) {
      for (const part of template) if (part.kind === 'expression') yield* withinExpression(part.expression)
    }
  }
}
