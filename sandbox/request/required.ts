/** Required parameters. */

import { GraphError, invalidParameter } from '../protocol/errors.js'
import { type Parameters, textParameter } from '../protocol/parameters.js'

/** The maximum length of a name in characters (Marketing API, ad set `name`). */
const NAME_LENGTH = 400

/** @throws GraphError 100 if the value is missing */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw missing(name)
  return value
}

export const missing = (name: string): GraphError => invalidParameter(`The parameter ${name} is required`)

export function readName(parameters: Parameters): string {
  const name = required(textParameter(parameters, 'name'), 'name').trim()
  if (name === '') throw invalidParameter('Param name must be a non-empty string')
  if (name.length > NAME_LENGTH) throw invalidParameter(`Param name must not be longer than ${NAME_LENGTH} characters`)
  return name
}
