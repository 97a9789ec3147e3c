/** The lines and expressions of a rule, wherever they stand. */

import type { Expression } from '../expression/syntax.js'
import { sidesOf, withinExpression } from '../expression/walk.js'
import type { Condition, JsonTemplate, Rule, Step, Template } from './rule.js'

export type Leaf = Condition & { readonly kind: 'leaf' }

/** The comparisons of a condition, in the order in which they are written. */
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

/** Every expression of a condition, each followed by those within it. */
export function* expressionsOfCondition(condition: Condition | null): Generator<Expression> {
  for (const { comparison } of leavesOf(condition)) for (const side of sidesOf(comparison)) yield* withinExpression(side)
}

/** Every expression of a rule's conditions, checks and texts, each followed by those within it. */
export function* expressionsOfRule(rule: Pick<Rule, 'where' | 'when' | 'clear' | 'then'>): Generator<Expression> {
  for (const condition of [rule.where, rule.when, rule.clear]) yield* expressionsOfCondition(condition)
  for (const step of rule.then) {
    if (step.kind === 'check') yield* expressionsOfCondition(step.condition)
    for (const template of templatesOf(step)) {
      for (const part of template) if ('expression' in part) yield* withinExpression(part.expression)
    }
  }
}

/** Every text of a step that may hold expressions. */
function* templatesOf(step: Step): Generator<Template> {
  switch (step.kind) {
    case 'whatsapp':
    case 'ask':
      yield step.text
      break
    case 'rename':
      yield step.name
      break
    case 'duplicate':
      if (step.name !== null) yield step.name
      break
    case 'webhook':
      if (step.body !== null) yield* textsOf(step.body)
      break
    default:
  }
}

function* textsOf(json: JsonTemplate): Generator<Template> {
  if (json.kind === 'text') yield json.text
  if (json.kind === 'list') for (const item of json.items) yield* textsOf(item)
  if (json.kind === 'object') for (const member of Object.values(json.members)) yield* textsOf(member)
}
