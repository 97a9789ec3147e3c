/** A line of a trace as a sentence: "Son 3 günde alışveriş başına ücret ₺536 (3 alışveriş, ₺1.609). Sınır ₺180." */

import type { Comparison, Expression } from '../expression/syntax.js'
import { findMetric } from '../metric/catalogue.js'
import { measureWords } from '../metric/measure-words.js'
import type { SideElement, TraceLeaf } from '../rule/decision.js'
import type { TextOptions } from '../text/value-text.js'
import { minorPerMajor } from '../value/minor-units.js'
import type { UnitKind } from '../value/unit.js'
import { AtLeast, Unknown, type Value } from '../value/value.js'
import { comparisonText, withAmountOnTheRight } from './condition-text.js'
import { choiceOrText, phraseInEnglish } from './english/expression.js'
import { amountText, comparedTexts } from './parts/amount.js'
import { literalValue } from './parts/metric-phrases.js'
import { asSentence, quoted, type WordingOptions } from './parts/wording.js'
import { choiceOrText as turkishChoiceOrText, phraseInTurkish } from './turkish/expression.js'

const WORDS = {
  en: { limit: 'limit', range: 'range', wanted: 'wanted', unknown: 'is unknown', and: 'to' },
  tr: { limit: 'sınır', range: 'aralık', wanted: 'aranan', unknown: 'bilinmiyor', and: '–' },
} as const

/** What was found, in the entity's own numbers, and the limit. The comparison is the leaf's, from the rule of that version. */
export function traceText(leaf: TraceLeaf, comparison: Comparison, options: WordingOptions): string {
  return partsOf(leaf, comparison, options)
    .map((part) => asSentence(part, options))
    .join(' ')
}

/** The same as a clause: "son 3 günde alışveriş başına ücret ₺536 (3 alışveriş, ₺1.609), sınır ₺180". */
export const traceClause = (leaf: TraceLeaf, comparison: Comparison, options: WordingOptions): string =>
  partsOf(leaf, comparison, options).join(', ')

/** What was found, and the limit if there is one. */
function partsOf(written: TraceLeaf, line: Comparison, options: WordingOptions): readonly string[] {
  const comparison = withAmountOnTheRight(line)
  const leaf = comparison === line ? written : { ...written, left: written.right, right: written.left }
  const own = typeof leaf.parts?.result === 'string' ? { ...options, result: leaf.parts.result } : options
  if (comparison.kind === 'holds') return [holds(leaf, comparison, own)]
  const subject = subjectText(subjectOf(comparison), own)
  if (leaf.left === null) return [`${subject} ${WORDS[options.language].unknown}${whyOf(leaf)}`]
  const [left, right] = sideTexts(leaf, comparison, own)
  const parts = ratioText(leaf, comparison, own)
  return [`${subject} ${left}${parts === null ? '' : ` (${parts})`}`, limitText(comparison, right, own)]
}

const whyOf = ({ because }: TraceLeaf): string => (because === undefined ? '' : `: ${because}`)

function holds(leaf: TraceLeaf, comparison: Comparison, options: WordingOptions): string {
  if (leaf.left !== null) return comparisonText(comparison, options, leaf.left === false)
  const clause = comparisonText(comparison, options)
  return options.language === 'tr' ? `bilinmiyor, ${clause} mı${whyOf(leaf)}` : `it is unknown whether ${clause}${whyOf(leaf)}`
}

const subjectOf = (comparison: Comparison): Expression => (comparison.kind === 'compare' ? comparison.left : comparison.subject)

function subjectText(expression: Expression, options: WordingOptions): string {
  const { text, kind } =
    options.language === 'tr' ? phraseInTurkish(expression, 'subject', options) : phraseInEnglish(expression, options)
  return kind === 'amount' || options.language === 'tr' || expression.kind !== 'attribute' ? text : `the ${text}`
}

