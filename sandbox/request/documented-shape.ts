/** Objects within parameters: keys that Meta does not document are accepted, change nothing, and appear only in the log. */

import { fieldType, hasType } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import type { Call } from './call.js'
import { noteSwallowed } from './swallow.js'

/**
 * The values of `enroll_status` of a creative's features (Marketing API, Advantage+ creative). In the SDKs it is a plain string.
 */
const ENROLL_STATUSES: readonly unknown[] = ['OPT_IN', 'OPT_OUT']

/**
 * Returns a value without unknown keys, at any depth.
 * @param kind a type of the catalog: `AdAssetFeedSpec`, `list<AdAssetFeedSpecImage>`; the keys of other types are not checked
 * @param place its path, for the log, such as `asset_feed_spec`
 * @throws GraphError 100 for an invalid `enroll_status`
 */
export function documentedShape(call: Pick<Call, 'swallowed'>, kind: string, value: unknown, place: string): unknown {
  const item = /^list<(.*)>$/.exec(kind)?.[1]
  if (item !== undefined && Array.isArray(value)) {
    return value.map((each: unknown, index) => documentedShape(call, item, each, `${place}[${index}]`))
  }
  if (!isRecord(value) || !hasType(kind)) return value
  const kept: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const at = `${place}[${key}]`
    const type = fieldType(kind, key)
    if (type === undefined) {
      noteSwallowed(call, at)
      continue
    }
    if (key === 'enroll_status' && !ENROLL_STATUSES.includes(inner)) {
      throw invalidParameter(`Param ${at} must be one of {${ENROLL_STATUSES.join(', ')}} - got "${String(inner)}"`)
    }
    kept[key] = documentedShape(call, type, inner, at)
  }
  return kept
}
