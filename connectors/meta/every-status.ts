/**
 * Insights by level list no deleted and no archived object, while the total of what is above counts them. Only filtering by the
 * effective status of the level lists them too (Marketing API, "Insights API": Deleted and Archived Objects), so every reading
 * of rows asks for every status there is.
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

/** The parameter `filtering` for rows of a level; none for the account, which has one row of all that is in it. */
export function ofEveryStatus(level: InsightsLevel): Readonly<Record<string, string>> {
  if (level === 'account') return {}
  return { filtering: JSON.stringify([{ field: `${level}.effective_status`, operator: 'IN', value: STATUSES[level] }]) }
}
