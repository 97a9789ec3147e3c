/** Stores how far a carry-out is. When it ends, the rule starts to rest for the entity, or may try again. */

import type { CarryOutProgress } from '../../engine/rule/progress.js'
import { afterCarryOut, afterFailedCarryOut, afterRefusal, type RuleState } from '../../engine/rule/state/state.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { answerApproval, approvalsOfDecision } from '../../store/decisions/approvals.js'
import { setProgress } from '../../store/decisions/decisions.js'
import { mutationsOfDecision } from '../../store/decisions/mutations.js'
import { hasSentSteps } from '../../store/decisions/sent-steps.js'
import { messagesOfDecision } from '../../store/messages/messages.js'
import { columnsOfState, stateOfRow } from '../../store/rules/rule-state-row.js'
import { changeRuleState, findRuleState } from '../../store/rules/rule-states.js'
import { carriedOut } from '../base/carried-out-rule.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { tripBreaker } from '../guardrails/breaker.js'
import { wasChangedMeanwhile } from '../ledger/outside-changes.js'
import { announceDecision, messageInWords } from '../messages/announce.js'
import { type CarryOutActivities } from './contract.js'

const ENDS = new Set<CarryOutProgress>(['done', 'refused', 'failed', 'stopped'])

export const recordProgress =
  (dependencies: ActivityDependencies): CarryOutActivities['recordProgress'] =>
  async ({ decision: id, progress, note, beside = false }) => {
    const at = dependencies.now()
    const tripped = await inTransaction(dependencies.store, async (store) => {
      // The note replaces the previous one, which may have reported a failed message: that must stay visible.
      const failed = (await messagesOfDecision(store, id)).filter(({ error_json: error }) => error !== null).map(messageInWords)
      const moved = await setProgress(store, id, { progress, note: [note, ...failed.map((one) => `${one}.`)].join(' '), at })
      if (moved && ENDS.has(progress) && !beside) await rest(dependencies, store, id, progress, at)
      if (moved && ENDS.has(progress)) await withdrawApprovals(store, id, at)
      return progress === 'failed' ? await afterFailure(dependencies, store, id) : null
    })
    if (ENDS.has(progress)) await announceDecision(dependencies, id)
    return {
      notice: tripped?.notice ?? null,
      ...(tripped === null || tripped.ends.workflows.length === 0 ? {} : { ends: tripped.ends }),
    }
  }

/** Lets the breaker count the failure. An account that was removed from tetik.yaml has no rules to stop. */
async function afterFailure(dependencies: ActivityDependencies, store: Store, id: string) {
  const { decision } = await carriedOut(store, id)
  const account = dependencies.settings().accounts.find(({ name }) => name === decision.account)
  return account === undefined ? null : await tripBreaker(dependencies, store, account)
}

/** Closes the open approvals of a carry-out that has ended. */
export async function withdrawApprovals(store: Store, id: string, at: number): Promise<void> {
  for (const approval of await approvalsOfDecision(store, id)) {
    if (approval.state === 'waiting') await answerApproval(store, approval.id, { state: 'withdrawn', by: null, at })
  }
}

/**
 * Updates the rule's state at the end of a carry-out, from which the cooldown counts. If it was refused before anything was done,
 * the rule does not rest. If it failed before anything was done, it tries again soon, except if a person had changed the entity.
 */
export async function rest(
  dependencies: Pick<ActivityDependencies, 'settings'>,
  store: Store,
  id: string,
  progress: CarryOutProgress,
  at: number,
): Promise<void> {
  const { decision, rule } = await carriedOut(store, id)
  const key = { account: decision.account, rule: decision.rule, entityKey: decision.entity_key }
  const row = await findRuleState(store, key.account, key.rule, key.entityKey)
  if (row === undefined) return
  const mutations = await mutationsOfDecision(store, id)
  // A person who has answered, or let the time run out, must not be asked the same again at the next tick.
  const wasAsked = (await approvalsOfDecision(store, id)).length > 0
  const isUntouched =
    !wasAsked &&
    mutations.every((mutation) => mutation.outcome === 'refused' && !wasChangedMeanwhile(mutation)) &&
    !(await hasSentSteps(store, id))
  const state = stateOfRow(row)
  const zone = dependencies.settings().accounts.find(({ name }) => name === key.account)?.timezone ?? 'UTC'
  // If it only sent messages or ended at its check, there is nothing that a rule of lower priority could undo.
  const isDone = progress === 'done' && (mutations.length > 0 || !rule.then.some(({ kind }) => kind === 'check'))
  const hasActed = isDone || wasAsked || mutations.some(({ outcome }) => outcome !== 'refused' && outcome !== 'superseded')
  const next = rested()
  await changeRuleState(store, key, columnsOfState(hasActed ? next : { ...next, actedAt: null }))

  function rested(): RuleState {
    if (isUntouched && progress === 'refused') return afterRefusal(state)
    if (isUntouched && progress === 'failed') return afterFailedCarryOut(state, at, rule, zone)
    return afterCarryOut(state, at, rule, zone)
  }
}
