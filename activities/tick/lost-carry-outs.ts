/**
 * Decisions whose carrying out is no longer there: terminated in Temporal's UI, lost with its database, or never started since
 * the machine slept between the two. While such a one counted as under way, its rule would be silent for its entity for ever.
 */

import { standardMessage } from '../../engine/message/message.js'
import type { Store } from '../../store/base/store.js'
import { inTransaction } from '../../store/base/transaction.js'
import { type Decision, findDecision, openDecisions, setProgress } from '../../store/decisions/decisions.js'
import { mutationsOfDecision, settleMutation } from '../../store/decisions/mutations.js'
import { unsentMessages } from '../../store/messages/messages.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { rest, withdrawApprovals } from '../carry-out/record-progress.js'
import { announceDecision } from '../messages/announce.js'
import type { MessageToSend } from '../messages/contract.js'
import { toSend, writeNotice } from '../messages/notice.js'

/** A tick that records a firing starts it within seconds; its tries are over long before this, milliseconds. */
export const LOST_AFTER = 10 * 60_000
/** For how long a message that was written is handed out again, in case a tick broke before it sent it. */
const HANDED_OUT_FOR = 30 * 60_000
const SUFFIX = 'ended-from-outside'
const NOTE = 'It was ended from outside: its workflow is closed or gone in Temporal. What it had done stands.'

/**
 * Settles as failed what is recorded as under way and is not. Where Temporal does not say, nothing is settled.
 *
 * @returns the messages to the owner that were not sent yet, one for each
 */
export async function settleLostCarryOuts(dependencies: ActivityDependencies, account: string): Promise<MessageToSend[]> {
  const { store, now } = dependencies
  const before = now() - LOST_AFTER
  for (const decision of await openDecisions(store, account)) {
    if (decision.updated_at > before || (await mayBeUnderWay(dependencies, decision))) continue
    if (await settle(dependencies, decision)) await announceDecision(dependencies, decision.id)
  }
  const written = await unsentMessages(store, account, { suffix: `-${SUFFIX}`, after: now() - HANDED_OUT_FOR })
  return written.map((message) => toSend(dependencies, message))
}

async function mayBeUnderWay({ workflowIds, isUnderWay }: ActivityDependencies, decision: Decision): Promise<boolean> {
  const { account, rule, entity_key: key, workflow_id: workflow } = decision
  try {
    return await isUnderWay(workflow ?? workflowIds.carryOut(account, rule, key))
  } catch {
    // Temporal did not answer: the next tick asks again.
    return true
  }
}

function settle(dependencies: ActivityDependencies, { id, progress }: Decision): Promise<boolean> {
  const at = dependencies.now()
  return inTransaction(dependencies.store, async (store: Store) => {
    const decision = await findDecision(store, id)
    // It came further while Temporal was asked.
    if (decision === undefined || decision.progress !== progress) return false
    await setProgress(store, id, { progress: 'failed', note: NOTE, at })
    for (const { id: mutation, outcome } of await mutationsOfDecision(store, id)) {
      // Written down and never sent; what was sent is marked as unknown before.
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
