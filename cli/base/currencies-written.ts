import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfCondition } from '../../engine/rule/walk.js'

/** Returns the currencies that rules write in `where` and `when`: `250 TRY`. */
export function currenciesWritten(rules: readonly Rule[]): ReadonlySet<string> {
  const expressions = rules.flatMap(({ where, when }) => [...expressionsOfCondition(where), ...expressionsOfCondition(when)])
  return new Set(expressions.flatMap((expression) => (expression.kind === 'money' ? (expression.currency ?? []) : [])))
}
