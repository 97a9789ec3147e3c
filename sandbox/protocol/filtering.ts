/** The `filtering` parameter, for edges and for insights. */

import { invalidParameter } from './errors.js'
import { isRecord, jsonParameter, type Parameters } from './parameters.js'

const OPERATORS = [
  'EQUAL',
  'NOT_EQUAL',
  'GREATER_THAN',
  'GREATER_THAN_OR_EQUAL',
  'LESS_THAN',
  'LESS_THAN_OR_EQUAL',
  'IN_RANGE',
  'NOT_IN_RANGE',
  'CONTAIN',
  'NOT_CONTAIN',
  'IN',
  'NOT_IN',
  'STARTS_WITH',
  'ENDS_WITH',
  'ANY',
  'ALL',
  'NONE',
  'AFTER',
  'BEFORE',
  'ON_OR_AFTER',
  'ON_OR_BEFORE',
] as const
type Operator = (typeof OPERATORS)[number]

export interface Filter {
  readonly field: string
  readonly operator: Operator
  readonly value: unknown
}

/** @throws GraphError 100 for anything but a list of `{field, operator, value}` with a known operator */
export function readFiltering(parameters: Parameters): Filter[] {
  const given = jsonParameter(parameters, 'filtering')
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw invalidParameter('Param filtering must be an array')
  return given.map((entry, index): Filter => {
    if (!isRecord(entry)) throw invalidParameter(`Param filtering[${index}] must be an object`)
    const { field, operator, value } = entry
    if (typeof field !== 'string') throw invalidParameter(`Param filtering[${index}][field] must be a string`)
    const known = OPERATORS.find((name) => name === operator)
    if (!known) {
      throw invalidParameter(
        `Param filtering[${index}][operator] must be one of {${OPERATORS.join(', ')}} - got "${JSON.stringify(operator)}"`,
      )
    }
    if (['IN', 'NOT_IN', 'IN_RANGE', 'NOT_IN_RANGE', 'ANY', 'ALL', 'NONE'].includes(known) && !Array.isArray(value)) {
      throw invalidParameter(`Param filtering[${index}][value] must be an array for the operator ${known}`)
    }
    return { field, operator: known, value }
  })
}

/**
 * Whether a value passes the filter; a missing value passes only negative operators. A list of labels is compared by name or id.
 */
export function passes(filter: Filter, actual: unknown): boolean {
  const { operator, value } = filter
  if (operator === 'ANY' || operator === 'ALL' || operator === 'NONE') return passesList(operator, value as unknown[], actual)
  const text = (given: unknown): string =>
    (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? String(given) : '').toLowerCase()
  const number = Number(actual)
  const list = Array.isArray(value) ? value : [value]
  const within = (): boolean => number >= Number(list[0]) && number <= Number(list[1])
  switch (operator) {
    case 'EQUAL':
      return text(actual) === text(value)
    case 'NOT_EQUAL':
      return text(actual) !== text(value)
    case 'AFTER':
    case 'GREATER_THAN':
      return number > Number(value)
    case 'ON_OR_AFTER':
    case 'GREATER_THAN_OR_EQUAL':
      return number >= Number(value)
    case 'BEFORE':
    case 'LESS_THAN':
      return number < Number(value)
    case 'ON_OR_BEFORE':
    case 'LESS_THAN_OR_EQUAL':
      return number <= Number(value)
    case 'IN_RANGE':
      return within()
    case 'NOT_IN_RANGE':
      return !within()
    case 'CONTAIN':
      return text(actual).includes(text(value))
    case 'NOT_CONTAIN':
      return !text(actual).includes(text(value))
    case 'IN':
      return list.some((item) => text(item) === text(actual))
    case 'NOT_IN':
      return !list.some((item) => text(item) === text(actual))
    case 'STARTS_WITH':
      return text(actual).startsWith(text(value))
    case 'ENDS_WITH':
      return text(actual).endsWith(text(value))
  }
}

function passesList(operator: 'ANY' | 'ALL' | 'NONE', wanted: readonly unknown[], actual: unknown): boolean {
  const there = (Array.isArray(actual) ? (actual as unknown[]) : []).flatMap((each) =>
    isRecord(each) ? [String(each.name), String(each.id)] : [String(each)],
  )
  const has = (each: unknown): boolean => there.includes(String(isRecord(each) ? (each.id ?? each.name) : each))
  if (operator === 'ALL') return wanted.every(has)
  return wanted.some(has) === (operator === 'ANY')
}
