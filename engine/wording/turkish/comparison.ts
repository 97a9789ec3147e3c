/** Comparisons as Turkish clauses: "son 3 günde alışveriş başına ücret ₺180 üzerinde". Amounts take no suffix. */

import type { Comparison, ComparisonOperator, Expression } from '../../expression/syntax.js'
import { durationText } from '../../text/value-text.js'
import { isCount, literalValue, wordsOfMetric } from '../parts/metric-phrases.js'
import { joinedList, type Phrase, quoted, type WordingOptions } from '../parts/wording.js'
import { choiceOrText, phraseInTurkish } from './expression.js'
import { ablative, genitive } from './inflect.js'
import { windowInTurkish } from './window.js'

/** @param isNegated only of comparisons that no other operator is the opposite of: the caller has turned the others round */
export function comparisonInTurkish(comparison: Comparison, isNegated: boolean, options: WordingOptions): string {
  const not = isNegated ? ' değil' : ''
  const subject = (expression: Expression): string => phraseInTurkish(expression, 'subject', options).text
  switch (comparison.kind) {
    case 'compare':
      return compared(comparison, options)
    case 'between': {
      const [low, high] = [comparison.low, comparison.high].map((side) => phraseInTurkish(side, 'within', options).text)
      return `${subject(comparison.subject)}, ${low} ile ${high} arasında${not}`
    }
    case 'in': {
      const isChoice = comparison.subject.unit.kind === 'choice'
      const items = comparison.items.map((item) =>
        item.kind === 'text' ? choiceOrText(item.value, isChoice) : phraseInTurkish(item, 'within', options).text,
      )
      return `${subject(comparison.subject)} ${orList(items)}${not}`
    }
    case 'matches':
      return `${subject(comparison.subject)} ${quoted(comparison.pattern)} kalıbına ${isNegated ? 'uymuyor' : 'uyuyor'}`
    case 'contains':
      return `${subject(comparison.subject)} ${quoted(comparison.text)} ${isNegated ? 'içermiyor' : 'içeriyor'}`
    case 'holds':
      return holds(comparison.subject, isNegated, options)
  }
}

function compared({ operator, left, right }: Comparison & { kind: 'compare' }, options: WordingOptions): string {
  const subject = phraseInTurkish(left, 'subject', options).text
  if (right.kind === 'text') {
    const value = choiceOrText(right.value, left.unit.kind === 'choice')
    return `${subject} ${value}${operator === '!=' ? ' değil' : ''}`
  }
  const limit = phraseInTurkish(right, 'within', options)
  const value = literalValue(right, options.currency)
  if (value !== null && isCount(left) && left.owner === 'self') {
    const counted = wordsOfMetric(left, options).phrase
    const { adverb } = windowInTurkish(left.window)
    if (value === 0 && (operator === '=' || operator === '<=')) return `${adverb} hiç ${counted} yok`
    if (value === 0 && (operator === '>' || operator === '!=')) return `${adverb} en az bir ${counted} var`
    return `${adverb} ${countedInTurkish(operator, limit.text, counted)}`
  }
  if (value !== null && left.kind === 'attribute' && left.owner === 'self') {
    const since = SINCE[left.attribute]
    const passed = PASSED[operator]
    if (since !== undefined && passed !== undefined) return `${since} ${passed(durationText(value, 'tr'))}`
  }
  const suffix = left.kind === 'anomaly' && value !== null ? ' standart sapma' : ''
  return related(subject, operator, limit, suffix)
}

const SINCE: Readonly<Record<string, string>> = {
  age: 'oluşturulalı',
  last_edit: 'son düzenlemesinin üzerinden',
}
const PASSED: Readonly<Partial<Record<ComparisonOperator, (duration: string) => string>>> = {
  '>': (duration) => `${ablative(duration)} fazla geçti`,
  '>=': (duration) => `en az ${duration} geçti`,
  '<': (duration) => `${ablative(duration)} az geçti`,
  '<=': (duration) => `en fazla ${duration} geçti`,
}

function countedInTurkish(operator: ComparisonOperator, number: string, counted: string): string {
  switch (operator) {
    case '>':
      return `${ablative(`${number} ${counted}`)} fazla`
    case '>=':
      return `en az ${number} ${counted}`
    case '<':
      return `${ablative(`${number} ${counted}`)} az`
    case '<=':
      return `en fazla ${number} ${counted}`
    case '=':
      return `tam ${number} ${counted}`
    case '!=':
      return `${counted} sayısı ${number} değil`
  }
}

/** A noun takes a suffix where an amount takes none. */
function related(subject: string, operator: ComparisonOperator, { kind, text }: Phrase, suffix: string): string {
  const isAmount = kind === 'amount'
  const limit = text + suffix
  switch (operator) {
    case '>':
      return isAmount ? `${subject} ${limit} üzerinde` : `${subject}, ${genitive(limit)} üzerinde`
    case '<':
      return isAmount ? `${subject} ${limit} altında` : `${subject}, ${genitive(limit)} altında`
    case '>=':
      return isAmount ? `${subject} en az ${limit}` : `${subject} en az ${limit} kadar`
    case '<=':
      return isAmount ? `${subject} en fazla ${limit}` : `${subject} en fazla ${limit} kadar`
    case '=':
      return isAmount ? `${subject} tam ${limit}` : `${subject} ile ${limit} aynı`
    case '!=':
      return isAmount ? `${subject} ${limit} değil` : `${subject} ile ${limit} farklı`
  }
}

function holds(subject: Expression, isNegated: boolean, options: WordingOptions): string {
  const not = isNegated ? ' değil' : ''
  if (subject.kind === 'attribute') {
    const who = subject.owner === 'self' ? '' : `${WHO[subject.owner]} `
    if (subject.attribute === 'delivering') return `${who}yayında${not}`
    if (subject.attribute === 'learning') return `${who}öğrenme aşamasında${not}`
  }
  return `${phraseInTurkish(subject, 'subject', options).text} ${isNegated ? 'yok' : 'var'}`
}

const WHO = { account: 'hesap', group: 'grup', campaign: 'kampanya', adset: 'reklam seti', ad: 'reklam' } as const

const orList = (items: readonly string[]): string => joinedList(items, 'veya', ',', 'tr')
