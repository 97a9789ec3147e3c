/** Lines that no valid file contains: conflict markers, Markdown fences, tabs, and spaces that YAML does not accept as indentation. */

import type { Fault } from '../../diagnostic/fault.js'
import type { SourceFile } from '../../diagnostic/source.js'

/** Returns the first such line's fault, or null. It is reported whatever else is wrong. */
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
      tab = { code: 'yaml-tab', message: 'YAML does not allow tabs as indentation', span, hint }
    }
    start += line.length + 1
  }
  return tab
}

function markOfLine(line: string, start: number): Fault | null {
  const span = { start, end: start + Math.max(1, line.trimEnd().length) }
  if (/^(<{7}|={7}|>{7}|\|{7})(\s|$)/.test(line)) {
    const hint = 'keep one of the two sides, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`'
    return { code: 'merge-marker', message: 'this conflict marker is left from an unfinished merge', span, hint }
  }
  if (/^\s*(```|~~~)/.test(line)) {
    return { code: 'yaml-syntax', message: 'this is Markdown, not YAML', span, hint: 'remove the line' }
  }
  const spaces = /^[ \t]*[^\S \t\r\n\ufeff]+/.exec(line)
  if (spaces !== null && line.trim() !== '') {
    return {
      code: 'yaml-syntax',
      message: 'the line is indented with a kind of space that YAML does not accept',
      span: { start, end: start + spaces[0].length },
      hint: 'use plain spaces',
    }
  }
  return null
}
