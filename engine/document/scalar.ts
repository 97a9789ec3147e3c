/** Converts offsets in a scalar's value to offsets in the file. They differ because of quotes, escapes and folded lines. */

import type { Scalar } from 'yaml'

import type { Fault } from '../diagnostic/fault.js'
import type { YamlNode } from './yaml-file.js'

/** Moves faults found in a scalar's text to the place of that text in the file. */
export function moveFaults(faults: readonly Fault[], node: YamlNode, value: string, text: string): readonly Fault[] {
  if (faults.length === 0) return faults
  const offsetOf = offsetsOf(node, value, text)
  return faults.map((fault) => {
    const start = offsetOf(fault.span.start)
    return { ...fault, span: { start, end: Math.max(start + 1, offsetOf(fault.span.end)) } }
  })
}

function offsetsOf(node: YamlNode, value: string, text: string): (offset: number) => number {
  const [from, to] = node.range ?? [0, 0]
  const written = text.slice(from, to)
  const type = (node as Scalar).type
  const lead = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE' ? 1 : 0
  if (written.slice(lead, lead + value.length) === value) return (offset) => from + lead + Math.min(offset, value.length)

  // Finds each letter of the value in the file, skipping what the value lacks: an escape's backslash, a line's indentation.
  const offsets: number[] = []
  let at = type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL' ? Math.max(0, written.indexOf('\n')) : lead
  for (const letter of value.split('')) {
    const found = letter === ' ' || letter === '\n' ? at : written.indexOf(letter, at)
    // The letter of an escape such as \u0131 is not found, so the position stays where it is.
    if (found >= 0 && found - at < 80) at = found
    offsets.push(from + at)
    at = Math.min(at + 1, written.length)
  }
  offsets.push(Math.min(to, from + at))
  return (offset) => offsets[Math.min(offset, offsets.length - 1)]!
}
