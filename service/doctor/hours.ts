/** Checks in the stored data whether Meta returns hourly conversions for each account. */

import { loadKnown } from '../../activities/facts/load-facts.js'
import type { Account } from '../../engine/account/account.js'
import { isoDay } from '../../engine/clock/day.js'
import { addDays, dayNumberAt, dayOf } from '../../engine/clock/zone.js'
import { Dataset } from '../../engine/facts/dataset.js'
import { HoursVerdict } from '../../engine/facts/hours-verdict.js'
import type { Store } from '../../store/base/store.js'
import { type Finding, ok, warn } from './finding.js'
import { withStore } from './with-store.js'

/** How many days back the check looks for a day with conversions, whose hourly rows then show it. */
const LOOKED_BACK = 14

export async function checkHours(file: string, accounts: readonly Account[], now: number): Promise<Finding[]> {
  return await withStore(file, async (store) => {
    const findings: Finding[] = []
    for (const account of accounts) findings.push(await hoursOf(store, account, now))
    return findings
  })
}

async function hoursOf(store: Store, account: Account, now: number): Promise<Finding> {
  const since = addDays(dayOf(now, account.timezone), -LOOKED_BACK)
  const question = { at: now, knownAt: now, level: 'adset', days: true, daysSince: since, hoursSince: since } as const
  const { source } = await loadKnown(store, account, question)
  const verdict = new HoursVerdict(new Dataset(source), now, account.timezone).conversions(dayNumberAt(now, account.timezone))
  const check = `hours of ${account.name}`
  if (verdict === null)
    return ok(check, 'Not known yet: no complete day shows whether Meta returns hourly conversions for this account.')
  const day = isoDay(verdict.day)
  if (verdict.found === 'some') return ok(check, `Meta returns hourly conversions for this account: ${day} has some.`)
  return warn(
    check,
    `Meta returns no hourly conversions for this account: those of ${day} are in its daily row but in none of its hourly rows.`,
    'Rules that use them are unknown and never fire: use windows of whole days (`tetik check` names these rules).',
  )
}
