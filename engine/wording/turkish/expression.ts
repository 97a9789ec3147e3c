/** Expressions as Turkish noun phrases. Windows are adverbs in a subject, and adjectives within a longer phrase. */

import type { Expression, Owner } from '../../expression/syntax.js'
import { findAttribute } from '../../metric/attributes.js'
import { CHOICE_WORDS, SCOPE_WORDS } from '../../metric/words.js'
import { percentageText } from '../../text/value-text.js'
import { amountText } from '../parts/amount.js'
import { costPerResult, isCount, literalValue, wordsOfMetric } from '../parts/metric-phrases.js'
import { amount, noun, type Phrase, quoted, type WordingOptions } from '../parts/wording.js'
import { genitive, possessive } from './inflect.js'
import { horizonInTurkish, windowInTurkish } from './window.js'

/** Whether the phrase is a sentence's subject, or within a longer phrase. */
export type Place = 'subject' | 'within'

export function phraseInTurkish(expression: Expression, place: Place, options: WordingOptions): Phrase {
  const literal = literalValue(expression, options.currency)
  if (literal !== null) return amount(amountText(literal, expression.unit.kind, options))
  switch (expression.kind) {
    case 'text':
      return amount(choiceOrText(expression.value, expression.unit.kind === 'choice'))
    case 'metric': {
      const { phrase } = wordsOfMetric(expression, options)
      const { adverb, adjective } = windowInTurkish(expression.window)
      const what = isCount(expression) ? `${phrase} sayısı` : phrase
      return noun(`${atOwner(expression.owner)}${place === 'subject' ? adverb : adjective} ${what}`)
    }
    case 'attribute':
      return noun(attribute(expression, options))
    case 'payload':
      return noun(`olaydaki ${quoted(expression.path.join('.'))} değeri`)
    case 'negate':
      return noun(`eksi ${phraseInTurkish(expression.operand, place, options).text}`)
    case 'arithmetic':
      return noun(arithmetic(expression, options))
    case 'aggregate':
      return noun(aggregate(expression, options))
    case 'forecast': {
      const { phrase } = wordsOfMetric(expression, options)
      return noun(`${atOwner(expression.owner)}${horizonInTurkish(expression.horizon)} için ${phrase} tahmini`)
    }
    case 'expected':
      return noun(`${genitive(phraseInTurkish(expression.operand, 'within', options).text)} olağan değeri`)
    case 'anomaly':
      return noun(`${genitive(phraseInTurkish(expression.operand, 'within', options).text)} olağandan sapması`)
    case 'number':
    case 'money':
      throw new RangeError('literals have a value')
  }
}

export const choiceOrText = (value: string, isChoice: boolean): string =>
  isChoice ? (CHOICE_WORDS[value]?.tr ?? quoted(value)) : quoted(value)

const atOwner = (owner: Owner): string => (owner === 'self' ? '' : `${SCOPE_WORDS[owner].tr.where} `)

function attribute({ owner, attribute: name }: Expression & { kind: 'attribute' }, options: WordingOptions): string {
  const known = name === 'target_cpa' ? `hedef ${costPerResult(options)}` : findAttribute(name)?.phrase.tr
  // An account's own values have the names that `tetik.yaml` gives them.
  if (known === undefined) return `hesabın ${quoted(name)} değeri`
  return findAttribute(name)?.of === 'entity' && owner !== 'self' ? `${SCOPE_WORDS[owner].tr.whose} ${known}` : known
}

const JOINED = {
  '+': { by: 'artı', makes: 'toplamı' },
  '-': { by: 'eksi', makes: 'farkı' },
  '*': { by: 'çarpı', makes: 'çarpımı' },
  '/': { by: 'bölü', makes: 'oranı' },
} as const

function arithmetic({ operator, left, right }: Expression & { kind: 'arithmetic' }, options: WordingOptions): string {
  const phrase = (of: Expression): string => phraseInTurkish(of, 'within', options).text
  if (operator === '*') {
    const factor = isFactor(left) ? left : isFactor(right) ? right : null
    if (factor !== null) {
      const whole = genitive(phrase(factor === left ? right : left))
      if (factor.unit.kind === 'percentage') return `${whole} ${possessive(percentageText(factor.value, 'tr'))}`
      return `${whole} ${phrase(factor)} katı`
    }
  }
  const { by, makes } = JOINED[operator]
  return `${phrase(left)} ${by} ${phrase(right)} ${makes}`
}

const isFactor = (expression: Expression): expression is Expression & { kind: 'number' } =>
  expression.kind === 'number' && (expression.unit.kind === 'number' || expression.unit.kind === 'percentage')

function aggregate({ function: name, operand, within }: Expression & { kind: 'aggregate' }, options: WordingOptions): string {
  const { many } = SCOPE_WORDS[options.scope].tr
  const selected = within === 'campaign' ? `kampanyasında seçilen ${many}` : `seçilen ${many}`
  if (operand === null) return `${genitive(selected)} sayısı`
  const { text } = phraseInTurkish(operand, 'within', options)
  switch (name) {
    case 'count':
      return `${genitive(selected)} sayısı`
    case 'sum':
      return `${genitive(selected)} ${text} toplamı`
    case 'mean':
      return `${genitive(selected)} ${text} ortalaması`
    case 'rank':
      return `${selected} arasında ${text} sırası`
    case 'percentile':
      return `${selected} arasında ${text} yüzdeliği`
  }
}
