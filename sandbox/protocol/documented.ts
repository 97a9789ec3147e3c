/** Documented fields without a value in the sandbox are omitted from a response, as Meta omits empty fields. */

import { hasField, parametersOf } from '../catalog/catalog.js'
import { nonexistingField } from './errors.js'

/** @throws GraphError 100 for a name that is neither a field nor an edge of the type */
export function withoutValue(type: string, name: string): undefined {
  if (hasField(type, name) || parametersOf(type, 'GET', name) !== undefined) return undefined
  throw nonexistingField(name, type)
}

/**
 * Returns the requested fields of a type without edges.
 * @param read returns the value of each field
 * @throws GraphError 100 for a name that is not a field of the type
 */
export function pickFields<A extends unknown[]>(
  type: string,
  names: readonly string[],
  read: Readonly<Record<string, (...about: A) => unknown>>,
  ...about: A
): Record<string, unknown> {
  const answer: Record<string, unknown> = {}
  for (const name of names) {
    const reader = Object.hasOwn(read, name) ? read[name] : undefined
    const value = reader === undefined ? withoutValue(type, name) : reader(...about)
    if (value !== undefined) answer[name] = value
  }
  return answer
}
