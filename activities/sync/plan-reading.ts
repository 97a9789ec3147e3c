/** Plans what to read of an account before rules are evaluated. */

import type { Account } from '../../engine/account/account.js'
import { MINUTE } from '../../engine/clock/zone.js'
import type { Rule } from '../../engine/rule/rule.js'
import { countsReach } from '../../store/account/reach.js'
import { lastGoodSync } from '../../store/account/syncs.js'
import type { Store } from '../../store/base/store.js'
import { SCHEDULES } from '../../temporal.config.js'
import { needsOf } from '../facts/rule-needs.js'
import type { ReadingPlan } from './contract.js'
import { planInsights } from './insights-plan.js'

/**
 * @param at the time that will be evaluated, epoch milliseconds
 * @param now when the account is read, epoch milliseconds
 */
export async function planReading(
  store: Store,
  account: Account,
  rules: readonly Rule[],
  { at, now }: { readonly at: number; readonly now: number },
): Promise<ReadingPlan> {
  return await planInsights(store, account, needsOf(rules, at, account.timezone, await countsReach(store, account.name)), now)
}

/** Whether the account's last good reading is so old that it is read again even if no rule needs it. */
export async function isReadingDue(store: Store, account: string, now: number): Promise<boolean> {
  const last = await lastGoodSync(store, account, 'structure')
  // Ticks come a little early or late; half a minute must not delay a reading to the next tick.
  return last === undefined || now - last.started_at >= SCHEDULES.reading - MINUTE / 2
}
