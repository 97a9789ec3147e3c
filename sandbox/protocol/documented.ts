/** Fields that Meta documents and the sandbox has no value for are left out of an answer, as Meta leaves out what is empty. */

import { hasField, parametersOf } from '../catalog/catalog.js'
import { nonexistingField } from './errors.js'

/** @throws GraphError 100 for a name that is neither a field nor an edge of the type */
export function withoutValue(type: string, name: string): undefined {
  if (hasField(type, name) || parametersOf(type, 'GET', name) !== undefined) return undefined
  throw nonexistingField(name, type)
}

/**
 * The fields that were asked for, of a type without edges.
 * @param read how each is answered
 * @throws GraphError 100 for a name that is no field of the type
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
