/** `action_breakdowns`: further fields of each action. An ad has one target and one destination, so they do not split any row. */

import { passes } from '../protocol/filtering.js'
import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'
import type { ActionStats, ResultStats } from './columns.js'
import type { InsightsQuery } from './query.js'

type Row = Record<string, string | ActionStats[] | ResultStats[]>

/**
 * Filters all lists of actions to the types in `filtering`, and adds the requested breakdowns to each entry. An entry without a
 * value for one of them is left out, as at Meta.
 */
export function withActionBreakdowns(row: Row, query: InsightsQuery, world: World, object: GraphObject | null): Row {
  const asked = query.actionBreakdowns.filter((name) => name !== 'action_type')
  const types = query.filters.filter(({ field }) => field === 'action_type')
  if (asked.length === 0 && types.length === 0) return row
  const isAsked = (entry: ActionStats): boolean => types.every((filter) => passes(filter, entry.action_type))
  const shown: Row = {}
  for (const [field, value] of Object.entries(row)) {
    if (!Array.isArray(value) || field === 'results') shown[field] = value
    else {
      const entries = value.flatMap((entry) =>
        'action_type' in entry && isAsked(entry) ? brokenDown(entry, asked, world, object) : [],
      )
      if (entries.length > 0) shown[field] = entries
    }
  }
  return shown
}

function brokenDown(entry: ActionStats, asked: readonly string[], world: World, object: GraphObject | null): ActionStats[] {
  const known: Record<string, string | undefined> = {
    action_destination: entry.action_type.includes('messaging') ? world.account.page.name : world.account.website,
    action_target_id: object?.id ?? world.account.id,
    action_reaction: entry.action_type === 'post_reaction' ? 'like' : undefined,
  }
  const more: Record<string, string> = {}
  for (const name of asked) {
    const value = known[name]
    if (value === undefined) return []
    more[name] = value
  }
  return [{ ...entry, ...more }]
}
