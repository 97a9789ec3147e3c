/** Under which kind a sync of insights stands in the store. */

import type { InsightSyncKind } from '../store/syncs.js'
import type { InsightsRequest } from './contracts.js'

export function syncKind(level: InsightsRequest['level'], hourly: boolean): InsightSyncKind {
  const resolution = hourly ? 'hours' : 'days'
  return level === 'adset' ? resolution : `${level}-${resolution}`
}
