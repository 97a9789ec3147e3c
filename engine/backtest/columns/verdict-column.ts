/** What was found of many entities at once: the truths of `where` and `when` become verdicts, four entities at a time. */

import { VERDICT } from '../../simulation/verdict.js'
import { is, LOW_BITS, mayBe, type Truths } from './truths.js'

interface Found {
  /** Whether the data has the entity at this moment; null where it has all. */
  readonly present: Truths | null
  /** What `where` says; null without one. */
  readonly selected: Truths | null
  /** What `when` says; null without one. */
  readonly met: Truths | null
}

/** Puts the same verdict into each of four bytes. */
const fourOf = (verdict: number): number => verdict * LOW_BITS

/** In each byte the one or the other, as the byte of `ones` is 1 or 0. */
function choose(ones: number, one: number, other: number): number {
  const mask = Math.imul(ones, 0xff)
  return (one & mask) | (other & ~mask)
}

const ABSENT = fourOf(VERDICT.absent)
const LEFT_OUT = fourOf(VERDICT.leftOut)
const UNKNOWN = fourOf(VERDICT.unknown)
const TRUE = fourOf(VERDICT.true)

/** Of the three exactly one is 1 in each byte. */
function verdictsOf(truths: number): number {
  const isTrue = is(truths)
  const isUnknown = mayBe(truths) ^ isTrue
  const isFalse = mayBe(truths) ^ LOW_BITS
  return isTrue * VERDICT.true + isUnknown * VERDICT.unknown + isFalse * VERDICT.false
}

/** @param out verdicts by the places of the truths, of as many as it has room for */
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
