/** References in an object's fields to values that only Meta can assign: another object's id, an image's hash, a video's thumbnail. */

import type { Json, JsonObject } from './json.js'

const KINDS = ['$id', '$hash', '$thumbnail'] as const

export interface Ref {
  readonly kind: (typeof KINDS)[number]
  /** Key of the `LaunchObject`. */
  readonly key: string
}

/** Returns the reference that the value is; null if it is not a reference. */
export function refOf(value: Json): Ref | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const members = Object.entries(value as JsonObject)
  const [name, key] = members[0] ?? []
  if (members.length !== 1 || typeof key !== 'string') return null
  const kind = KINDS.find((one) => one === name)
  return kind === undefined ? null : { kind, key }
}

/** Returns all references within a value, in order. */
export function refsIn(value: Json): readonly Ref[] {
  const ref = refOf(value)
  if (ref !== null) return [ref]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value as JsonObject).flatMap(refsIn)
}

/** Replaces the references in a value by what `valueOf` returns. A reference stays if that is null. */
export function resolveRefs(value: Json, valueOf: (ref: Ref) => string | null): Json {
  const ref = refOf(value)
  if (ref !== null) return valueOf(ref) ?? value
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => resolveRefs(item, valueOf))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, member]) => [name, resolveRefs(member, valueOf)]))
}
