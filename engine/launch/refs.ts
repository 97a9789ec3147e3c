/** References in an object's fields to what Meta has yet to name: another object's id, an image's hash, a video's thumbnail. */

import type { Json, JsonObject } from './json.js'

const KINDS = ['$id', '$hash', '$thumbnail'] as const

export interface Ref {
  readonly kind: (typeof KINDS)[number]
  /** Of the `LaunchObject`. */
  readonly key: string
}

/** Null where the value is anything else. */
export function refOf(value: Json): Ref | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const members = Object.entries(value as JsonObject)
  const [name, key] = members[0] ?? []
  if (members.length !== 1 || typeof key !== 'string') return null
  const kind = KINDS.find((one) => one === name)
  return kind === undefined ? null : { kind, key }
}

/** All within a value, in order. */
export function refsIn(value: Json): readonly Ref[] {
  const ref = refOf(value)
  if (ref !== null) return [ref]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value as JsonObject).flatMap(refsIn)
}

/** The value with what Meta calls them. Where `nameOf` knows none, the reference stays. */
export function resolveRefs(value: Json, nameOf: (ref: Ref) => string | null): Json {
  const ref = refOf(value)
  if (ref !== null) return nameOf(ref) ?? value
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => resolveRefs(item, nameOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, resolveRefs(member, nameOf)]))
}
