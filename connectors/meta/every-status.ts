/**
 * Insights by level leave out deleted and archived objects, although the total of the object above includes them. They are listed
 * only with a filter on the level's effective status (Marketing API, "Insights API": Deleted and Archived Objects), so every
 * request for rows filters for all statuses.
 */

import type { InsightsLevel } from './insights.js'

const CAMPAIGN = ['ACTIVE', 'ARCHIVED', 'DELETED', 'IN_PROCESS', 'PAUSED', 'WITH_ISSUES']
const ADSET = [...CAMPAIGN, 'CAMPAIGN_PAUSED']
const AD = [...ADSET, 'ADSET_PAUSED', 'DISAPPROVED', 'PENDING_BILLING_INFO', 'PENDING_REVIEW', 'PREAPPROVED']

/** All values of Meta's enums `Campaign.EffectiveStatus`, `AdSet.EffectiveStatus` and `Ad.EffectiveStatus`. */
const STATUSES: Readonly<Record<Exclude<InsightsLevel, 'account'>, readonly string[]>> = {
  campaign: CAMPAIGN,
  adset: ADSET,
  ad: AD,
}

/** Returns the parameter `filtering` for rows of a level; none for the account, whose single row includes everything. */
export function ofEveryStatus(level: InsightsLevel): Readonly<Record<string, string>> {
  if (level === 'account') return {}
  return { filtering: JSON.stringify([{ field: `${level}.effective_status`, operator: 'IN', value: STATUSES[level] }]) }
}
