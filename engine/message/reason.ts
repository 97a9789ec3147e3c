/**
 * Why something was not done: a code with its numbers, for programs, and a sentence in English and Turkish, which traces, messages
 * and the panel show.
 */

import { durationText, instantText, moneyText, numberText, percentageText, type TextOptions } from '../text/value-text.js'
import { type ReasonCode, SENTENCES } from './reason-sentences.js'

/** A number or name in a reason. Money is in minor units, percentages are ratios, durations milliseconds. */
export type Fact =
  | { readonly kind: 'money' | 'percentage' | 'count' | 'duration' | 'instant'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }

export interface Reason {
  readonly code: ReasonCode
  readonly facts: Readonly<Record<string, Fact>>
}

export const fact = {
  money: (value: number): Fact => ({ kind: 'money', value }),
  percentage: (value: number): Fact => ({ kind: 'percentage', value }),
  count: (value: number): Fact => ({ kind: 'count', value }),
  duration: (value: number): Fact => ({ kind: 'duration', value }),
  instant: (value: number): Fact => ({ kind: 'instant', value }),
  text: (value: string): Fact => ({ kind: 'text', value }),
} as const

export const reasonOf = (code: ReasonCode, facts: Readonly<Record<string, Fact>> = {}): Reason => ({ code, facts })

export interface ReasonOptions extends TextOptions {
  /** The account's zone. */
  readonly zone: string
}

/** Returns a reason as a sentence, with its full stop. */
export function reasonText(reason: Reason, options: ReasonOptions): string {
  return SENTENCES[reason.code][options.language].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const found = reason.facts[name]
    return found === undefined ? placeholder : factText(found, options)
  })
}

function factText(given: Fact, options: ReasonOptions): string {
  switch (given.kind) {
    case 'text':
      return given.value
    case 'money':
      return moneyText(given.value, options)
    case 'percentage':
      return percentageText(given.value, options.language)
    case 'count':
      return numberText(given.value, options.language, 0)
    case 'duration':
      return durationText(given.value, options.language)
    case 'instant':
      return instantText(given.value, options.zone, options.language)
  }
}
