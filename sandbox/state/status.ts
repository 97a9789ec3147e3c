/** Computes an object's effective status from its own and its parents' status. */

import type { GraphObject, ObjectKind, ObjectStore } from './objects.js'

export const CONFIGURED = ['ACTIVE', 'PAUSED', 'DELETED', 'ARCHIVED'] as const

const CAMPAIGN = [...CONFIGURED, 'IN_PROCESS', 'WITH_ISSUES']
const ADSET = [...CAMPAIGN, 'CAMPAIGN_PAUSED']
/** The values that the parameter `effective_status` accepts, by kind. */
export const EFFECTIVE: Record<Exclude<ObjectKind, 'creative'>, readonly string[]> = {
  campaign: CAMPAIGN,
  adset: ADSET,
  ad: [...ADSET, 'ADSET_PAUSED', 'PENDING_REVIEW', 'DISAPPROVED', 'PREAPPROVED', 'PENDING_BILLING_INFO'],
}

/**
 * In order of precedence: deletion or archiving (its own, then its parents'), review, its own pause, and the nearest parent's
 * pause.
 */
export function effectiveStatus(objects: ObjectStore, object: GraphObject, now: number): string {
  const own = String(object.fields.status)
  if (own === 'DELETED' || own === 'ARCHIVED') return own
  const parent = object.parent === null ? null : objects.get(object.parent)
  const above = parent === null ? 'ACTIVE' : effectiveStatus(objects, parent, now)
  if (above === 'DELETED' || above === 'ARCHIVED') return above
  const { in_review_until: until, rejected } = object.fields
  if (typeof until === 'number' && now < until) return object.kind === 'ad' ? 'PENDING_REVIEW' : 'IN_PROCESS'
  if (rejected === true) return 'DISAPPROVED'
  if (own !== 'ACTIVE' || parent === null) return own
  if (above === 'ACTIVE') return own
  if (above === 'PAUSED') return parent.kind === 'campaign' ? 'CAMPAIGN_PAUSED' : 'ADSET_PAUSED'
  return above
}
