/**
 * Whether Meta has what was set. It answers numbers as text, times in its own form, lists in its own order, and adds to what is
 * nested what nobody asked for.
 */

import { parseTime } from '../../clock/written-time.js'
import { canonical } from '../canonical.js'
import type { Json, JsonObject } from '../json.js'
import { refOf } from '../refs.js'

/**
 * Whether all that was set is there; more may be. What is still a reference matches anything.
 *
 * @param lax whether what is nested may also be left out of the answer, as it is of a creative's story
 */
export function isThere(set: Json, live: Json | undefined, lax = false): boolean {
  if (refOf(set) !== null) return true
  // Meta leaves such out of its answers; what was switched off and is on there is another matter.
  if (isNothing(set)) return !isSwitchedOn(set, live)
  if (live === undefined || live === null) return lax
  if (Array.isArray(set)) return listIsThere(set as readonly Json[], live, lax)
  if (typeof set !== 'object') return typeof live !== 'object' && sameScalar(set, live)
  if (typeof live !== 'object' || Array.isArray(live)) return false
  return Object.entries(set as JsonObject).every(([name, value]) => isThere(value, memberOf(live as JsonObject, name), lax))
}

/** Whether the two say the same, neither more than the other. */
export const isSame = (one: Json | undefined, other: Json | undefined): boolean =>
  canonical(loose(one)) === canonical(loose(other))

function listIsThere(set: readonly Json[], live: Json, lax: boolean): boolean {
  if (!Array.isArray(live) || live.length !== set.length) return false
  const left = [...(live as readonly Json[])]
  return set.every((item) => {
    const found = left.findIndex((candidate) => isThere(item, candidate, lax))
    if (found >= 0) left.splice(found, 1)
    return found >= 0
  })
}

/** An ad is set with `creative_id`, and its creative read with `id`. */
const memberOf = (live: JsonObject, name: string): Json | undefined =>
  live[name] ?? (name === 'creative_id' ? live['id'] : undefined)

/** No list, text, amount or yes, nor anything made of these alone: Meta leaves such out of its answers. */
function isNothing(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return value === null || value === '' || value === false || value === 0
  return Object.values(value as JsonObject).every(isNothing)
}

/** Whether anything that was set to no or zero is more there. Meta also writes yes and no as numbers and as text. */
function isSwitchedOn(set: Json, live: Json | undefined): boolean {
  if (live === undefined || isNothing(live)) return false
  if (set === false || set === 0) return typeof live === 'object' || scalarText(live) !== '0'
  if (typeof set !== 'object' || set === null || Array.isArray(set) || typeof live !== 'object' || Array.isArray(live))
    return false
  return Object.entries(set as JsonObject).some(([name, value]) => isSwitchedOn(value, (live as JsonObject)[name]))
}

function sameScalar(set: boolean | number | string, live: boolean | number | string): boolean {
  const [one, other] = [scalarText(set), scalarText(live)]
  return one === other
}

const PLAIN_NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:?\d{2})$/i

/** One text for all ways to write a number, a yes, a time and an address. */
function scalarText(value: boolean | number | string): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  const text = String(value)
  if (text === 'true') return '1'
  if (text === 'false') return '0'
  if (PLAIN_NUMBER.test(text)) return String(Number(text))
  if (TIME.test(text)) return String(parseTime(text, 'UTC') ?? text)
  return /^https?:\/\//i.test(text) ? text.replace(/\/$/, '') : text
}

function loose(value: Json | undefined): Json {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map(loose).sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1))
  }
  if (typeof value !== 'object') return scalarText(value)
  const members = Object.entries(value as JsonObject)
    .filter(([, member]) => !isNothing(member))
    .map(([name, member]): [string, Json] => [name, loose(member)])
  return Object.fromEntries(members)
}
