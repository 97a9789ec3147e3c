/**
 * Compares values that were set with Meta's responses, which have numbers as text, times in another format, lists in another order, and
 * additional nested members.
 */

import { parseTime } from '../../clock/written-time.js'
import { canonical } from '../canonical.js'
import type { Json, JsonObject } from '../json.js'
import { refOf } from '../refs.js'

/**
 * Whether Meta has everything that was set; it may have more. A reference matches any value.
 *
 * @param lax whether Meta may omit nested members, as it does for a creative's story
 */
export function isThere(set: Json, live: Json | undefined, lax = false): boolean {
  if (refOf(set) !== null) return true
  // Meta omits empty values. But a feature that was switched off must not be on.
  if (isEmpty(set)) return !isSwitchedOn(set, live)
  if (live === undefined || live === null) return lax
  if (Array.isArray(set)) return listIsThere(set as readonly Json[], live, lax)
  if (typeof set !== 'object') return typeof live !== 'object' && sameScalar(set, live)
  if (typeof live !== 'object' || Array.isArray(live)) return false
  return Object.entries(set as JsonObject).every(([name, value]) => isThere(value, memberOf(live as JsonObject, name), lax))
}

/** Whether the two values are equal, apart from formats, order and empty members. */
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

/** Returns a member. An ad's creative is set as `creative_id`, and read as `id`. */
const memberOf = (live: JsonObject, name: string): Json | undefined =>
  live[name] ?? (name === 'creative_id' ? live['id'] : undefined)

/** Whether the value is null, empty, zero or false, or consists only of such values: Meta omits these in responses. */
function isEmpty(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return value === null || value === '' || value === false || value === 0
  return Object.values(value as JsonObject).every(isEmpty)
}

/** Whether a value that was set to false or zero is not so at Meta, which also writes booleans as numbers and as text. */
function isSwitchedOn(set: Json, live: Json | undefined): boolean {
  if (live === undefined || isEmpty(live)) return false
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

/** Returns the same text for all formats of a number, a boolean, a time or an address. */
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
    .filter(([, member]) => !isEmpty(member))
    .map(([name, member]): [string, Json] => [name, loose(member)])
  return Object.fromEntries(members)
}
