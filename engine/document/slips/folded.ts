/** Finds text over several lines that YAML folds into one although a list was meant. It is valid YAML, but always a mistake. */

import type { Fault } from '../../diagnostic/fault.js'
import type { SourceFile } from '../../diagnostic/source.js'

export function slipOfFolded(source: SourceFile, range: readonly number[] | null | undefined): Fault | null {
  const [from, to] = range ?? [0, 0]
  const written = source.text.slice(from, to)
  const found = /\n([ \t]*)-[ \t]+\S.*/.exec(written)
  if (found === null) return null
  const start = from! + found.index + 1
  const span = { start, end: start + found[0].length - 1 }
  const above = source.line(source.place(from!).line)
  const dash = /^[ \t]*-[ \t]/.exec(above) === null ? null : above.search(/\S/)
  const key = /^\s*([\w]+)\s*:/.exec(above)?.[1]
  if (dash === null && key === undefined) {
    const words = written.slice(0, written.indexOf('\n')).trim()
    const place = { start: from!, end: from! + words.length }
    return { code: 'yaml-syntax', message: 'a dash is missing before this item', span: place, hint: `write \`- ${words}\`` }
  }
  if (dash === null) {
    const hint = 'put the value into the list, or remove one of the two'
    return { code: 'yaml-syntax', message: `\`${key!}\` has a value already, and a list below`, span, hint }
  }
  const isOdd = dash % 2 === 1 && found[1]!.length % 2 === 0
  if (isOdd) {
    const place = { start: source.startOfLine(from!), end: from! + written.indexOf('\n') }
    const count = found[1]!.length - dash
    const few = `this line has ${count} space${count === 1 ? '' : 's'} too few in front`
    return { code: 'yaml-syntax', message: few, span: place, hint: `give it ${found[1]!.length}, as the dash below has` }
  }
  const more = found[1]!.length - dash
  const message = `this line has ${more} space${more === 1 ? '' : 's'} too many in front`
  return { code: 'yaml-syntax', message, span, hint: `give it ${dash}, as the dash above has` }
}
