/**
 * Checks pacing within a budget: an ad set's minimum and maximum spend of the campaign's budget, and the hours in which it runs.
 */

import { invalidParameter, refused } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import type { FieldValues, GraphObject } from '../state/objects.js'

/** @throws GraphError 100; Meta documents no subcodes for these */
export function checkPacing(adset: FieldValues, campaign: GraphObject): void {
  for (const period of ['daily', 'lifetime'] as const) checkSpendLimits(adset, campaign, period)
  if (adset.adset_schedule !== undefined && adset.adset_schedule !== null) checkSchedule(adset, campaign)
}

/** Spend limits need a campaign budget of the same kind (Marketing API, ad set `daily_spend_cap` and similar fields). */
function checkSpendLimits(adset: FieldValues, { fields }: GraphObject, period: 'daily' | 'lifetime'): void {
  const [least, most] = [adset[`${period}_min_spend_target`], adset[`${period}_spend_cap`]].map(Number)
  const given = [`${period}_min_spend_target`, `${period}_spend_cap`].filter((name) => typeof adset[name] === 'number')
  if (given.length === 0) return
  if (typeof fields[`${period}_budget`] !== 'number') {
    throw refused(null, 'Spend limits not available', `${given.join(', ')} need a ${period} budget on the campaign.`, given)
  }
  if (given.length === 2 && Number(most) < Number(least)) {
    throw refused(
      null,
      'Spend limits are the wrong way round',
      'The spend cap must not be lower than the minimum spend target.',
      given,
    )
  }
}

/** Checks the hours of the week, which need a lifetime budget and `pacing_type: ["day_parting"]`. */
function checkSchedule(
  { adset_schedule: schedule, lifetime_budget: own, pacing_type: pacing }: FieldValues,
  { fields }: GraphObject,
): void {
  const entries = Array.isArray(schedule) ? (schedule as unknown[]) : []
  for (const [index, entry] of entries.entries()) {
    const { start_minute: start, end_minute: end, days } = isRecord(entry) ? entry : {}
    const hours = [start, end].map(Number)
    const [from = NaN, to = NaN] = hours
    const fits = from >= 0 && to <= 1440 && from < to && Number.isInteger(from) && Number.isInteger(to)
    const ofTheWeek = Array.isArray(days) && days.length > 0 && days.every((day) => Number.isInteger(day) && day >= 0 && day <= 6)
    if (!fits || !ofTheWeek) throw invalidParameter(`Param adset_schedule[${index}] must have start_minute, end_minute and days`)
  }
  if (entries.length === 0) return
  if (typeof own !== 'number' && typeof fields.lifetime_budget !== 'number') {
    throw refused(null, 'Ad scheduling needs a lifetime budget', 'You can only run ads on a schedule with a lifetime budget.', [
      'adset_schedule',
    ])
  }
  if (!Array.isArray(pacing) || !pacing.includes('day_parting')) {
    throw invalidParameter('Param pacing_type must be ["day_parting"] with adset_schedule')
  }
}
