/** Every accepted event leaves a decision for each rule that waited for it, even if nothing could be evaluated. */

import { createHash } from 'node:crypto'

import type { Rule } from '../../engine/rule/rule.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { type NewDecision, recordTick } from '../../store/decisions/decisions.js'
import { settleEvent } from '../../store/incoming/events-to-evaluate.js'
import { latestRules } from '../../store/rules/rules.js'

/** The name of an event's tick. */
const tickOfEvent = (account: string, event: string): string => `event:${account}:${event}`

/** The prefix of the ids of a tick's decisions. */
export const prefixOfTick = (tick: string): string => createHash('sha256').update(tick).digest('hex').slice(0, 16)

export interface UnjudgedEvent {
  readonly prefix: string
  readonly account: string
  readonly event: string
  /** Epoch milliseconds: the time that would have been evaluated, and the time of the decision. */
  readonly at: number
  readonly knownAt: number
}

/** Returns the decision of a rule that an event started, but that evaluated nothing. */
export const unjudged = (rule: Rule, found: UnjudgedEvent, because: 'when' | null, note: string): NewDecision => ({
  id: `${found.prefix}-${rule.id}`,
  account: found.account,
  rule: rule.id,
  version: rule.version,
  scope: 'account',
  entity_key: found.account,
  entity_id: null,
  entity_name: null,
  at: found.at,
  known_at: found.knownAt,
  outcome: 'hold',
  because,
  mode: rule.mode,
  steps_json: JSON.stringify(rule.then.map(stepName)),
  trace_json: '[]',
  progress: 'none',
  note,
  workflow_id: null,
  event: found.event,
  created_at: found.knownAt,
  updated_at: found.knownAt,
})

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
