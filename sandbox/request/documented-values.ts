/** Documented parameters of a write that the sandbox does not use: their types are checked, and they are stored and read back. */

import { fieldType, findValues, hasField, parametersOf } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import {
  booleanParameter,
  enumListParameter,
  enumParameter,
  integerParameter,
  isRecord,
  jsonParameter,
  type Parameters,
  textParameter,
} from '../protocol/parameters.js'
import type { FieldValues } from '../state/objects.js'
import type { Call } from './call.js'
import { documentedShape } from './documented-shape.js'

/**
 * @param call notes unknown keys within the values
 * @param type the node type whose fields they become; parameters that are not fields of it are ignored
 * @param edge where they were posted, such as `['AdAccount', 'adsets']`
 * @param handled names of parameters that the caller reads itself
 * @throws GraphError 100 for a value that is not of the documented type
 */
export function documentedValues(
  call: Pick<Call, 'swallowed'>,
  type: string,
  edge: readonly [type: string, edge: string],
  parameters: Parameters,
  handled: readonly string[],
): FieldValues {
  const documented = parametersOf(edge[0], 'POST', edge[1]) ?? {}
  const values: FieldValues = {}
  for (const name of Object.keys(parameters)) {
    const kind = documented[name]
    if (kind === undefined || handled.includes(name) || !hasField(type, name)) continue
    const value = readTyped(parameters, name, kind)
    if (value !== undefined) values[name] = documentedShape(call, fieldType(type, name) ?? kind, value, name)
  }
  return values
}

/** @param kind a type of the catalog: `unsigned int`, `list<Object>`, `AdSet.DestinationType` … */
function readTyped(parameters: Parameters, name: string, kind: string): unknown {
  const list = /^list<(.*)>$/.exec(kind)?.[1]
  const choices = enumeration(list ?? kind)
  if (list !== undefined) return choices ? enumListParameter(parameters, name, choices) : arrayParameter(parameters, name)
  if (choices) return enumParameter(parameters, name, choices)
  if (kind === 'bool') return booleanParameter(parameters, name)
  if (kind === 'unsigned int' || kind === 'int') return wholeParameter(parameters, name, kind === 'int')
  if (kind === 'float') return numberParameter(parameters, name)
  if (/^(Object|map\b.*|[A-Z]\w*)$/.test(kind)) return recordParameter(parameters, name)
  return textParameter(parameters, name)
}

function enumeration(kind: string): readonly string[] | null {
  const [, type, name] = /^(\w+)\.([A-Z]\w+)$/.exec(kind) ?? []
  return type === undefined || name === undefined ? null : (findValues(type, name) ?? null)
}

function wholeParameter(parameters: Parameters, name: string, signed: boolean): number | undefined {
  const value = integerParameter(parameters, name)
  if (value !== undefined && value < 0 && !signed) throw invalidParameter(`Param ${name} must be greater than or equal to 0`)
  return value
}

function numberParameter(parameters: Parameters, name: string): number | undefined {
  const text = textParameter(parameters, name)
  if (text !== undefined && !Number.isFinite(Number(text))) throw invalidParameter(`Param ${name} must be a number`)
  return text === undefined ? undefined : Number(text)
}

function arrayParameter(parameters: Parameters, name: string): unknown[] | undefined {
  const given = parameters[name]
  const value =
    typeof given === 'string' && !given.trim().startsWith('[') && given !== ''
      ? given.split(',')
      : jsonParameter(parameters, name)
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw invalidParameter(`Param ${name} must be an array`)
  return value as unknown[]
}

function recordParameter(parameters: Parameters, name: string): Record<string, unknown> | undefined {
  const value = jsonParameter(parameters, name)
  if (value === undefined || value === null) return undefined
  // PHP encodes an empty map as an empty list.
  if (Array.isArray(value) && value.length === 0) return {}
  if (!isRecord(value)) throw invalidParameter(`Param ${name} must be an object`)
  return value
}
