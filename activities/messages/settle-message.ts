/** Records the outcome of a message; the note of its decision also shows a message that was not sent. */

import { inTransaction } from '../../store/base/transaction.js'
import { findDecision, setProgress } from '../../store/decisions/decisions.js'
import { settleMessage as settle } from '../../store/messages/messages.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import { announceDecision, messageInWords } from './announce.js'
import type { MessageActivities } from './contract.js'

export const settleMessage =
  (dependencies: ActivityDependencies): MessageActivities['settleMessage'] =>
  async ({ message: id, status, reason }) => {
    const at = dependencies.now()
    const failed = status === 'failed' || status === 'unknown' || status === 'withdrawn'
    const decision = await inTransaction(dependencies.store, async (store) => {
      const news = { status, at, ...(failed && reason !== null ? { error: { message: reason } } : {}) }
      const message = (await settle(store, { kind: 'id', id }, news))?.message
      if (message === undefined || message.decision === null) return null
      const found = await findDecision(store, message.decision)
      if (found === undefined) return null
      const words = `${messageInWords({ ...message, status, error_json: JSON.stringify({ message: reason }) })}.`
      if (failed && found.note?.includes(words) !== true) {
        const note = [found.note, words].filter((part) => part !== null).join(' ')
        await setProgress(store, found.id, { progress: found.progress, note, at })
      }
      return found.id
    })
    if (decision !== null) await announceDecision(dependencies, decision, id)
  }
