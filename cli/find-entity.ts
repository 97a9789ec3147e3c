import { nearestName } from '../engine/diagnostic/nearest.js'
import { printable } from '../engine/text/printable.js'
import type { FactEntity, Facts } from '../engine/facts/facts.js'
import type { Scope } from '../engine/rule/rule.js'
import { ExplainError } from './explanation.js'

/**
 * The entity that a person means by an id or a name: exactly so, else whatever its case.
 *
 * @throws ExplainError where there is none or are several, with what there is
 */
export function findEntity(facts: Facts, scope: Scope, word: string | undefined): FactEntity {
  const entities = facts.entities(scope)
  if (word === undefined) {
    if (scope === 'account') return entities[0]!
    throw new ExplainError(`say about which ${scope}: --entity with its id or its name`)
  }
  const fold = (text: string) => text.normalize('NFC').trim().replace(/\s+/g, ' ')
  const exact = entities.filter(
    ({ id, key, name }) => id === word || key === word || (name !== null && fold(name) === fold(word)),
  )
  const loose = entities.filter(({ name }) => name !== null && fold(name).toLowerCase() === fold(word).toLowerCase())
  const found = exact.length > 0 ? exact : loose
  const [only] = found
  if (found.length > 1) {
    const keys = found.slice(0, 5).map(({ id, key }) => id ?? key)
    throw new ExplainError(`${found.length} ${scope}s are called ${word}; name one by its id: ${keys.join(', ')}`)
  }
  if (only !== undefined) return only
  const near = nearestName(
    word,
    entities.flatMap(({ name }) => name ?? []),
  )
  const hint = near === null ? `the data has ${entities.length} ${scope}s` : `did you mean ${printable(near)}?`
  throw new ExplainError(`the data has no ${scope} ${word}; ${hint}`)
}