/** Both sides in words; money is exact where rounding would hide the difference. */
function sideTexts(leaf: TraceLeaf, comparison: Comparison, options: WordingOptions): readonly [string, readonly string[]] {
  const of = (side: SideElement): Value => valueOf(side, leaf.unitKind, options.currency)
  const list: readonly SideElement[] = Array.isArray(leaf.right) ? leaf.right : [leaf.right as SideElement]
  const left = of(leaf.left as SideElement)
  const isChoice = subjectOf(comparison).unit.kind === 'choice'
  const texts = list.map((side) => elementText(of(side), isChoice, leaf.unitKind, options))
  if (list.length === 1 && typeof left === 'number') {
    const [one, other] = comparedTexts(left, of(list[0]!), leaf.unitKind, options)
    return [one, [other]]
  }
  return [elementText(left, isChoice, leaf.unitKind, options), texts]
}

function elementText(value: Value, isChoice: boolean, unit: UnitKind, options: TextOptions): string {
  if (typeof value === 'string')
    return options.language === 'tr' ? turkishChoiceOrText(value, isChoice) : choiceOrText(value, isChoice)
  return amountText(value, unit, options)
}

function limitText(comparison: Comparison, right: readonly string[], options: WordingOptions): string {
  const words = WORDS[options.language]
  switch (comparison.kind) {
    case 'compare': {
      const isEquality = comparison.operator === '=' || comparison.operator === '!='
      if (comparison.right.kind === 'text') return `${words.wanted} ${right[0]!}`
      const isPlain = literalValue(comparison.right, options.currency) !== null
      return `${isEquality ? words.wanted : words.limit} ${right[0]!}${isPlain ? '' : `: ${withinText(comparison.right, options)}`}`
    }
    case 'between':
      return `${words.range} ${right[0]!} ${words.and} ${right[1]!}`
    case 'in':
      return `${words.wanted} ${right.join(', ')}`
    case 'matches':
      return `${words.wanted} ${quoted(comparison.pattern)}`
    case 'contains':
      return `${words.wanted} ${quoted(comparison.text)}`
    case 'holds':
      return ''
  }
}

const withinText = (expression: Expression, options: WordingOptions): string =>
  options.language === 'tr' ? phraseInTurkish(expression, 'within', options).text : phraseInEnglish(expression, options).text

/** "3 alışveriş, ₺1.609": what the ratio was computed from. */
function ratioText({ parts }: TraceLeaf, comparison: Comparison, options: WordingOptions): string | null {
  const subject = subjectOf(comparison)
  if (parts === undefined || subject.kind !== 'metric') return null
  const made = findMetric(subject.metric)?.made
  if (made?.kind !== 'ratio') return null
  const denominator = part(parts.denominator, made.denominator, options)
  const numerator = part(parts.numerator, made.numerator, options)
  return `${denominator}, ${numerator}`
}

function part(side: SideElement, measure: string, options: WordingOptions): string {
  const unit = findMetric(measure)?.unit ?? 'count'
  const text = amountText(valueOf(side, unit, options.currency), unit, options)
  if (unit !== 'count') return text
  const counted = measureWords(measure === 'results' ? (options.result ?? measure) : measure)[options.language]
  return `${text} ${side === 1 ? (counted.one ?? counted.phrase) : counted.phrase}`
}

const HOUR = 3_600_000

/** A side of a trace as a value of evaluation: money in minor units, ratios, milliseconds. */
function valueOf(side: SideElement, unit: UnitKind, currency: string | null): Value {
  if (side === null) return new Unknown('')
  if (typeof side === 'object') {
    const bound = valueOf(side.atLeast, unit, currency)
    return typeof bound === 'number' ? new AtLeast(bound) : bound
  }
  if (typeof side !== 'number') return side
  switch (unit) {
    case 'money':
      return Math.round(side * minorPerMajor(currency))
    case 'percentage':
      return side / 100
    case 'duration':
      return side * HOUR
    default:
      return side
  }
}
