/** Reads the parts of a message's body, with WhatsApp's errors. */

import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import { whatsappError } from './errors.js'

export type Json = Record<string, unknown>

export const invalid = (details: string): never => {
  throw whatsappError(131009, details)
}
const missing = (name: string): never => {
  throw whatsappError(131008, `Required parameter '${name}' is missing`)
}

export function onlyKeys(object: Json, name: string, keys: readonly string[]): void {
  for (const key of Object.keys(object)) {
    if (!keys.includes(key)) throw invalidParameter(`Unexpected key "${key}" on param "${name}".`)
  }
}

export function record(value: unknown, name: string): Json {
  if (value === undefined) return missing(name)
  return isRecord(value) ? value : invalid(`'${name}' must be an object`)
}

export function list(value: unknown, name: string): unknown[] {
  if (value === undefined) return missing(name)
  return Array.isArray(value) ? (value as unknown[]) : invalid(`'${name}' must be an array`)
}

/** Reads a text of 1 to `longest` characters. */
export function text(value: unknown, name: string, longest: number): string {
  if (value === undefined || value === '') return missing(name)
  if (typeof value !== 'string') return invalid(`'${name}' must be a string`)
  return value.length > longest ? invalid(`'${name}' must be at most ${longest} characters long, it has ${value.length}`) : value
}

export const optional = (value: unknown, read: (value: unknown) => string): string | undefined =>
  value === undefined ? undefined : read(value)
