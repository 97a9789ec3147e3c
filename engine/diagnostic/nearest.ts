/** Longer names are not compared: nobody misspells 64 letters by two. */
const LONGEST = 64

/**
 * The candidate that `name` was probably meant to be, or null where none is close: at most a third of its letters differ
 * (an insertion, a deletion, a replacement, or two neighbours swapped each count one), three at most. Case is a small difference.
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
    // A name of one or two letters is near to every other: only its case may differ.
    if (distance >= name.length) continue
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean …?`, or undefined where no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestName(name, candidates)
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
