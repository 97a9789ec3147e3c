/** The known keys of objects that are missing from the SDKs, at any depth. */

import { isRecord } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { noteSwallowed } from '../request/swallow.js'

/** The keys of an object, or of each object in a list; null for a value whose keys are not checked. */
export interface Keys {
  readonly [key: string]: Keys | null
}

export const names = (...list: readonly string[]): Keys => Object.fromEntries(list.map((name) => [name, null]))

/** Returns the value without unknown keys, and notes each of them in the call with its place. */
export function withoutUnknown(call: Call, value: unknown, keys: Keys, place: string): unknown {
  if (Array.isArray(value)) return value.map((each: unknown, index) => withoutUnknown(call, each, keys, `${place}[${index}]`))
  if (!isRecord(value)) return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const within = Object.hasOwn(keys, key) ? keys[key] : undefined
    if (within === undefined) noteSwallowed(call, `${place}[${key}]`)
    else kept[key] = within === null ? inner : withoutUnknown(call, inner, within, `${place}[${key}]`)
  }
  return kept
}
