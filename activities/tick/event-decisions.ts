/** Every accepted event leaves a decision for each rule that waited for it, even if nothing could be evaluated. */

import type { Rule } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { settleEvent } from '../../store/incoming/events-to-evaluate.js'
import { latestRules } from '../../store/rules/rules.js'
import { prefixOfTick, unjudged } from './decision-rows.js'

/** The name of an event's tick. */
const tickOfEvent = (account: string, event: string): string => `event:${account}:${event}`

/**
 * Closes an event for which no rule was evaluated. Each rule that waits for its hook, or did when it was last loaded, gets a
 * decision that says why.
 *
 * @param belongs filters the rules that cover the account
 */
export async function giveUpEvent(
  store: Store,
  { account, event, at, note }: { readonly account: string; readonly event: string; readonly at: number; readonly note: string },
  belongs: (rules: readonly Rule[]) => readonly Rule[],
): Promise<void> {
  await inTransaction(store, async (transaction) => {
    if (!(await settleEvent(transaction, account, event, at))) return
    const ofHook = (await latestRules(transaction)).filter(
      ({ cadence }) => cadence.kind === 'hook' && event.startsWith(`${cadence.name}/`),
    )
    const found = { prefix: prefixOfTick(tickOfEvent(account, event)), account, event, at, knownAt: at }
    await recordTick(transaction, { states: [], decisions: belongs(ofHook).map((rule) => unjudged(rule, found, null, note)) })
  })
}
