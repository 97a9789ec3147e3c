/** Comparisons as English clauses: "cost per purchase over the last 3 days is above ₺180". */

import type { Comparison, ComparisonOperator, Expression } from '../../expression/syntax.js'
import { findAttribute } from '../../metric/attributes.js'
import { durationText } from '../../text/value-text.js'
import { isCount, literalValue, wordsOfMetric } from '../parts/metric-phrases.js'
import { joinedList, quoted, type WordingOptions } from '../parts/wording.js'
import { choiceOrText, phraseInEnglish, the } from './expression.js'
import { windowInEnglish } from './window.js'

const IS: Readonly<Record<ComparisonOperator, string>> = {
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
  '=': 'is exactly',
  '!=': 'is not',
}
const COUNTED: Readonly<Record<ComparisonOperator, string>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'fewer than',
  '<=': 'at most',
  '=': 'exactly',
  '!=': 'any number but',
}
/** Compared with zero: "there are no purchases today", "there are some purchases today". */
const NONE: Readonly<Partial<Record<ComparisonOperator, string>>> = { '=': 'no', '<=': 'no', '>': 'some', '!=': 'some' }
const THAN: Readonly<Partial<Record<ComparisonOperator, string>>> = {
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
}

/** @param isNegated only of comparisons that no other operator is the opposite of: the caller has turned the others round */
export function comparisonInEnglish(comparison: Comparison, isNegated: boolean, options: WordingOptions): string {
  const is = isNegated ? 'is not' : 'is'
  const subject = (expression: Expression): string => subjectOf(expression, options)
  switch (comparison.kind) {
    case 'compare':
      return compared(comparison, options)
    case 'between': {
      const [low, high] = [comparison.low, comparison.high].map((side) => the(phraseInEnglish(side, options)))
      return `${subject(comparison.subject)} ${is} between ${low} and ${high}`
    }
    case 'in': {
      const isChoice = comparison.subject.unit.kind === 'choice'
      const items = comparison.items.map((item) =>
        item.kind === 'text' ? choiceOrText(item.value, isChoice) : the(phraseInEnglish(item, options)),
      )
      return `${subject(comparison.subject)} ${is} ${orList(items)}`
    }
    case 'matches':
      return `${subject(comparison.subject)} ${verb(comparison.subject, 'match', isNegated)} ${quoted(comparison.pattern)}`
    case 'contains':
      return `${subject(comparison.subject)} ${verb(comparison.subject, 'contain', isNegated)} ${quoted(comparison.text)}`
    case 'holds':
      return holds(comparison.subject, isNegated, options)
  }
}

function verb(subject: Expression, infinitive: 'match' | 'contain', isNegated: boolean): string {
  const isPlural = subject.kind === 'attribute' && subject.attribute === 'labels'
  if (isNegated) return `${isPlural ? 'do' : 'does'} not ${infinitive}`
  if (isPlural) return infinitive
  return infinitive === 'match' ? 'matches' : 'contains'
}

function compared({ operator, left, right }: Comparison & { kind: 'compare' }, options: WordingOptions): string {
  const limit = phraseInEnglish(right, options)
  if (right.kind === 'text') {
    const value = choiceOrText(right.value, left.unit.kind === 'choice')
    return `${subjectOf(left, options)} ${operator === '!=' ? 'is not' : 'is'} ${value}`
  }
  const value = literalValue(right, options.currency)
  if (value !== null && isCount(left) && left.owner === 'self') {
    const words = wordsOfMetric(left, options)
    const [are, counted] = value === 1 ? ['is', words.one ?? words.phrase] : ['are', words.phrase]
    const number = value === 0 ? (NONE[operator] ?? `${COUNTED[operator]} 0`) : `${COUNTED[operator]} ${limit.text}`
    return `there ${are} ${number} ${counted} ${windowInEnglish(left.window)}`
  }
  if (value !== null && left.kind === 'attribute' && left.owner === 'self' && THAN[operator] !== undefined) {
    if (left.attribute === 'age') return `it was created ${THAN[operator]} ${durationText(value, 'en')} ago`
    if (left.attribute === 'last_edit') return `it was last edited ${THAN[operator]} ${durationText(value, 'en')} ago`
  }
  const deviations = left.kind === 'anomaly' && value !== null ? ' standard deviations' : ''
  return `${subjectOf(left, options)} ${IS[operator]} ${the(limit)}${deviations}`
}

function holds(subject: Expression, isNegated: boolean, options: WordingOptions): string {
  const is = isNegated ? 'is not' : 'is'
  if (subject.kind === 'attribute') {
    const who = subject.owner === 'self' ? 'it' : subjectOwner(subject)
    if (subject.attribute === 'delivering') return `${who} ${is} delivering`
    if (subject.attribute === 'learning') return `${who} ${is} in the learning phase`
  }
  return `${subjectOf(subject, options)} ${is} set`
}

const subjectOwner = (subject: Expression & { kind: 'attribute' }): string =>
  `the ${subject.owner === 'adset' ? 'ad set' : subject.owner}`

/** Attributes need an article or an owner, metrics read without one. */
function subjectOf(expression: Expression, options: WordingOptions): string {
  const phrase = phraseInEnglish(expression, options)
  if (expression.kind === 'metric') return phrase.text
  if (expression.kind === 'attribute' && expression.owner === 'self' && isOwn(expression.attribute)) return `its ${phrase.text}`
  return the(phrase)
}

const isOwn = (attribute: string): boolean => findAttribute(attribute)?.of === 'entity'

const orList = (items: readonly string[]): string => joinedList(items, 'or', ',', 'en')
