/** All revisions of days, which show how the days filled up. */

import type { Store } from '../base/store.js'
import type { InsightLevel } from './insights.js'

export interface InsightRevisionSpan {
  readonly day: string
  readonly learnedAt: number
  /** Null for the current revision. */
  readonly supersededAt: number | null
  readonly measures: Readonly<Record<string, number | null>>
}

/** Returns the revisions of whole days in a range (inclusive), in no particular order. */
export async function insightRevisions(
  store: Store,
  { account, level, since, until }: { account: string; level: InsightLevel; since: string; until: string },
): Promise<InsightRevisionSpan[]> {
  const rows = await store.db
    .selectFrom('insights')
    .select(['day', 'learned_at', 'superseded_at', 'measures_json'])
    .where('account', '=', account)
    .where('level', '=', level)
    .where('day', '>=', since)
    .where('day', '<=', until)
    .where('hour', '=', -1)
    .execute()
  return rows.map(({ day, learned_at, superseded_at, measures_json }) => ({
    day,
    learnedAt: learned_at,
    supersededAt: superseded_at,
    measures: JSON.parse(measures_json) as Record<string, number | null>,
  }))
}
