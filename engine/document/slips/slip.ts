/**
 * What a person did where YAML only says what its grammar missed. Looked for only in files that YAML can't read, for a line that
 * looks wrong to a person may be right to YAML; of several the first is reported, for what follows is mostly its echo.
 */

import type { Fault } from '../../diagnostic/fault.js'
import type { SourceFile } from '../../diagnostic/source.js'
import { linesOf } from './line.js'
import { markOfFile } from './marks.js'
import { Structure } from './structure.js'
import { slipOfValue } from './value.js'

export interface Slip {
  readonly fault: Fault
  /** Whether only text must be quoted, so that the rest of the file can be read past it. */
  readonly isText: boolean
}

/** The first slip up to `line`, where YAML stumbled over the text; null where nothing that is known. */
export function slipBefore(source: SourceFile, text: string, line: number): Slip | null {
  const mark = markOfFile(source)
  if (mark !== null) return { fault: mark, isText: false }
  const lines = linesOf(text)
  const structure = new Structure()
  for (let index = 0; index < lines.length; index++) {
    const here = lines[index]!
    const judged = structure.judge(here, lines.slice(index + 1, index + 40))
    if (judged.fault !== null) return { fault: judged.fault, isText: false }
    // Where the line below is wrong, YAML may stumble over the one above.
    if (here.number > line) return null
    if (judged.continues || here.value === '') continue
    const value = slipOfValue(here, lines.slice(index + 1, index + 500))
    if (value.fault !== null) return { fault: value.fault, isText: value.isText }
    index += value.taken
  }
  return null
}
