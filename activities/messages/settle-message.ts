/** Writes down how a message ended; what did not go out shows at its decision too. */

import { inTransaction } from '../../store/base/transaction.js'
import { findDecision, type Progress, setProgress } from '../../store/decisions/decisions.js'
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
        await setProgress(store, found.id, { progress: found.progress as Progress, note, at })
      }
      return found.id
    })
    if (decision !== null) await announceDecision(dependencies, decision, id)
  }
