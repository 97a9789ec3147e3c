/** Validates requests against their shapes and reports all errors at once. */

import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import type { Static, TSchema } from 'typebox'

import type { Fault } from '../shapes/problem.js'
import { ProblemError } from './problem.js'

/** RFC 3339's `date-time` and `date`, of days that exist: no 31st of February. */
export const FORMATS = {
  'date-time': (text: string) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text) &&
    isDay(text.slice(0, 10)) &&
    !Number.isNaN(Date.parse(text)),
  date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text),
}

function isDay(text: string): boolean {
  const instant = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text)
}

const OPTIONS = { allErrors: true, formats: FORMATS, allowUnionTypes: true } as const

/** Bodies are validated as they are; query parameters are converted to the types of their shape and get its defaults. */
const bodies = new Ajv2020(OPTIONS)
const queries = new Ajv2020({ ...OPTIONS, coerceTypes: true, useDefaults: true })

/** Returns a function that validates `part` of a request, returns it typed, and throws ProblemError `invalid-request`. */
export function checker<T extends TSchema>(schema: T, part: 'body' | 'query' | 'path'): (value: unknown) => Static<T> {
  const check = (part === 'body' ? bodies : queries).compile<Static<T>>(schema)
  return (value) => {
    const checked = part === 'body' ? value : { ...(value as object) }
    if (check(checked)) return checked
    const errors = faultsOf(check.errors ?? [], part)
    throw new ProblemError('invalid-request', errors.map(({ where, message }) => `${where} ${message}`).join('; ') + '.', {
      errors,
    })
  }
}

function faultsOf(errors: readonly ErrorObject[], part: string): Fault[] {
  const faults = withoutOtherForms(errors).map((error) => ({ where: placeOf(error, part), message: messageOf(error) }))
  // Every shape of a union reports its errors; duplicates are removed.
  return faults.filter(
    ({ where, message }, index) => faults.findIndex((other) => other.where === where && other.message === message) === index,
  )
}

/** For a union: only the errors of the shape whose fields were given, if there is exactly one. */
function withoutOtherForms(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choice = errors.find(({ keyword }) => keyword === 'anyOf')
  if (choice === undefined) return errors
  const formOf = ({ schemaPath }: ErrorObject): string | null =>
    schemaPath.startsWith(`${choice.schemaPath}/`) ? schemaPath.slice(choice.schemaPath.length + 1).split('/', 1)[0]! : null
  const isAboutFields = ({ keyword, instancePath }: ErrorObject): boolean =>
    instancePath === choice.instancePath && ['required', 'additionalProperties', 'type'].includes(keyword)
  const inForms = errors.filter((error) => formOf(error) !== null)
  const wrongForms = new Set(inForms.filter(isAboutFields).map(formOf))
  const meant = new Set(inForms.map(formOf).filter((form) => !wrongForms.has(form)))
  if (meant.size !== 1) return errors
  return errors.filter((error) => error !== choice && (formOf(error) === null || meant.has(formOf(error))))
}

function placeOf(error: ErrorObject, part: string): string {
  const { missingProperty, additionalProperty } = error.params as { missingProperty?: string; additionalProperty?: string }
  const field = missingProperty ?? additionalProperty
  const pointer = field === undefined ? error.instancePath : `${error.instancePath}/${field}`
  return part === 'body' ? `body${pointer}` : `${part}${pointer.replaceAll('/', '.')}`
}

function messageOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === 'required') return 'is missing'
  if (keyword === 'additionalProperties') return 'is not known'
  if (keyword === 'enum') return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}`
  if (keyword === 'anyOf') return 'fits none of the forms it may have'
  return message ?? 'is wrong'
}
