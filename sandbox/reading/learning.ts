/** An ad set's learning phase: about fifty conversions within a week of the last significant edit end it. */

import { DAY } from '../base/calendar.js'
import { addAdDay, emptyTotals } from '../insights/totals.js'
import type { GraphObject } from '../state/objects.js'
import type { World } from '../world/world.js'

const CONVERSIONS = 50
const PERIOD = 7 * DAY
/** A budget change by more than this is significant, and so is the end of a pause of a week. */
const SIGNIFICANT_BUDGET = 0.2

export interface LearningStage {
  readonly status: 'LEARNING' | 'SUCCESS' | 'FAIL'
  readonly conversions: number
  /** UNIX seconds. */
  readonly last_sig_edit_ts: number
  readonly attribution_windows: readonly string[]
}

/** Returns undefined for an ad set that never ran, because it has not started learning. */
export function learningStage(world: World, adset: GraphObject, now: number): LearningStage | undefined {
  const edited = lastSignificantEdit(world, adset)
  if (edited === null) return undefined
  const until = Math.min(now, edited + PERIOD)
  const totals = emptyTotals()
  for (const ad of world.objects.childrenOf(adset.id)) {
    for (let day = world.calendar.dayAt(edited); day <= world.calendar.dayAt(until); day++)
      addAdDay(totals, world.delivery.adOnDay(ad, day, now), now, null)
  }
  const conversions = [...totals.outcomes.values()].reduce((sum, { counts }) => sum + counts.value, 0)
  return {
    status: conversions >= CONVERSIONS ? 'SUCCESS' : now < edited + PERIOD ? 'LEARNING' : 'FAIL',
    conversions: Math.min(conversions, CONVERSIONS),
    last_sig_edit_ts: Math.floor(edited / 1000),
    attribution_windows: ['7d_click', '1d_view'],
  }
}

/** A change of these fields is always a significant edit. */
const ALWAYS = ['targeting', 'bid_strategy']

function lastSignificantEdit({ objects }: World, adset: GraphObject): number | null {
  let edited: number | null = null
  let pausedAt: number | null = null
  for (const { at, field, before, after } of objects.changesTo(adset.id)) {
    if (field === 'status') {
      if (after === 'ACTIVE' && (edited === null || (pausedAt !== null && at - pausedAt >= PERIOD))) edited = at
      pausedAt = after === 'ACTIVE' ? null : at
    }
    if (edited !== null && ALWAYS.includes(field)) edited = at
    const isBudget = field === 'daily_budget' || field === 'lifetime_budget'
    if (
      edited !== null &&
      isBudget &&
      typeof before === 'number' &&
      typeof after === 'number' &&
      Math.abs(after / before - 1) > SIGNIFICANT_BUDGET
    ) {
      edited = at
    }
  }
  if (edited === null) return null
  const newAds = objects.childrenOf(adset.id).map(({ createdTime }) => createdTime)
  return Math.max(edited, ...newAds)
}
