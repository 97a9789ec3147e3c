/** Expressions as English noun phrases, without an article in front: "cost per purchase over the last 3 days". */

import type { Expression, Owner } from '../../expression/syntax.js'
import { findAttribute } from '../../metric/attributes.js'
import { CHOICE_WORDS, SCOPE_WORDS } from '../../metric/words.js'
import { percentageText } from '../../text/value-text.js'
import { amountText } from '../parts/amount.js'
import { costPerResult, isCount, literalValue, wordsOfMetric } from '../parts/metric-phrases.js'
import { amount, noun, type Phrase, quoted, type WordingOptions } from '../parts/wording.js'
import { horizonInEnglish, windowInEnglish } from './window.js'

export function phraseInEnglish(expression: Expression, options: WordingOptions): Phrase {
  const literal = literalValue(expression, options.currency)
  if (literal !== null) return amount(amountText(literal, expression.unit.kind, options))
  switch (expression.kind) {
    case 'text':
      return amount(choiceOrText(expression.value, expression.unit.kind === 'choice'))
    case 'metric': {
      const { phrase } = wordsOfMetric(expression, options)
      return noun(
        `${ofOwner(expression.owner, isCount(expression) ? `number of ${phrase}` : phrase)} ${windowInEnglish(expression.window)}`,
      )
    }
    case 'attribute':
      return noun(attribute(expression, options))
    case 'payload':
      return noun(`event’s ${quoted(expression.path.join('.'))}`)
    case 'negate':
      return noun(`minus ${the(phraseInEnglish(expression.operand, options))}`)
    case 'arithmetic':
      return noun(arithmetic(expression, options))
    case 'aggregate':
      return noun(aggregate(expression, options))
    case 'forecast': {
      const { phrase } = wordsOfMetric(expression, options)
      return noun(`${ofOwner(expression.owner, `forecast ${phrase}`)} for ${horizonInEnglish(expression.horizon)}`)
    }
    case 'expected':
      return noun(`expected ${phraseInEnglish(expression.operand, options).text}`)
    case 'anomaly':
      return noun(`deviation of ${the(phraseInEnglish(expression.operand, options))} from what is usual`)
    case 'number':
    case 'money':
      throw new RangeError('literals have a value')
  }
}

/** "the cost per result", "₺180": an amount has no article, nor has a phrase that already names its owner. */
export const the = ({ kind, text }: Phrase): string =>
  kind === 'amount' || /^(the|its|minus) /.test(text) || /^\S+% of /.test(text) || /^[\d.,]+ times /.test(text)
    ? text
    : `the ${text}`

export const choiceOrText = (value: string, isChoice: boolean): string =>
  isChoice ? (CHOICE_WORDS[value]?.en ?? quoted(value)) : quoted(value)

const ofOwner = (owner: Owner, what: string): string => (owner === 'self' ? what : `the ${SCOPE_WORDS[owner].en.one}’s ${what}`)

function attribute({ owner, attribute: name }: Expression & { kind: 'attribute' }, options: WordingOptions): string {
  const known = name === 'target_cpa' ? `target ${costPerResult(options)}` : findAttribute(name)?.phrase.en
  // An account's own values have the names that `tetik.yaml` gives them.
  if (known === undefined) return `account’s ${quoted(name)}`
  return findAttribute(name)?.of === 'entity' ? ofOwner(owner, known) : known
}

function arithmetic({ operator, left, right }: Expression & { kind: 'arithmetic' }, options: WordingOptions): string {
  const phrase = (of: Expression): string => the(phraseInEnglish(of, options))
  if (operator === '*') {
    const factor = isFactor(left) ? left : isFactor(right) ? right : null
    if (factor !== null) {
      const times = phrase(factor === left ? right : left)
      if (factor.unit.kind === 'percentage') return `${percentageText(factor.value, 'en')} of ${times}`
      return `${phraseInEnglish(factor, options).text} times ${times}`
    }
  }
  const [one, other] = [phrase(left), phrase(right)]
  switch (operator) {
    case '+':
      return `sum of ${one} and ${other}`
    case '-':
      return `difference between ${one} and ${other}`
    case '*':
      return `product of ${one} and ${other}`
    case '/':
      return `ratio of ${one} to ${other}`
  }
}

const isFactor = (expression: Expression): expression is Expression & { kind: 'number' } =>
  expression.kind === 'number' && (expression.unit.kind === 'number' || expression.unit.kind === 'percentage')

function aggregate({ function: name, operand, within }: Expression & { kind: 'aggregate' }, options: WordingOptions): string {
  const { many } = SCOPE_WORDS[options.scope].en
  const selected = within === 'campaign' ? `selected ${many} of its campaign` : `selected ${many}`
  if (operand === null) return `number of ${selected}`
  const { text } = phraseInEnglish(operand, options)
  switch (name) {
    case 'count':
      return `number of ${selected}`
    case 'sum':
      return `total ${text} of the ${selected}`
    case 'mean':
      return `average ${text} of the ${selected}`
    case 'rank':
      return `its rank by ${text} among the ${selected}`
    case 'percentile':
      return `share of the ${selected} with a lower ${text}`
  }
}
