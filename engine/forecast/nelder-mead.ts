/** Minimises a function of a few parameters within a box: the simplex method of Nelder and Mead (1965), with bounded work. */

export interface Box {
  readonly start: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Size of the first simplex in each direction. */
  readonly reach: readonly number[]
}

/**
 * Returns the best point found. Deterministic. Points outside the box are moved onto its edge; a value that is not finite counts
 * as infinitely bad.
 *
 * @param evaluations about how often `f` may be called; the last round may exceed it by a few calls
 */
export function minimise(f: (point: readonly number[]) => number, box: Box, evaluations: number): readonly number[] {
  const size = box.start.length
  let left = evaluations
  const worth = (point: readonly number[]): number => {
    left--
    const value = f(point)
    return Number.isFinite(value) ? value : Infinity
  }
  const inside = (point: number[]): number[] => point.map((x, index) => Math.min(box.high[index]!, Math.max(box.low[index]!, x)))
  let simplex = [box.start, ...box.start.map((_, moved) => reached(moved))].map((point) => {
    const at = inside([...point])
    return { at, value: worth(at) }
  })
  function reached(moved: number): readonly number[] {
    return box.start.map((x, index) => {
      if (index !== moved) return x
      const next = x + box.reach[index]!
      return next > box.high[index]! ? x - box.reach[index]! : next
    })
  }
  const along = (centre: readonly number[], from: readonly number[], by: number): { at: number[]; value: number } => {
    const at = inside(centre.map((x, index) => x + by * (from[index]! - x)))
    return { at, value: worth(at) }
  }
  while (left > 0) {
    simplex.sort((one, other) => one.value - other.value)
    const [best, worst] = [simplex[0]!, simplex[size]!]
    if (worst.value - best.value <= 1e-7 * Math.abs(best.value)) break
    const centre = box.start.map((_, index) => {
      let sum = 0
      for (let vertex = 0; vertex < size; vertex++) sum += simplex[vertex]!.at[index]!
      return sum / size
    })
    const mirrored = along(centre, worst.at, -1)
    if (mirrored.value < best.value) {
      const further = along(centre, worst.at, -2)
      simplex[size] = further.value < mirrored.value ? further : mirrored
    } else if (mirrored.value < simplex[size - 1]!.value) simplex[size] = mirrored
    else {
      const nearer = along(centre, worst.at, mirrored.value < worst.value ? -0.5 : 0.5)
      if (nearer.value < Math.min(worst.value, mirrored.value)) simplex[size] = nearer
      else simplex = simplex.map((vertex, index) => (index === 0 ? vertex : along(best.at, vertex.at, 0.5)))
    }
  }
  return simplex.reduce((best, vertex) => (vertex.value < best.value ? vertex : best)).at
}
