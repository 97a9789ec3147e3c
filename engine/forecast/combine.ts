/**
 * Combines several forecasts into one: at each step the weighted median of all members, so that a few members that overreact to
 * an odd last value change little. The smaller a member's recent error on this series, the larger its weight.
 */

import { errorConfidence } from './error-confidence.js'
import type { Member } from './member.js'

/** The weight is the inverse error to this power: a model with twice the error gets a sixty-fourth of the weight. */
const SHARPNESS = 6

export interface Combined {
  readonly members: readonly { readonly name: string; readonly weight: number }[]
  /** For each origin, the weighted median of the members' paths. */
  readonly paths: readonly Float64Array[]
  /** Weighted median of the spreads of those members that have one; null if no member has. */
  readonly spread: Float64Array | null
}

/**
 * Returns the combination, with weights that sum to one and the heaviest member first. `members` must not be empty, and all
 * must have the same origins.
 *
 * @param seasons how many seasons of history are known
 */
export function combine(members: readonly Member[], values: Float64Array, origins: readonly number[], seasons: number): Combined {
  const sharpness = SHARPNESS * errorConfidence(seasons)
  const judged = members.map((member, index) => ({ member, index, error: meanError(member, values, origins) }))
  const ranked = judged.sort((one, other) => one.error - other.error || one.index - other.index)
  const least = ranked[0]!.error
  const raw = ranked.map(({ error }) => (error === least ? 1 : (least / error) ** sharpness))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  const weighted = ranked.map(({ member }, index) => ({ member, weight: raw[index]! / total })).filter(({ weight }) => weight > 0)
  const spreads = weighted.flatMap(({ member: { spread }, weight }) => (spread === null ? [] : [{ path: spread, weight }]))
  return {
    members: weighted.map(({ member: { name }, weight }) => ({ name, weight })),
    paths: origins.map((_, origin) => medianOf(weighted.map(({ member, weight }) => ({ path: member.paths[origin]!, weight })))),
    spread: spreads.length === 0 ? null : medianOf(spreads),
  }
}

interface Part {
  readonly path: Float64Array
  readonly weight: number
}

/**
 * Returns, step by step, the value with half of the weight on either side. Each value sits in the middle of its own weight, with
 * linear interpolation in between, so that a small change of the weights moves the median only a little.
 */
function medianOf(parts: readonly Part[]): Float64Array {
  const half = parts.reduce((sum, { weight }) => sum + weight, 0) / 2
  return parts[0]!.path.map((_, step) => {
    const sorted = parts.map(({ path, weight }) => ({ value: path[step]!, weight })).sort((one, other) => one.value - other.value)
    let [passed, middleBefore, before] = [0, -Infinity, sorted[0]!.value]
    for (const { value, weight } of sorted) {
      const middle = passed + weight / 2
      if (middle >= half) {
        const share = middleBefore === -Infinity ? 0 : (half - middleBefore) / (middle - middleBefore)
        return before + share * (value - before)
      }
      ;[passed, middleBefore, before] = [passed + weight, middle, value]
    }
    return before
  })
}

/** Returns the mean absolute error over all steps of all origins whose actual value is known; 0 if there is none. */
function meanError({ paths }: Member, values: Float64Array, origins: readonly number[]): number {
  let [sum, count] = [0, 0]
  for (const [index, origin] of origins.entries()) {
    const path = paths[index]!
    for (let h = 0; h < path.length && origin + h < values.length; h++) {
      const error = Math.abs(values[origin + h]! - path[h]!)
      if (Number.isNaN(error)) continue
      sum += error
      count++
    }
  }
  return count === 0 ? 0 : sum / count
}
