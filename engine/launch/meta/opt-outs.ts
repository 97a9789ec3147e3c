/**
 * What a version of Meta's API switches on by itself in what is newly made, and how a launch says no. Source: Marketing API,
 * changelog of v27.0: a new sales ad set that targets devices or systems also reaches people on other mobile devices, and an ad
 * may show products of a catalogue (product showcase).
 */

import type { Json, JsonObject } from '../json.js'
import type { LaunchObject } from '../launch-object.js'

/** The first version, as `27` of `v27.0`, that switches them on, and that knows how they are switched off. */
export const OPT_OUTS_SINCE = 27

export const NO_OTHER_DEVICES: JsonObject = { device: 0 }
export const NO_PRODUCT_SHOWCASE: JsonObject = {
  creative_features_spec: { product_extensions: { enroll_status: 'OPT_OUT' } },
}

/** Whether the fields that an ad set or creative was made with say no already; other objects have nothing to say. */
export function saysNo(kind: LaunchObject['kind'], fields: JsonObject): boolean {
  if (kind === 'adset') {
    const automation = memberOf(fields['targeting'], 'targeting_automation')
    return memberOf(memberOf(automation, 'individual_setting'), 'device') !== undefined
  }
  return kind === 'creative' && fields['degrees_of_freedom_spec'] !== undefined
}

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject)[name] : undefined
