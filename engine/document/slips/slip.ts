/**
 * Finds the mistake behind a syntax error, which the parser reports only in the terms of its grammar. Used only on files that YAML
 * cannot read, because a line that looks wrong may be valid YAML. Only the first mistake is reported: later ones mostly follow from it.
 */

import type { Fault } from '../../diagnostic/fault.js'
import type { SourceFile } from '../../diagnostic/source.js'
import { linesOf } from './line.js'
import { markOfFile } from './marks.js'
import { Structure } from './structure.js'
import { slipOfValue } from './value.js'

export interface Slip {
  readonly fault: Fault
  /** Whether quoting the text corrects the mistake, so that the rest of the file can be read. */
  readonly isText: boolean
}

/** Returns the first known mistake up to `line`, where the parser failed; null if there is none. */
export function slipBefore(source: SourceFile, text: string, line: number): Slip | null {
  const mark = markOfFile(source)
  if (mark !== null) return { fault: mark, isText: false }
  const lines = linesOf(text)
  const structure = new Structure()
  for (let index = 0; index < lines.length; index++) {
    const here = lines[index]!
    const judged = structure.judge(here, lines.slice(index + 1, index + 40))
    if (judged.fault !== null) return { fault: judged.fault, isText: false }
    // The parser may fail on the line above the one that is wrong.
    if (here.number > line) return null
    if (judged.continues || here.value === '') continue
    const value = slipOfValue(here, lines.slice(index + 1, index + 500))
    if (value.fault !== null) return { fault: value.fault, isText: value.isText }
    index += value.taken
  }
  return null
}
