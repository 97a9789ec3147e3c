/** The entities of each scope in a settled order, so that columns of them line up, and who is above whom as indexes. */

import type { DatasetEntity, EntityScope } from '../../facts/dataset-source.js'
import type { Dataset } from '../../facts/dataset.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import type { Scope } from '../../value/scope.js'

/** One scope: its entities as the facts list them, and behind these those that are only ever asked of as owners. */
export interface Roll {
  readonly scope: Scope
  readonly entities: readonly FactEntity[]
  /** How many of them the facts list; a rule looks at these. */
  readonly listed: number
}

interface GrowingRoll extends Roll {
  readonly entities: FactEntity[]
}

export class Universe {
  readonly #rolls = new Map<Scope, GrowingRoll>()
  readonly #places = new Map<Scope, Map<string, number>>()
  readonly #owners = new Map<string, Int32Array>()
  readonly #owns = new Map<Scope, readonly (DatasetEntity | null)[]>()
  readonly #firstDays = new Map<Scope, Int32Array>()

  /** @param facts as of any moment: their entities are the same at every one */
  constructor(
    readonly dataset: Dataset,
    readonly facts: Facts,
  ) {
    // Now, so that a roll never grows once a column of its length was made.
    for (const scope of ['adset', 'ad'] as const) for (const owner of ['campaign', 'adset'] as const) this.owners(scope, owner)
  }

  roll(scope: Scope): Roll {
    return this.#roll(scope)
  }

  #roll(scope: Scope): GrowingRoll {
    let roll = this.#rolls.get(scope)
    if (roll === undefined) {
      const entities = [...this.facts.entities(scope)]
      this.#rolls.set(scope, (roll = { scope, entities, listed: entities.length }))
      this.#places.set(scope, new Map(entities.map(({ key }, index) => [key, index])))
    }
    return roll
  }

  /** For each entity of `scope` the place of its owner, or -1 where the data names none. */
  owners(scope: Scope, owner: Scope): Int32Array {
    const key = `${scope}/${owner}`
    let found = this.#owners.get(key)
    if (found === undefined) {
      found = Int32Array.from(this.roll(scope).entities, (entity) => this.#placeOf(owner, this.facts.owner(entity, owner)))
      this.#owners.set(key, found)
    }
    return found
  }

  #placeOf(scope: Scope, entity: FactEntity | null): number {
    if (entity === null) return -1
    const { entities } = this.#roll(scope)
    const places = this.#places.get(scope)!
    const known = places.get(entity.key)
    if (known !== undefined) return known
    places.set(entity.key, entities.length)
    return entities.push(entity) - 1
  }

  /** The dataset's own entity; null for an account, and for a scope that the dataset does not have. */
  own(entity: FactEntity): DatasetEntity | null {
    return isDatasetScope(entity.scope) ? this.dataset.find(entity.scope, entity.key) : null
  }

  /** Of each entity of a scope what `own` says. */
  owns(scope: Scope): readonly (DatasetEntity | null)[] {
    let found = this.#owns.get(scope)
    if (found === undefined) this.#owns.set(scope, (found = this.roll(scope).entities.map((entity) => this.own(entity))))
    return found
  }

  /** Day numbers of the first row of each entity, or of what is under it; of one without any rows a day that never comes. */
  firstDays(scope: Scope): Int32Array {
    let found = this.#firstDays.get(scope)
    if (found === undefined) {
      found = Int32Array.from(this.roll(scope).entities, (entity, place) =>
        firstDayOf(this.dataset, entity, this.owns(scope)[place]!),
      )
      this.#firstDays.set(scope, found)
    }
    return found
  }
}

const NEVER = 2_147_483_647
const EVER = -2_147_483_648

const isDatasetScope = (scope: Scope): scope is EntityScope => scope !== 'account' && scope !== 'group'

function firstDayOf(dataset: Dataset, { scope }: FactEntity, own: DatasetEntity | null): number {
  if (!isDatasetScope(scope)) return EVER
  let first = NEVER
  for (const { since } of dataset.dayRows(own)) first = Math.min(first, since)
  return first
}
