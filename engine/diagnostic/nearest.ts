import { synonymOf } from './synonyms.js'

/** Longer names are not compared: nobody misspells only two of 64 letters. */
const LONGEST = 64

/**
 * Returns the candidate that `name` was probably meant to be, or null if none is close: at most a third of its letters differ
 * (an insertion, a deletion, a replacement, or two neighbours swapped each count one), three at most. Case is a small difference.
 * An opposite is never returned (`unpause` does not mean `pause`), nor a name of up to three letters with another letter (`cpl`, `cpc`).
 */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  if (name.length === 0 || name.length > LONGEST) return null
  const limit = Math.min(3, Math.max(1, Math.floor(name.length / 3)))
  let best: string | null = null
  let bestDistance = limit + 0.5
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit || candidate === name) continue
    const same = candidate.toLowerCase() === name.toLowerCase()
    const distance = same ? 0.5 : editDistance(name.toLowerCase(), candidate.toLowerCase())
    // A name of one or two letters is close to every other one, so only its case may differ.
    if (distance >= name.length) continue
    if (distance >= 1 && (isOpposite(name, candidate) || isOtherShortWord(name, candidate))) continue
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

const NEGATION = /^(un|dis|de|in|non|not|no|anti)[_-]?/i

/** Whether one is the other with `un-`, `in-`, `dis-` or the like in front: `inactive` and `ACTIVE`. */
function isOpposite(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const prefix = NEGATION.exec(long)?.[0]
  return prefix !== undefined && long.slice(prefix.length).toLowerCase() === short.toLowerCase()
}

const LONGEST_SHORT = 3

/** Whether two short names differ by more than the order of their letters: each letter of an abbreviation has a meaning. */
function isOtherShortWord(name: string, candidate: string): boolean {
  if (name.length > LONGEST_SHORT || candidate.length !== name.length) return false
  const sorted = (word: string): string => [...word.toLowerCase()].sort().join('')
  return sorted(name) !== sorted(candidate)
}

/** Returns the hint `did you mean …?`, or undefined if no candidate is a synonym or a similar name. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates]
  const nearest = synonymOf(name, all) ?? nearestName(name, all)
  return nearest === null ? undefined : `did you mean \`${nearest}\`?`
}

/** Damerau–Levenshtein distance, its restricted form (optimal string alignment). */
export function editDistance(left: string, right: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const replaced = left[row - 1] === right[column - 1] ? 0 : 1
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + replaced)
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[right.length]!
}
