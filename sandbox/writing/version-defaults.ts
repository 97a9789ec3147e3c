/**
 * Defaults that the called version of the API sets in new objects. Since v27.0, a sales ad set also reaches people on other mobile
 * devices than those it names, and a creative may show products of a catalogue, unless the call opts out.
 */

import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import type { FieldValues, ObjectKind } from '../state/objects.js'

const SINCE = 27

/** @throws GraphError 100 for a setting that the called version does not have */
export function withVersionDefaults(call: Call, kind: ObjectKind, parent: string | null, fields: FieldValues): FieldValues {
  if (kind === 'adset') return { ...fields, targeting: targetingOf(call, parent, fields.targeting as FieldValues) }
  if (kind === 'creative' && call.version >= SINCE) return { ...fields, degrees_of_freedom_spec: freedomOf(fields) }
  return fields
}

function targetingOf({ version, world }: Call, campaign: string | null, targeting: FieldValues): FieldValues {
  const automation = recordOf(targeting.targeting_automation)
  const settings = recordOf(automation.individual_setting)
  for (const [key, value] of Object.entries(settings)) {
    if (value !== 0 && value !== 1)
      throw invalidParameter(`Param targeting_automation[individual_setting][${key}] must be 0 or 1`)
  }
  if (version < SINCE) {
    if (!('device' in settings)) return targeting
    throw invalidParameter(
      'Invalid Targeting Spec: The specified targeting spec is not valid because: Normalization does not allow the value device in individual_setting',
    )
  }
  const isSales = world.objects.get(campaign ?? '').fields.objective === 'OUTCOME_SALES'
  if (!isSales || 'device' in settings) return targeting
  return { ...targeting, targeting_automation: { ...automation, individual_setting: { ...settings, device: 1 } } }
}

function freedomOf({ degrees_of_freedom_spec: freedom }: FieldValues): FieldValues {
  const spec = recordOf(freedom)
  const features = recordOf(spec.creative_features_spec)
  return { ...spec, creative_features_spec: { product_extensions: { enroll_status: 'OPT_IN' }, ...features } }
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})
