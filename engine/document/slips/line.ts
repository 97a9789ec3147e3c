/** A line of a YAML file as a person sees it: its indentation, whether it begins with a dash, and its key. */

export interface Line {
  /** From 1. */
  readonly number: number
  /** Offset of its first letter in the file. */
  readonly start: number
  readonly text: string
  /** Column of the first character that is not a space, from 0. */
  readonly column: number
  /** Column of what follows its dashes; equal to `column` if there are none. */
  readonly inner: number
  /** The key before a colon; null if there is none. */
  readonly key: string | null
  /** The text after the key's colon or the dash, without a comment; the whole line if there is neither. */
  readonly value: string
  /** Column of `value`. */
  readonly valueColumn: number
}

const KEY = /^("[^"]*"|'[^']*'|[\p{L}_][\p{L}\p{N}_.-]*)[ \t]*:(?=\s|$)/u

export const hasDash = (line: Line): boolean => line.inner > line.column

/** Returns the lines of a file without empty lines, comments and the text under `|` or `>`. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  let block: number | null = null
  for (const [index, written] of text.split('\n').entries()) {
    const line = written.endsWith('\r') ? written.slice(0, -1) : written
    const read = readLine(line, index + 1, start)
    start += written.length + 1
    if (read === null || (block !== null && read.column > block)) continue
    block = /^[|>][-+\d]*$/.test(read.value) ? read.column : null
    lines.push(read)
  }
  return lines
}

function readLine(text: string, number: number, start: number): Line | null {
  const content = text.trim()
  if (content === '' || content.startsWith('#')) return null
  const column = text.search(/\S/)
  const dashes = /^(?:-[ \t]+)+|^-$/.exec(text.slice(column))?.[0].length ?? 0
  const inner = column + dashes
  const key = KEY.exec(text.slice(inner))
  const from = inner + (key === null ? 0 : key[0].length)
  const rest = text.slice(from)
  const lead = rest.length - rest.trimStart().length
  return {
    number,
    start,
    text,
    column,
    inner,
    key: key === null ? null : key[1]!.replace(/^["']|["']$/g, ''),
    value: withoutComment(rest.trimStart()).trimEnd(),
    valueColumn: from + lead,
  }
}

/** Removes a comment, which begins with ` #` outside of quotes. */
function withoutComment(text: string): string {
  let quote: string | null = null
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (quote !== null) {
      if (letter === quote) quote = null
    } else if ((letter === '"' || letter === "'") && (at === 0 || /[\s[{,:(]/.test(text[at - 1]!))) quote = letter
    else if (letter === '#' && (at === 0 || /\s/.test(text[at - 1]!))) return text.slice(0, at)
  }
  return text
}

export const spanOf = (line: Line, from: number, to: number): { start: number; end: number } => ({
  start: line.start + from,
  end: line.start + Math.max(from + 1, to),
})
