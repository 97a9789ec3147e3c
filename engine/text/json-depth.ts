/** Checks how deeply JSON from outside is nested before it is parsed, so that recursive code does not run out of stack. */

/** The most levels that are accepted; no valid input from Meta or a user is nested deeper. */
export const DEEPEST_JSON = 64

/** Returns whether arrays and objects are nested deeper than `most`. It counts the brackets outside of strings and does not parse. */
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
