/** Returns the kind under which a sync of insights is stored. */

import type { InsightSyncKind } from '../../store/account/syncs.js'
import type { RowsRequest } from './insights-request.js'

export function syncKind(level: RowsRequest['level'], hourly: boolean): InsightSyncKind {
  const resolution = hourly ? 'hours' : 'days'
  return level === 'adset' ? resolution : `${level}-${resolution}`
}
