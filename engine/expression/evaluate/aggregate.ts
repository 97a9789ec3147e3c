/**
 * `count()`, `sum(x)`, `mean(x)`, `rank(x)` and `percentile(x)` over the entities that `where` selected.
 *
 * An unknown entity makes the result unknown unless it can't change it: in a sum, an entity that may or may not be selected but
 * whose x is zero; in a rank, one that is certainly not above.
 */

import type { FactEntity, Facts } from '../../facts/facts.js'
import { AtLeast, Unknown, type Value } from '../../value/value.js'
import type { AggregateFunction } from '../syntax.js'
import { add, divide } from './arithmetic.js'
import { order } from './comparison.js'
import type { Selection } from './selection.js'

/** The values of x for a set of entities. */
export interface AggregateValues {
  readonly selected: readonly Value[]
  /** The values of entities that may or may not be selected. */
  readonly doubtful: readonly Value[]
}

/** Returns the members of a selection by campaign, without those whose campaign is not known. */
export function membersInCampaign(selection: Selection, facts: Facts): ReadonlyMap<string, Selection> {
  const members = new Map<string, { selected: FactEntity[]; doubtful: FactEntity[] }>()
  for (const kind of ['selected', 'doubtful'] as const) {
    for (const entity of selection[kind]) {
      const campaign = facts.owner(entity, 'campaign')
      if (campaign === null) continue
      let own = members.get(campaign.key)
      if (own === undefined) members.set(campaign.key, (own = { selected: [], doubtful: [] }))
      own[kind].push(entity)
    }
  }
  return members
}

/** Returns a function from a member's own x to the result. What is the same for all members is computed only once, here. */
export function aggregateOver(name: AggregateFunction, values: AggregateValues): (own: Value) => Value {
  switch (name) {
    case 'count': {
      const { selected, doubtful } = values
      const count = doubtful.length > 0 ? doubt(doubtful.length) : selected.length
      return () => count
    }
    case 'sum': {
      const total = sum(values)
      return () => total
    }
    case 'mean': {
      const mean = meanOf(values)
      return () => mean
    }
    case 'rank': {
      const others = new Others(values)
      return (own) => others.rank(own)
    }
    case 'percentile': {
      const others = new Others(values)
      return (own) => others.percentile(own)
    }
  }
}

const doubt = (count: number): Unknown =>
  new Unknown(
    `of ${count} ${count === 1 ? 'entity' : 'entities'} it is unknown whether \`where\` selects ${count === 1 ? 'it' : 'them'}`,
  )

function sum({ selected, doubtful }: AggregateValues): Value {
  const matter = doubtful.filter((value) => value !== 0)
  if (matter.length > 0) return doubt(matter.length)
  const missing = firstUnknown(selected)
  if (missing !== null) return missing
  return selected.reduce<Value>((total, value) => add(total, value), 0)
}

function meanOf({ selected, doubtful }: AggregateValues): Value {
  if (doubtful.length > 0) return doubt(doubtful.length)
  const total = sum({ selected, doubtful })
  return selected.length === 0 ? new Unknown('nothing was selected') : divide(total, selected.length, null)
}

function firstUnknown(values: readonly Value[]): Unknown | null {
  const unknown = values.filter((value) => value instanceof Unknown)
  const [first] = unknown
  if (first === undefined) return null
  return values.length === 1
    ? first
    : new Unknown(`of ${unknown.length} of ${values.length} entities it is not known: ${first.reason}`)
}

const UNORDERED = new Unknown('the order is not known yet: a cost without results is only known to be at least the spend')

/** The values of all members, sorted, to rank one of them. */
class Others {
  readonly #missing: Unknown | null
  readonly #count: number
  /** Ascending. */
  readonly #numbers: readonly number[]
  readonly #bounds: readonly number[]
  readonly #doubtful: number
  /** The greatest value of a doubtful entity; infinite if one of them has no known value. */
  readonly #doubtfulMost: number

  constructor({ selected, doubtful }: AggregateValues) {
    this.#missing = firstUnknown(selected)
    this.#count = selected.length
    this.#numbers = selected.filter((value) => typeof value === 'number').sort((a, b) => a - b)
    this.#bounds = selected.flatMap((value) => (value instanceof AtLeast ? [value.bound] : []))
    this.#doubtful = doubtful.length
    this.#doubtfulMost = doubtful.reduce<number>(
      (most, value) => Math.max(most, typeof value === 'number' ? value : Infinity),
      -Infinity,
    )
  }

  /** Returns 1 plus the number of values above `own`. */
  rank(own: Value): Value {
    if (own instanceof Unknown) return own
    if (this.#missing !== null) return this.#missing
    const least = own instanceof AtLeast ? own.bound : (own as number)
    if (this.#doubtfulMost === Infinity || order(this.#doubtfulMost, least) > 0) return doubt(this.#doubtful)
    const above = this.#above(least)
    if (own instanceof AtLeast) return above > 0 || this.#bounds.length > 1 ? UNORDERED : 1
    const surelyAbove = this.#bounds.filter((bound) => order(bound, least) > 0).length
    return surelyAbove < this.#bounds.length ? UNORDERED : 1 + above + surelyAbove
  }

  /** Returns the share of the other values that are below `own`. */
  percentile(own: Value): Value {
    if (own instanceof Unknown) return own
    if (this.#doubtful > 0) return doubt(this.#doubtful)
    if (this.#missing !== null) return this.#missing
    if (this.#count < 2) return new Unknown('there is nothing to compare it with')
    const least = own instanceof AtLeast ? own.bound : (own as number)
    const below = this.#below(least)
    if (own instanceof AtLeast) {
      if (below < this.#numbers.length || this.#bounds.length > 1) return UNORDERED
    } else if (this.#bounds.some((bound) => order(bound, least) < 0)) return UNORDERED
    return below / (this.#count - 1)
  }

  #above(value: number): number {
    return this.#numbers.length - this.#firstWhere((other) => order(other, value) > 0)
  }

  #below(value: number): number {
    return this.#firstWhere((other) => order(other, value) >= 0)
  }

  #firstWhere(holds: (other: number) => boolean): number {
    let [low, high] = [0, this.#numbers.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (holds(this.#numbers[middle]!)) high = middle
      else low = middle + 1
    }
    return low
  }
}
