/** Objects within parameters: keys that no document of Meta's names are taken with success, change nothing, and show in the log alone. */

import { fieldType, hasType } from '../catalog/catalog.js'
import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import type { Call } from './call.js'
import { noteSwallowed } from './swallow.js'

/** Of every feature of a creative (Marketing API, Advantage+ creative). The SDKs' objects have it as a plain string. */
const ENROLL_STATUSES: readonly unknown[] = ['OPT_IN', 'OPT_OUT']

/**
 * What is left of a value when unknown keys are dropped, at any depth.
 * @param kind as the catalog writes it: `AdAssetFeedSpec`, `list<AdAssetFeedSpecImage>`; any other has no keys to know
 * @param place its path, for the log, such as `asset_feed_spec`
 * @throws GraphError 100 for a feature that is neither opted into nor out of
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
