/** Where text within `{ }` and `[ ]` ends to a person, who reads the braces of its placeholders as part of it. */

/** The innermost bracket that is open before `at`; null where there is none. Brackets in quotes are text. */
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
 * The offset behind the item that begins at `from`: it ends at a bracket that it does not open itself, and at a comma; within
 * `{ }` only at one that a key follows, for text has commas too.
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

/** Longer ones are shown by no hint. */
const LONGEST_FLOW = 1_000

/** What a list or map in brackets that begins at `from` leaves open, over its lines, which are further in than `column`. */
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
