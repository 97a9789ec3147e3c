/** One forecast of several: the members that erred least on this very series lately, weighted by how little. */

import type { Member } from './member.js'

/** More than these add noise; measured on halves of public sets, three to eight differ little. */
const MOST_MEMBERS = 5
/** Weights go with the inverse error to this power: a model that is twice as bad counts a sixteenth. */
const SHARPNESS = 4

export interface Combined {
  readonly members: readonly { readonly name: string; readonly weight: number }[]
  /** For each origin; weighted means of the members' paths. */
  readonly paths: readonly Float64Array[]
  /** Weighted mean of the spreads of members that have one; null where none has. */
  readonly spread: Float64Array | null
}

/** `members` is not empty, and all are of the same origins. Their weights sum to one, the heaviest comes first. */
export function combine(members: readonly Member[], values: Float64Array, origins: readonly number[]): Combined {
  const judged = members.map((member, index) => ({ member, index, error: meanError(member, values, origins) }))
  const chosen = judged.sort((one, other) => one.error - other.error || one.index - other.index).slice(0, MOST_MEMBERS)
  const least = chosen[0]!.error
  const raw = chosen.map(({ error }) => (error === least ? 1 : (least / error) ** SHARPNESS))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  const weighted = chosen.map(({ member }, index) => ({ member, weight: raw[index]! / total })).filter(({ weight }) => weight > 0)
  const paths = members[0]!.paths.map((path, origin) =>
    sumOf(
      weighted.map(({ member, weight }) => [member.paths[origin]!, weight]),
      path.length,
    ),
  )
  const spreading = weighted.filter(({ member }) => member.spread !== null)
  const share = spreading.reduce((sum, { weight }) => sum + weight, 0)
  const horizon = paths.at(-1)!.length
  return {
    members: weighted.map(({ member: { name }, weight }) => ({ name, weight })),
    paths,
    spread:
      share === 0
        ? null
        : sumOf(
            spreading.map(({ member, weight }) => [member.spread!, weight / share]),
            horizon,
          ),
  }
}

function sumOf(parts: readonly (readonly [Float64Array, number])[], length: number): Float64Array {
  const sum = new Float64Array(length)
  for (const [part, weight] of parts) for (let h = 0; h < length; h++) sum[h]! += weight * part[h]!
  return sum
}

/** Mean absolute error over all steps of all origins that are known by now; 0 where none is. */
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
