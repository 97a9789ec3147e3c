/** What a sentence is written for, and the parts that both languages share. */

import type { Language, TextOptions } from '../../text/value-text.js'
import type { Scope } from '../../value/scope.js'

export interface WordingOptions extends TextOptions {
  /** The scope of the rule: "it" is one of these. */
  readonly scope: Scope
  /**
   * What a result is: a measure such as `purchases` or `action:…`. Null if it differs between entities or is unknown; then
   * sentences say "result".
   */
  readonly result: string | null
  /** The entity's name where sentences mention it: "the ad set “Women 25-44”"; absent for "the ad set". */
  readonly name?: string
}

/** A part of a sentence. An `amount` is a number with its unit, to which Turkish adds no suffix; a `noun` may be inflected. */
export interface Phrase {
  readonly kind: 'noun' | 'amount'
  readonly text: string
}

export const noun = (text: string): Phrase => ({ kind: 'noun', text })
export const amount = (text: string): Phrase => ({ kind: 'amount', text })

/** A text of the user's, on one line and in the quotes of both languages. */
export const quoted = (text: string): string => `“${text.replace(/\s+/g, ' ').trim()}”`

/** Returns a clause as a sentence: with a capital letter and a full stop. */
export function asSentence(clause: string, { language }: Pick<TextOptions, 'language'>): string {
  const text = clause.slice(0, 1).toLocaleUpperCase(language === 'tr' ? 'tr-TR' : 'en-US') + clause.slice(1)
  return /[.!?…:]$/.test(text) ? text : `${text}.`
}

/** "a and b", "a, b, and c" (in Turkish without the last comma), "a; b; and c". */
export function joinedList(parts: readonly string[], word: string, separator: ',' | ';', language: Language): string {
  if (parts.length < 2) return parts.join('')
  const isShort = separator === ',' && (parts.length === 2 || language === 'tr')
  return `${parts.slice(0, -1).join(`${separator} `)}${isShort ? '' : separator} ${word} ${parts.at(-1)!}`
}
