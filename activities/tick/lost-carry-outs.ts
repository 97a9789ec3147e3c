/**
 * Settles decisions whose carry-out no longer exists: it was terminated in Temporal's UI, lost with Temporal's database, or never
 * started because the machine slept in between. As long as the decision counted as running, its rule could not fire for its
 * entity.
 */

import { standardMessage } from '../../engine/message/message.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { type DecisionRow, findDecision, openDecisions, setProgress } from '../../store/decisions/decisions.js'
import { mutationsOfDecision, settleMutation } from '../../store/decisions/mutations.js'
import { unsentMessages } from '../../store/messages/messages.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { rest, withdrawApprovals } from '../carry-out/record-progress.js'
import { announceDecision } from '../messages/announce.js'
import type { MessageToSend } from '../messages/contract.js'
import { toSend, writeNotice } from '../messages/notice.js'

/** In milliseconds. A tick starts the carry-outs that it recorded within seconds, and all its retries end long before this. */
export const LOST_AFTER = 10 * 60_000
/** For how long a stored message is returned again, in case a tick failed before sending it. Milliseconds. */
const HANDED_OUT_FOR = 30 * 60_000
const SUFFIX = 'ended-from-outside'
const NOTE = 'It was ended from outside: its workflow is closed or gone in Temporal. What it had done was not undone.'

/**
 * Settles as failed the decisions that are recorded as running but whose workflow is not. If Temporal does not answer, it settles
 * nothing.
 *
 * @returns the notices to the owner that were not sent yet, one for each decision
 */
export async function settleLostCarryOuts(dependencies: ActivityDependencies, account: string): Promise<MessageToSend[]> {
  const { store, now } = dependencies
  const before = now() - LOST_AFTER
  for (const decision of await openDecisions(store, account)) {
    if (decision.updated_at > before || (await mayBeRunning(dependencies, decision))) continue
    if (await settle(dependencies, decision)) await announceDecision(dependencies, decision.id)
  }
  const written = await unsentMessages(store, account, { suffix: `-${SUFFIX}`, after: now() - HANDED_OUT_FOR })
  return written.map((message) => toSend(dependencies, message))
}

async function mayBeRunning({ workflowIds, isRunning }: ActivityDependencies, decision: DecisionRow): Promise<boolean> {
  const { account, rule, entity_key: key, workflow_id: workflow } = decision
  try {
    return await isRunning(workflow ?? workflowIds.carryOut(account, rule, key))
  } catch {
    // Temporal did not answer: the next tick asks again.
    return true
  }
}

function settle(dependencies: ActivityDependencies, { id, progress }: DecisionRow): Promise<boolean> {
  const at = dependencies.now()
  return inTransaction(dependencies.store, async (store: Store) => {
    const decision = await findDecision(store, id)
    // Its progress changed while Temporal was asked.
    if (decision === undefined || decision.progress !== progress) return false
    await setProgress(store, id, { progress: 'failed', note: NOTE, at })
    for (const { id: mutation, outcome } of await mutationsOfDecision(store, id)) {
      // `intended` changes were never sent: one that was sent is marked as unknown first.
      if (outcome === 'intended') await settleMutation(store, mutation, { outcome: 'refused', error: { message: NOTE }, at })
    }
    await rest(dependencies, store, id, 'failed', at)
    await withdrawApprovals(store, id, at)
    const { account, rule, entity_name: name, entity_key: key } = decision
    await writeNotice(
      { ...dependencies, store },
      {
        id: `${id}-${SUFFIX}`,
        account,
        decision: id,
        text: (language) => standardMessage({ kind: 'ended-from-outside', rule, entity: name ?? key }, language),
      },
    )
    return true
  })
}
