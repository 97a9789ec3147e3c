/** A moment of the evaluation, with everything that is the same for all entities. */

import { dayNumberAt } from '../../clock/zone.js'
import type { WindowList } from '../../expression/evaluate/evaluate.js'
import type { WindowedFacts } from '../../facts/facts-of-dataset.js'
import type { WindowRange } from '../../metric/window.js'

export interface Moment {
  readonly facts: WindowedFacts
  readonly today: number
  /** The ranges of the collected windows. */
  readonly ranges: readonly WindowRange[]
}

export const momentOf = (facts: WindowedFacts, windows: WindowList): Moment => ({
  facts,
  today: dayNumberAt(facts.at, facts.account.timezone),
  ranges: windows.rangesAt(facts),
})

/** A node of the evaluation. What it returns must not be changed, and is valid until the next moment. */
export type Node<T> = (moment: Moment) => T

/** Computes the result once per moment, however many conditions share it. */
export function oncePerMoment<T>(work: Node<T>): Node<T> {
  let last: Moment | null = null
  let answer: T
  return (moment) => {
    if (last !== moment) {
      answer = work(moment)
      last = moment
    }
    return answer
  }
}

/** Computes the result once for all moments. */
export function onceForAll<T>(work: Node<T>): Node<T> {
  let known: { readonly answer: T } | null = null
  return (moment) => (known ??= { answer: work(moment) }).answer
}
