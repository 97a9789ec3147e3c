/** Direct insights queries, which return rows at once, in pages, unless there are too many. */

import { tooMuchData } from '../protocol/errors.js'
import { checkPageSize, cutPage } from '../protocol/paging.js'
import type { Parameters } from '../protocol/parameters.js'
import { type Call, withToken } from '../request/call.js'
import { type InsightsRow } from './make-row.js'
import { type Level, readQuery } from './query.js'
import { insightsRows, largestRows } from './rows.js'

/** The most rows of a direct call, counted as objects times days (times hours). */
const LARGEST_DIRECT_ROWS = 2_500

export interface InsightsAnswer {
  data: InsightsRow[]
  paging?: unknown
  summary?: InsightsRow
}

/** @throws GraphError 100/1487534 if an asynchronous report is needed */
export function insightsEdge(call: Call, nodeId: string, node: Level, parameters: Parameters): InsightsAnswer {
  const query = readQuery(parameters, node, call.world.calendar.dayAt(call.now))
  if (largestRows(call.world, nodeId, query) > LARGEST_DIRECT_ROWS) throw tooMuchData()
  const { rows, summary } = insightsRows(call.world, nodeId, query, call.now, call.insightsFaults)
  call.rows += rows.length
  return insightsPage(call, `${call.base}/${nodeId}/insights`, parameters, rows, summary)
}

/** Returns one page. Rows have no ids, so the cursor is their position. */
export function insightsPage(
  call: Call,
  url: string,
  parameters: Parameters,
  rows: readonly InsightsRow[],
  summary: InsightsRow | null,
): InsightsAnswer {
  const page = cutPage(rows, (_row, index) => String(index), { url, parameters: withToken(call, parameters) })
  checkPageSize(page.items, Object.keys(page.items[0] ?? {}).length)
  return { data: page.items, ...(page.paging ? { paging: page.paging } : {}), ...(summary ? { summary } : {}) }
}
