import { canonicalName } from './canonical.js'

/**
 * Whether a text is what a glob describes, as a whole: `*` stands for any characters, `?` for one, case counts, and white space
 * counts as one space. Takes time in proportion to the text times the pattern, whatever the pattern.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const characters = [...canonicalName(text)]
  const wanted = [...canonicalName(pattern)]
  let [at, next] = [0, 0]
  // Where the last star was, and how much of the text it has taken so far.
  let [star, taken] = [-1, 0]
  while (at < characters.length) {
    if (next < wanted.length && wanted[next] === '*') {
      star = next++
      taken = at
    } else if (next < wanted.length && (wanted[next] === '?' || wanted[next] === characters[at])) {
      at++
      next++
    } else if (star >= 0) {
      next = star + 1
      at = ++taken
    } else {
      return false
    }
  }
  while (wanted[next] === '*') next++
  return next === wanted.length
}
