/** Parses YAML past known traps, so that the text after a trap is read and checked too. */

import { type Document, parseDocument, type YAMLError } from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import type { SourceFile } from '../diagnostic/source.js'
import { quoteScalar } from '../text/quote.js'
import { slipBefore } from './slips/slip.js'
import { trapOfLine } from './yaml-pitfalls.js'

/** The most traps that are read past in one file; each costs one more parse. */
const MOST_TRAPS = 10

/**
 * If a fault is a known trap, its text is masked with quoted letters of the same length and the file is parsed again: what follows
 * is then read as if the trap were corrected, and every offset stays the same. `slip` is the person's mistake if the file cannot be
 * read past it.
 */
export function parsePastTraps(source: SourceFile): { document: Document; traps: readonly Fault[]; slip: Fault | null } {
  const traps: Fault[] = []
  let { text } = source
  for (;;) {
    const document = parse(text)
    const first = document.errors.reduce<YAMLError | null>(
      (one, other) => (one === null || other.pos[0] < one.pos[0] ? other : one),
      null,
    )
    if (first === null || traps.length >= MOST_TRAPS || first.code === 'MULTIPLE_DOCS') return { document, traps, slip: null }
    const { line } = source.place(first.pos[0])
    const found = slipBefore(source, text, line)
    const slip = found === null ? null : unmasked(source, found.fault, traps)
    if (found !== null && !found.isText) return { document, traps, slip }
    const masked = text.slice(source.startOfLine(first.pos[0]), source.endOfLine(first.pos[0]))
    const trap = [trapOfLine(source, line, masked), slip].find(
      (one) => one !== null && !traps.some(({ span }) => span.start === one.span.start),
    )
    if (trap === null || trap === undefined) return { document, traps, slip: null }
    const { start, end } = trap.span
    const isComma = text.slice(start, end) === ','
    if (end - start < 2 && !isComma) return { document, traps, slip: trap }
    text = `${text.slice(0, start)}${isComma ? ' ' : mask(traps.length, end - start)}${text.slice(end)}`
    traps.push(trap)
  }
}

/** Quoted private-use letters, which files do not contain; each trap has its own letter. */
const mask = (index: number, length: number): string => `"${String.fromCharCode(FIRST_MASK + index).repeat(length - 2)}"`
const FIRST_MASK = 0xe000

/** Replaces the masks in a hint by the masked text in quotes, as it should be written. */
function unmasked(source: SourceFile, fault: Fault, traps: readonly Fault[]): Fault {
  let { hint } = fault
  for (const [index, { span }] of traps.entries()) {
    const written = source.text.slice(span.start, span.end)
    if (written === ',') continue
    hint = hint?.replaceAll(mask(index, written.length), () => quoteScalar(written))
  }
  return hint === undefined ? fault : { ...fault, hint }
}

const parse = (text: string): Document =>
  parseDocument(text, {
    prettyErrors: false,
    // The library compares every key with every other; `checkNodes` finds duplicates in one pass.
    uniqueKeys: false,
    stringKeys: false,
    resolveKnownTags: false,
    merge: false,
    version: '1.2',
  })
