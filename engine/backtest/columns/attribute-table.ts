/** The values of an attribute for all entities of one scope, as of any day. */

import { dayNumberOf } from '../../clock/day.js'
import type { DatedValue } from '../../facts/dataset-source.js'
import { Unknown, type Value } from '../../value/value.js'
import type { Roll, Universe } from './entity-order.js'
import type { Moment } from './moment.js'

/** Values by the day from which they apply, ascending. */
interface Steps {
  readonly days: readonly number[]
  readonly values: readonly Value[]
}

const NOT_YET = new Unknown('the data does not have it yet')

export class AttributeTable {
  /** Whether the values are the same at every moment. */
  readonly isConstant: boolean
  readonly #values: Value[]
  readonly #steps: (Steps | null)[]
  readonly #changing: number[] = []

  constructor(
    private readonly attribute: string,
    universe: Universe,
    private readonly roll: Roll,
  ) {
    const { entities } = roll
    this.#values = entities.map((entity) => universe.facts.attribute(entity, attribute))
    this.#steps = entities.map(() => null)
    // An id never changes, even if the history has one.
    for (const [index, entity] of attribute === 'id' ? [] : entities.entries()) {
      const own = universe.own(entity)
      const history = own?.history?.[attribute]
      if (own?.since?.[attribute] === undefined && history === undefined) continue
      this.#changing.push(index)
      if (own?.since?.[attribute] === undefined && history !== undefined) this.#steps[index] = stepsOf(history)
    }
    this.isConstant = this.#changing.length === 0
  }

  /** Returns one value per entity of the roll. The list is reused at the next moment. */
  at({ facts, today }: Moment): readonly Value[] {
    for (const index of this.#changing) {
      const steps = this.#steps[index]!
      this.#values[index] = steps === null ? facts.attribute(this.roll.entities[index]!, this.attribute) : stepAt(steps, today)
    }
    return this.#values
  }
}

/** If a day has two values, the later one in the list counts. */
function stepsOf(history: readonly DatedValue[]): Steps {
  const sorted = history.map(({ day, value }) => ({ day: dayNumberOf(day), value })).sort((a, b) => a.day - b.day)
  return { days: sorted.map(({ day }) => day), values: sorted.map(({ value }) => value) }
}

function stepAt({ days, values }: Steps, today: number): Value {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (days[middle]! <= today) low = middle + 1
    else high = middle
  }
  return low === 0 ? NOT_YET : values[low - 1]!
}
