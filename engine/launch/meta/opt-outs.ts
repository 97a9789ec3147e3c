/**
 * Features that a version of Meta's API enables by default in new objects, and how a launch opts out of them. Source: Marketing API,
 * changelog of v27.0: a new sales ad set that targets devices or systems also reaches people on other mobile devices, and an ad
 * may show products of a catalogue (product showcase).
 */

import type { Json, JsonObject } from '../json.js'
import type { LaunchObject } from '../launch-object.js'

/** The first version (`27` of `v27.0`) that enables them and accepts the fields that opt out. */
export const OPT_OUTS_SINCE = 27

export const NO_OTHER_DEVICES: JsonObject = { device: 0 }
export const NO_PRODUCT_SHOWCASE: JsonObject = {
  creative_features_spec: { product_extensions: { enroll_status: 'OPT_OUT' } },
}

/** Whether the fields of an ad set or creative opt out. False for other kinds of objects, which have no such features. */
export function isOptedOut(kind: LaunchObject['kind'], fields: JsonObject): boolean {
  if (kind === 'adset') {
    const automation = memberOf(fields['targeting'], 'targeting_automation')
    return memberOf(memberOf(automation, 'individual_setting'), 'device') !== undefined
  }
  return kind === 'creative' && fields['degrees_of_freedom_spec'] !== undefined
}

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined
