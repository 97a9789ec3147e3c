/** What both grammars ask of an expression. */

import type { Expression } from '../../expression/syntax.js'
import { findMetric } from '../../metric/catalogue.js'
import { type CountedWords, measureWords } from '../../metric/measure-words.js'
import { toMinor } from '../../value/minor-units.js'
import type { WordingOptions } from './wording.js'

/** A metric's words: of a result, and of its cost, what the result is. */
export function wordsOfMetric(
  { metric, actionType }: { readonly metric: string; readonly actionType: string | null },
  options: WordingOptions,
): CountedWords {
  const { result, language } = options
  if (actionType !== null) return measureWords(`action:${actionType}`)[language]
  const own = findMetric(metric)!.words[language]
  if (result !== null && metric === 'results') return measureWords(result)[language]
  return metric === 'cpa' ? { ...own, phrase: costPerResult(options) } : own
}

/** "cost per purchase", "form başına ücret". */
export function costPerResult({ result, language }: WordingOptions): string {
  const counted = measureWords(result ?? 'results')[language]
  return language === 'tr' ? `${counted.phrase} başına ücret` : `cost per ${counted.one ?? counted.phrase}`
}

/** Whether a metric counts things, so that "at least 5 purchases" is said of it. */
export const isCount = (expression: Expression): expression is Extract<Expression, { kind: 'metric' }> =>
  expression.kind === 'metric' && expression.unit.kind === 'count'

/** A literal as evaluation sees it: money in minor units. Null for anything else. */
export function literalValue(expression: Expression, currency: string | null): number | null {
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'money':
      return toMinor(expression.value, expression.currency ?? currency)
    case 'negate': {
      const value = literalValue(expression.operand, currency)
      return value === null ? null : -value
    }
    default:
      return null
  }
}
