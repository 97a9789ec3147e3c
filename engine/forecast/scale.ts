/** Scales on which models see a series: unchanged, or compressed for series in which large values vary more than small ones. */

import type { Paths, Task } from './member.js'

export interface Scale {
  readonly name: 'level' | 'root' | 'log'
  to(value: number): number
  back(value: number): number
}

export const LEVEL: Scale = { name: 'level', to: (value) => value, back: (value) => value }

/** For counts and other values that are never negative. */
export const ROOT: Scale = {
  name: 'root',
  to: (value) => Math.sqrt(Math.max(0, value)),
  back: (value) => (value > 0 ? value * value : 0),
}

/**
 * For values that are never negative. If some are zero, the smallest positive value is added to all. Values on the way back are
 * limited to four times the largest, so that no path grows without bound.
 */
export function logScale(values: Float64Array): Scale {
  let [smallest, largest, hasZero] = [Infinity, 0, false]
  for (const value of values) {
    if (value === 0) hasZero = true
    else if (value > 0) smallest = Math.min(smallest, value)
    if (value > largest) largest = value
  }
  const moved = hasZero ? smallest : 0
  const top = Math.log(largest * 4 + moved)
  return {
    name: 'log',
    to: (value) => Math.log(Math.max(value, 0) + moved),
    back: (value) => Math.max(0, Math.exp(Math.min(value, top)) - moved),
  }
}

export const onScale = (task: Task, scale: Scale): Task => ({ ...task, values: task.values.map((value) => scale.to(value)) })

/** Converts paths back to the series' scale. The spread becomes half the distance from one standard deviation down to one up. */
export function fromScale({ paths, spread }: Paths, scale: Scale): Paths {
  if (scale.name === 'level') return { paths, spread }
  const last = paths.at(-1)!
  return {
    paths: paths.map((path) => path.map((value) => scale.back(value))),
    spread: spread && spread.map((sd, h) => (scale.back(last[h]! + sd) - scale.back(last[h]! - sd)) / 2),
  }
}
