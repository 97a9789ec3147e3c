/** Conditions as clauses in both languages. */

import type { Comparison, ComparisonOperator } from '../expression/syntax.js'
import type { Condition } from '../rule/rule.js'
import { comparisonInEnglish } from './english/comparison.js'
import { literalValue } from './parts/metric-phrases.js'
import { joinedList, type WordingOptions } from './parts/wording.js'
import { comparisonInTurkish } from './turkish/comparison.js'

/**
 * Returns the clause without a capital letter and a full stop: "cost per purchase over the last 3 days is above ₺180 and …".
 * `not` is said by the opposite comparison, as evaluation does it.
 */
export const conditionText = (condition: Condition, options: WordingOptions): string => textOf(condition, false, 0, options)

/** Returns one line of a condition as a clause. */
export const comparisonText = (comparison: Comparison, options: WordingOptions, isNegated = false): string => {
  const { comparison: said, isNegated: not } = turned(withAmountOnTheRight(comparison), isNegated)
  return options.language === 'tr' ? comparisonInTurkish(said, not, options) : comparisonInEnglish(said, not, options)
}

function textOf(condition: Condition, isNegated: boolean, depth: number, options: WordingOptions): string {
  switch (condition.kind) {
    case 'leaf':
      return comparisonText(condition.comparison, options, isNegated)
    case 'not':
      return textOf(condition.condition, !isNegated, depth, options)
    case 'all':
    case 'any': {
      const clauses = condition.conditions.map((inner) => textOf(inner, isNegated, depth + 1, options))
      return joined((condition.kind === 'all') !== isNegated ? 'all' : 'any', clauses, depth, options)
    }
  }
}

const WORDS = {
  en: {
    all: { word: 'and', group: 'all of these', pair: (one: string, other: string) => `both ${one} and ${other}` },
    any: { word: 'or', group: 'one of these', pair: (one: string, other: string) => `either ${one} or ${other}` },
  },
  tr: {
    all: { word: 've', group: 'şunların hepsi', pair: (one: string, other: string) => `hem ${one} hem de ${other}` },
    any: { word: 'ya da', group: 'şunlardan biri', pair: (one: string, other: string) => `ya ${one} ya da ${other}` },
  },
} as const

/** A group within a group is announced, so that "A and B or C" cannot be read in two ways. */
function joined(kind: 'all' | 'any', clauses: readonly string[], depth: number, { language }: WordingOptions): string {
  const [one, other] = clauses
  if (other === undefined) return one!
  const { word, group, pair } = WORDS[language][kind]
  const isPlain = clauses.every((clause) => !/[:;]|^(both|either|hem|ya) /.test(clause))
  if (depth === 0) return joinedList(clauses, word, isPlain ? ',' : ';', language)
  if (clauses.length === 2 && isPlain) return pair(one!, other)
  return `${group}: ${joinedList(clauses, word, ';', language)}`
}

const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '>': '<=',
  '>=': '<',
  '<': '>=',
  '<=': '>',
  '=': '!=',
  '!=': '=',
}
const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '=': '=',
  '!=': '!=',
}

function turned(comparison: Comparison, isNegated: boolean): { readonly comparison: Comparison; readonly isNegated: boolean } {
  if (!isNegated || comparison.kind !== 'compare') return { comparison, isNegated }
  return { comparison: { ...comparison, operator: OPPOSITE[comparison.operator] }, isNegated: false }
}

/** `120 TRY < cpa[last_7d]` is said as `cpa[last_7d] > 120 TRY`. */
export function withAmountOnTheRight(comparison: Comparison): Comparison {
  if (comparison.kind !== 'compare') return comparison
  const { left, right, operator } = comparison
  if (literalValue(left, null) === null || literalValue(right, null) !== null) return comparison
  return { kind: 'compare', operator: MIRRORED[operator], left: right, right: left }
}
