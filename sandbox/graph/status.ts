/** What an object's status comes to under its parents. */

import type { GraphObject, ObjectKind, ObjectStore } from '../state/objects.js'

export const CONFIGURED = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED'] as const

const CAMPAIGN = [...CONFIGURED, 'IN_PROCESS', 'WITH_ISSUES']
const ADSET = [...CAMPAIGN, 'CAMPAIGN_PAUSED']
/** Values that `effective_status` may ask for, by kind. */
export const EFFECTIVE: Record<Exclude<ObjectKind, 'creative'>, readonly string[]> = {
  campaign: CAMPAIGN,
  adset: ADSET,
  ad: [...ADSET, 'ADSET_PAUSED', 'PENDING_REVIEW', 'DISAPPROVED', 'PREAPPROVED', 'PENDING_BILLING_INFO'],
}

/** A child's own pause or end comes first; then the nearest parent's that stops it. */
export function effectiveStatus(objects: ObjectStore, object: GraphObject): string {
  const own = String(object.fields.status)
  if (object.parent === null || own === 'DELETED' || own === 'ARCHIVED') return own
  const parent = objects.get(object.parent)
  const above = effectiveStatus(objects, parent)
  if (above === 'DELETED' || above === 'ARCHIVED') return above
  if (own !== 'ACTIVE') return own
  if (above === 'ACTIVE') return own
  if (above === 'PAUSED') return parent.kind === 'campaign' ? 'CAMPAIGN_PAUSED' : 'ADSET_PAUSED'
  return above
}
