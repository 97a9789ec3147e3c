/** Finds the end of a text within `{ }` or `[ ]` as a person reads it, with the braces of placeholders as part of the text. */

/** Returns the innermost bracket that is open before `at`; null if there is none. Brackets in quotes do not count. */
export function bracketAround(line: string, at: number): string | null {
  const open: string[] = []
  let quote: string | null = null
  for (let index = 0; index < at; index++) {
    const letter = line[index]!
    if (quote !== null) {
      if (letter === quote) quote = null
    } else if ((letter === '"' || letter === "'") && /[\s[{,]/.test(line[index - 1] ?? ' ')) quote = letter
    else if (letter === '[' || letter === '{') open.push(letter)
    else if (letter === ']' || letter === '}') open.pop()
  }
  return open.at(-1) ?? null
}

/**
 * Returns the end of the item that begins at `from`. An item ends at a closing bracket that it did not open, or at a comma; within
 * `{ }` only at a comma that a key follows, because text may contain commas.
 */
export function endOfItem(line: string, from: number, bracket: string): number {
  let depth = 0
  let to = from
  for (; to < line.length; to++) {
    const letter = line[to]!
    if ('[{('.includes(letter)) depth++
    else if (']})'.includes(letter) && --depth < 0) break
    else if (letter === ',' && depth === 0 && (bracket === '[' || /^,\s*[a-z_]+\s*:(\s|$)/.test(line.slice(to)))) break
  }
  return from + line.slice(from, to).trimEnd().length
}

/** In characters. Hints show no longer ones. */
const LONGEST_FLOW = 1_000

/**
 * Returns the end of the list or map in brackets that begins at `from`, and its unclosed brackets. Its lines are indented more
 * than `column`.
 */
export function extentOfFlow(text: string, from: number, column: number): { end: number; open: string } {
  const open: string[] = []
  let quote: string | null = null
  let end = from
  const last = Math.min(text.length, from + LONGEST_FLOW)
  for (let at = from; at < last; at++) {
    const letter = text[at]!
    if (letter === '\n') {
      const next = /^[ \t]*/.exec(text.slice(at + 1, last))![0].length
      if (next <= column && !/[\]}]/.test(text[at + 1 + next] ?? '')) break
      continue
    }
    if (/\S/.test(letter)) end = at + 1
    if (quote !== null) {
      if (letter === quote) quote = null
    } else if ((letter === '"' || letter === "'") && /[\s[{,(]/.test(text[at - 1] ?? ' ')) quote = letter
    else if ('[{('.includes(letter)) open.push(letter)
    else if (']})'.includes(letter)) open.pop()
    if (open.length === 0) break
  }
  return { end, open: open.join('') }
}
