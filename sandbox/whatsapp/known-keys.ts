/** Which keys an object has at any depth, for what the SDKs have no object for. */

import { isRecord } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { noteSwallowed } from '../request/swallow.js'

/** Keys of an object, or of each one in a list; null for what has no keys to know. */
export interface Keys {
  readonly [key: string]: Keys | null
}

export const names = (...list: readonly string[]): Keys => Object.fromEntries(list.map((name) => [name, null]))

/** The value without the keys that there are not, each of which is noted in the call with its place. */
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
