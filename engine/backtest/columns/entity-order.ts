/** A fixed order of the entities of each scope, so that their columns line up, and their parents as indexes. */

import type { DatasetEntity, EntityScope } from '../../facts/dataset-source.js'
import type { Dataset } from '../../facts/dataset.js'
import type { FactEntity, Facts } from '../../facts/facts.js'
import type { Scope } from '../../value/scope.js'

/** The entities of one scope: first those that the facts list, then those that only occur as owners of others. */
export interface Roll {
  readonly scope: Scope
  readonly entities: readonly FactEntity[]
  /** How many of them the facts list; rules apply to these. */
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

  /** @param facts as of any moment, since the entities are always the same */
  constructor(
    readonly dataset: Dataset,
    readonly facts: Facts,
  ) {
    // Done here because a roll must not grow after a column of its length was created.
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

  /** Returns for each entity of `scope` the index of its owner; -1 if the data does not name it. */
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

  /** Returns the dataset's entity; null for accounts, groups and entities that the dataset does not have. */
  own(entity: FactEntity): DatasetEntity | null {
    return isDatasetScope(entity.scope) ? this.dataset.find(entity.scope, entity.key) : null
  }

  /** Returns `own` for each entity of a scope. */
  owns(scope: Scope): readonly (DatasetEntity | null)[] {
    let found = this.#owns.get(scope)
    if (found === undefined) this.#owns.set(scope, (found = this.roll(scope).entities.map((entity) => this.own(entity))))
    return found
  }

  /** Returns the day number of the first row of each entity or of those under it; for one without rows, a day that never comes. */
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
