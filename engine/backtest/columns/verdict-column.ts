/** Turns the truths of `where` and `when` into verdicts, four entities at a time. */

import { VERDICT } from '../../simulation/verdict.js'
import { is, LOW_BITS, mayBe, type Truths } from './truths.js'

interface Found {
  /** Whether the entity exists at this moment; null if all do. */
  readonly present: Truths | null
  /** The result of `where`; null if there is none. */
  readonly selected: Truths | null
  /** The result of `when`; null if there is none. */
  readonly met: Truths | null
}

/** Puts the same verdict into each of four bytes. */
const fourOf = (verdict: number): number => verdict * LOW_BITS

/** Takes each byte from `one` if the byte of `ones` is 1, and from `other` if it is 0. */
function choose(ones: number, one: number, other: number): number {
  const mask = Math.imul(ones, 0xff)
  return (one & mask) | (other & ~mask)
}

const ABSENT = fourOf(VERDICT.absent)
const LEFT_OUT = fourOf(VERDICT.leftOut)
const UNKNOWN = fourOf(VERDICT.unknown)
const TRUE = fourOf(VERDICT.true)

/** In each byte, exactly one of the three flags is 1. */
function verdictsOf(truths: number): number {
  const isTrue = is(truths)
  const isUnknown = mayBe(truths) ^ isTrue
  const isFalse = mayBe(truths) ^ LOW_BITS
  return isTrue * VERDICT.true + isUnknown * VERDICT.unknown + isFalse * VERDICT.false
}

/** @param out the verdicts, in the order of the truths; it may be shorter than they are */
export function writeVerdicts({ words: out }: Truths, { present, selected, met }: Found): void {
  if (met === null) out.fill(TRUE)
  else write(out, met.words)
  if (selected !== null) leaveOut(out, selected.words)
  if (present !== null) takeAway(out, present.words)
}

function write(out: Int32Array, met: Int32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = verdictsOf(met[i]!)
}

function leaveOut(out: Int32Array, selected: Int32Array): void {
  for (let i = 0; i < out.length; i++) {
    const word = selected[i]!
    out[i] = choose(is(word), out[i]!, choose(mayBe(word), UNKNOWN, LEFT_OUT))
  }
}

function takeAway(out: Int32Array, present: Int32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = choose(is(present[i]!), out[i]!, ABSENT)
}
