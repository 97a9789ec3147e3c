/**
 * Truth values of many entities in Kleene's logic. Each is a byte with two bits, "may be true" and "is true", so that "and", "or" and
 * "not" are bit operations on four entities at a time, equally fast for all data.
 */

import type { Truth } from '../../value/value.js'

export const FALSE = 0b00
export const UNKNOWN = 0b01
export const TRUE = 0b11

export interface Truths {
  /** One for each entity. */
  readonly bytes: Uint8Array
  /** The same memory, four entities per word; bytes after the last entity are undefined. */
  readonly words: Int32Array
}

export function createTruths(length: number): Truths {
  const words = new Int32Array(Math.ceil(length / 4))
  return { bytes: new Uint8Array(words.buffer, 0, length), words }
}

export const numberOfTruth = (truth: Truth): number => (truth === null ? UNKNOWN : truth ? TRUE : FALSE)

/** The lowest bit of each byte. */
export const LOW_BITS = 0x01010101

/** For four truths at once: a 1 in each byte whose truth may be true (`mayBe`), or is true (`is`). */
export const mayBe = (word: number): number => word & LOW_BITS
export const is = (word: number): number => (word >>> 1) & LOW_BITS

export function andInto({ words: out }: Truths, { words: other }: Truths): void {
  for (let i = 0; i < out.length; i++) out[i] = out[i]! & other[i]!
}

export function orInto({ words: out }: Truths, { words: other }: Truths): void {
  for (let i = 0; i < out.length; i++) out[i] = out[i]! | other[i]!
}

/** "Not": the negation may be true if the truth is not true, and is true if the truth cannot be. */
export function negateInto({ words: out }: Truths, { words: from }: Truths): void {
  for (let i = 0; i < out.length; i++) {
    const word = from[i]!
    out[i] = ((mayBe(word) ^ LOW_BITS) << 1) | (is(word) ^ LOW_BITS)
  }
}

/** Whether all truths are false, so that joining others by "and" changes nothing. */
export const isAllFalse = ({ bytes, words }: Truths): boolean => {
  const whole = bytes.length >> 2
  for (let i = 0; i < whole; i++) if (words[i] !== 0) return false
  for (let i = whole * 4; i < bytes.length; i++) if (bytes[i] !== FALSE) return false
  return true
}
