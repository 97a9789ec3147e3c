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
