/** Lines that no YAML file has: a merge's marks, Markdown's, tabs and spaces of another kind. */

import type { Fault } from '../../diagnostic/fault.js'
import type { SourceFile } from '../../diagnostic/source.js'

/** The first of them, or null. They are reported whatever else is wrong. */
export function markOfFile(source: SourceFile): Fault | null {
  const lines = source.text.split('\n')
  let start = 0
  let tab: Fault | null = null
  for (const line of lines) {
    const fault = markOfLine(line, start)
    if (fault !== null) return fault
    const indent = /^[ \t]*/.exec(line)![0]
    if (tab === null && indent.includes('\t') && line.trim() !== '') {
      const others = lines.filter((other) => other !== line && /^ *\t\s*\S/.test(other)).length
      const hint = others === 0 ? 'use spaces' : `use spaces, here and in ${others} more line${others === 1 ? '' : 's'}`
      const span = { start: start + indent.indexOf('\t'), end: start + indent.length }
      tab = { code: 'yaml-tab', message: 'a tab does not indent in YAML', span, hint }
    }
    start += line.length + 1
  }
  return tab
}

function markOfLine(line: string, start: number): Fault | null {
  const span = { start, end: start + Math.max(1, line.trimEnd().length) }
  if (/^(<{7}|={7}|>{7}|\|{7})(\s|$)/.test(line)) {
    const hint = 'keep one of the two sides, and take the lines with `<<<<<<<`, `=======` and `>>>>>>>` out'
    return { code: 'merge-marker', message: 'a merge that was not finished left this mark', span, hint }
  }
  if (/^\s*(```|~~~)/.test(line)) {
    return { code: 'yaml-syntax', message: 'this mark is Markdown’s, and none of YAML', span, hint: 'take the line out' }
  }
  const spaces = /^[ \t]*[^\S \t\r\n\ufeff]+/.exec(line)
  if (spaces !== null && line.trim() !== '') {
    return {
      code: 'yaml-syntax',
      message: 'the line is indented by spaces of another kind, which do not indent in YAML',
      span: { start, end: start + spaces[0].length },
      hint: 'type plain spaces instead',
    }
  }
  return null
}
