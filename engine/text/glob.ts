import { canonicalName } from './canonical.js'

/**
 * Returns whether a whole text matches a glob: `*` is any characters, `?` is one, case counts, and any run of white space is one
 * space. Takes time proportional to the length of the text times that of the pattern.
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
