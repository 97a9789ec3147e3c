/** What was found of many entities at once: the truths of `where` and `when` become verdicts, four entities at a time. */

import { VERDICT } from '../simulation/verdict.js'
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
  for (let i = 0; i < out.length; i++) {
    let verdicts = met === null ? TRUE : verdictsOf(met.words[i]!)
    if (selected !== null) {
      const word = selected.words[i]!
      verdicts = choose(is(word), verdicts, choose(mayBe(word), UNKNOWN, LEFT_OUT))
    }
    out[i] = present === null ? verdicts : choose(is(present.words[i]!), verdicts, ABSENT)
  }
}
