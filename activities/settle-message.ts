/** Writes down how a message ended; a failure shows at its decision too. */

import { findDecision, setProgress } from '../store/decisions.js'
import { findMessage, settleMessage as settle } from '../store/messages.js'
import { announceDecision } from './announce.js'
import type { MainActivities } from './contracts.js'
import type { ActivityDependencies } from './dependencies.js'

export const settleMessage =
  (dependencies: ActivityDependencies): MainActivities['settleMessage'] =>
  async ({ message: id, status, reason }) => {
    const { store, now } = dependencies
    const error = reason === null ? {} : { error: { message: reason } }
    await settle(store, { id }, { status, at: now(), ...error })
    const message = await findMessage(store, id)
    if (message?.decision === undefined || message.decision === null) return
    const decision = await findDecision(store, message.decision)
    if (decision === undefined) return
    if (status === 'failed' || status === 'unknown') {
      const said = `WhatsApp to ${message.recipient}: ${status === 'failed' ? 'failed' : 'not known whether it arrived'}. ${reason ?? ''}`
      const note = decision.note === null ? said.trim() : `${decision.note} ${said.trim()}`
      if (decision.note?.includes(said.trim()) !== true) {
        await setProgress(store, decision.id, { progress: decision.progress as 'done', note, at: now() })
      }
    }
    await announceDecision(dependencies, decision.id)
  }
