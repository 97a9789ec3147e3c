import { canonicalName } from './canonical.js'

/**
 * Returns whether some text matches both globs, so that both may select the same entity. Takes time proportional to the product
 * of their lengths.
 */
export function globsOverlap(one: string, other: string): boolean {
  const [left, right] = [[...canonicalName(one)], [...canonicalName(other)]]
  // `reached[j]`: some text matches the left pattern so far and the first j characters of the right one.
  let reached = startOf(right)
  for (const letter of left) {
    const next: boolean[] = Array.from({ length: right.length + 1 }, () => false)
    next[0] = letter === '*' && reached[0]!
    for (let at = 1; at <= right.length; at++) {
      const wanted = right[at - 1]!
      const same = letter === wanted || letter === '?' || wanted === '?'
      if (letter === '*') next[at] = reached[at]! || next[at - 1]!
      else if (wanted === '*') next[at] = next[at - 1]! || reached[at]! || reached[at - 1]!
      else next[at] = same && reached[at - 1]!
      if (letter === '*' && wanted === '*') next[at] = next[at]! || reached[at - 1]!
    }
    reached = next
  }
  return reached[right.length]!
}

function startOf(right: readonly string[]): boolean[] {
  const reached = [true]
  for (const [at, letter] of right.entries()) reached.push(reached[at]! && letter === '*')
  return reached
}
