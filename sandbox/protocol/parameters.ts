/** Reads a request's parameters in any encoding that Graph accepts, and single parameters with Meta's errors. */

import { UploadedFile } from '../base/uploaded-file.js'
import { invalidParameter } from './errors.js'

export type Parameters = Record<string, unknown>

/** Parameters that every call accepts and no handler uses. `pretty` and `debug` have been ignored since 2026-10-27. */
export const COMMON: readonly string[] = [
  'access_token',
  'appsecret_proof',
  'locale',
  'pretty',
  'debug',
  'transport',
  'suppress_http_code',
  'format',
  'id',
]

/**
 * Merges query and body; the body takes precedence. Form-urlencoded and multipart values are text, JSON values have types.
 * @throws GraphError 100 for a JSON body that is not an object
 */
export async function readParameters(request: Request, url: URL): Promise<Parameters> {
  const parameters: Parameters = Object.fromEntries(url.searchParams)
  if (request.method === 'GET' || request.method === 'HEAD') return parameters
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type === 'multipart/form-data') {
    return { ...parameters, ...(await readForm(request)) }
  }
  const text = await request.text()
  if (text.trim() === '') return parameters
  if (type === 'application/json') return { ...parameters, ...parseBody(text) }
  return { ...parameters, ...Object.fromEntries(new URLSearchParams(text)) }
}

async function readForm(request: Request): Promise<Parameters> {
  const parameters: Parameters = {}
  for (const [name, value] of await request.formData().catch(malformedForm)) {
    parameters[name] =
      typeof value === 'string' ? value : new UploadedFile(value.name, Buffer.from(await value.arrayBuffer()), value.type)
  }
  return parameters
}

function malformedForm(): never {
  throw invalidParameter('The request body is not a well formed multipart form')
}

function parseBody(text: string): Parameters {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalidParameter('Invalid JSON in the request body')
  }
  if (!isRecord(value)) throw invalidParameter('The request body must be a JSON object')
  return value
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns an id, which may be given as a number; null for anything else. */
export const idOf = (value: unknown): string | null =>
  (typeof value === 'string' && /^\d+$/.test(value)) || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    ? String(value)
    : null

/** Whether a request has no parameters except its credentials. */
export const isEmpty = (parameters: Parameters): boolean => Object.keys(parameters).every((name) => COMMON.includes(name))

/** Returns a value, which may be given as JSON text. */
export function jsonParameter(parameters: Parameters, name: string): unknown {
  const value = parameters[name]
  if (typeof value !== 'string') return value
  if (value.trim() === '') return undefined
  try {
    return JSON.parse(value) as unknown
  } catch {
    throw invalidParameter(`Param ${name} must be valid JSON`)
  }
}

export function textParameter(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw invalidParameter(`Param ${name} must be a string`)
  }
  return String(value)
}

export function integerParameter(parameters: Parameters, name: string): number | undefined {
  const value = parameters[name]
  if (value === undefined || value === null || value === '') return undefined
  if ((typeof value === 'string' && /^-?\d{1,15}$/.test(value)) || (typeof value === 'number' && Number.isSafeInteger(value))) {
    return Number(value)
  }
  throw invalidParameter(`Param ${name} must be an integer`)
}

export function booleanParameter(parameters: Parameters, name: string): boolean | undefined {
  const value = parameters[name]
  if (value === undefined || value === null || value === '') return undefined
  if (value === true || value === 'true' || value === '1' || value === 1) return true
  if (value === false || value === 'false' || value === '0' || value === 0) return false
  throw invalidParameter(`Param ${name} must be a boolean`)
}

export function enumParameter<T extends string>(parameters: Parameters, name: string, choices: readonly T[]): T | undefined {
  const value = textParameter(parameters, name)
  if (value === undefined) return undefined
  const choice = choices.find((known) => known === value)
  if (choice === undefined) throw invalidParameter(`Param ${name} must be one of {${choices.join(', ')}} - got "${value}"`)
  return choice
}

/** Returns a list, which may be given as a JSON array or as comma-separated names. */
export function listParameter(parameters: Parameters, name: string): string[] | undefined {
  const value = parameters[name]
  if (value === undefined || value === null || value === '') return undefined
  const parsed = typeof value === 'string' && value.trim().startsWith('[') ? jsonParameter(parameters, name) : value
  if (typeof parsed === 'string')
    return parsed
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string' || typeof item === 'number'))
    return parsed.map(String)
  throw invalidParameter(`Param ${name} must be an array`)
}

export function enumListParameter(parameters: Parameters, name: string, choices: readonly string[]): string[] | undefined {
  const values = listParameter(parameters, name)
  values?.forEach((value, index) => {
    if (!choices.includes(value))
      throw invalidParameter(`Param ${name}[${index}] must be one of {${choices.join(', ')}} - got "${value}"`)
  })
  return values
}

const SECRET = /token|appsecret_proof|secret/i

/** Texts with more characters are shortened in the log; an image in base64 is longer. */
const SHOWN = 20_000

/** Prepares parameters for the log: only the last two characters of secrets, and only the beginning of very long texts. */
export function maskSecrets(parameters: Parameters): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      SECRET.test(name) ? `…${String(value).slice(-2)}` : shortened(value),
    ]),
  )
}

const shortened = (value: unknown): unknown =>
  typeof value === 'string' && value.length > SHOWN ? `${value.slice(0, 100)}… (${value.length} characters)` : value
