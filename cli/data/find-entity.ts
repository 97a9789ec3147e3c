import { nearestName } from '../../engine/diagnostic/nearest.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { isSameName } from '../../engine/text/canonical.js'
import { printable } from '../../engine/text/printable.js'
import type { Scope } from '../../engine/value/scope.js'
import { pathAbove, pathOf } from '../base/entity-path.js'
import { ExplainError } from './explanation.js'

/** An entity's id with its path. */
function idWithPath(facts: Facts, entity: FactEntity): string {
  const path = pathAbove(facts, entity)
  return path === '' ? entity.id! : `${entity.id} (${path})`
}

/**
 * Finds an entity by its id, its name (exact first, then ignoring case) or its path.
 *
 * @throws ExplainError if none or several match; the message lists candidates
 */
export function findEntity(facts: Facts, scope: Scope, word: string | undefined): FactEntity {
  const entities = facts.entities(scope)
  if (word === undefined) {
    if (scope === 'account') return entities[0]!
    throw new ExplainError(`name the ${scope} with --entity, by its id or name`)
  }
  const exact = entities.filter(({ id, key, name }) => id === word || key === word || (name !== null && isSameName(name, word)))
  const loose = entities.filter(({ name }) => name !== null && isSameName(name.toLowerCase(), word.toLowerCase()))
  const byPath = (): FactEntity[] => entities.filter((entity) => isSameName(pathOf(facts, entity), word))
  const found = exact.length > 0 ? exact : loose.length > 0 ? loose : byPath()
  const [only] = found
  if (found.length > 1) {
    const some = found
      .slice(0, 5)
      .map((entity) => (entity.id === null ? `"${pathOf(facts, entity)}"` : idWithPath(facts, entity)))
    throw new ExplainError(`${found.length} ${scope}s are called ${word}; use --entity with one of: ${some.join(', ')}`)
  }
  if (only !== undefined) return only
  const near = nearestName(
    word,
    entities.flatMap(({ name }) => name ?? []),
  )
  const hint = near === null ? `the data has ${entities.length} ${scope}s` : `did you mean ${printable(near)}?`
  throw new ExplainError(`the data has no ${scope} ${word}; ${hint}`)
}
