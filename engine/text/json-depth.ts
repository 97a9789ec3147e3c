/** JSON from outside is measured before it is parsed: what walks a value by recursion must not run out of stack on it. */

/** Deeper than anything that is sent to us; whatever is deeper is refused. */
export const DEEPEST_JSON = 64

/** Whether arrays and objects are nested deeper than `most`. Reads brackets outside of texts only, and builds nothing. */
export function isDeeperThan(text: string, most: number): boolean {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inText) {
      if (character === '\\') index++
      else if (character === '"') inText = false
    } else if (character === '"') inText = true
    else if ((character === '[' || character === '{') && ++depth > most) return true
    else if (character === ']' || character === '}') depth--
  }
  return false
}
