/** A moment that is judged, with what is the same at it for all entities. */

import { dayNumberAt } from '../../clock/zone.js'
import type { WindowList } from '../../expression/evaluate/evaluate.js'
import type { WindowedFacts } from '../../facts/facts-of-dataset.js'
import type { WindowRange } from '../../metric/window.js'

export interface Moment {
  readonly facts: WindowedFacts
  readonly today: number
  /** Of the windows that were collected. */
  readonly ranges: readonly WindowRange[]
}

export const momentOf = (facts: WindowedFacts, windows: WindowList): Moment => ({
  facts,
  today: dayNumberAt(facts.at, facts.account.timezone),
  ranges: windows.rangesAt(facts),
})

/** A step of the evaluation. What it returns is its own and holds until the next moment. */
export type Node<T> = (moment: Moment) => T

/** Works the answer out once a moment, however many conditions share it. */
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

/** Works the answer out once and for all. */
export function onceForAll<T>(work: Node<T>): Node<T> {
  let known: { readonly answer: T } | null = null
  return (moment) => (known ??= { answer: work(moment) }).answer
}
