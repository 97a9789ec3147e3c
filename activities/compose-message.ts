/** A rule's message with its values, in the recipient's language, written down before it is sent. */

import { renderMessage } from '../engine/action/message.js'
import { isAboutOneThing } from '../engine/rule/state.js'
import { intendMessage, messagesOfDecision } from '../store/messages.js'
import { changeRuleState, findRuleState } from '../store/rule-states.js'
import { recordSentStep } from '../store/sent-steps.js'
import { inTransaction } from '../store/transaction.js'
import { carriedOut, stepOf } from './carried-out-rule.js'
import type { ComposedMessage, MainActivities, Stopped } from './contracts.js'
import { factsOfDecision, partsOf } from './decision-facts.js'
import { accountOf, recipientOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { toSend } from './notice.js'
import { stopNote } from './stop-note.js'

export const composeMessage =
  (dependencies: ActivityDependencies): MainActivities['composeMessage'] =>
  async ({ decision: id, step: index }): Promise<ComposedMessage | Stopped> => {
    const { store, now } = dependencies
    const carried = await carriedOut(store, id)
    const { decision, rule } = carried
    const step = stepOf(rule, index, 'whatsapp')
    const account = accountOf(dependencies, decision.account)
    const recipient = recipientOf(dependencies, step.to)
    // The numbers are those of the decision, whenever the step comes.
    const parts = partsOf(step.text, await factsOfDecision(store, account, carried))
    const text = renderMessage(parts, { language: recipient.language, currency: account.currency })

    return await inTransaction(store, async (transaction) => {
      const key = { account: account.name, rule: rule.id, entityKey: decision.entity_key }
      const own = await messagesOfDecision(transaction, id)
      const stopped = await stopNote(transaction, account.name)
      if (stopped !== null) return { stopped }
      const state = await findRuleState(transaction, key.account, key.rule, key.entityKey)
      // Told before about the very same thing, by an earlier firing.
      if (isAboutOneThing(rule) && state?.announced === 1 && own.length === 0) {
        return { send: null, note: 'told already; not again until the condition was false' }
      }
      const { message } = await intendMessage(transaction, {
        id: `${id}-${index}`,
        decision: id,
        account: account.name,
        recipient: recipient.name,
        text,
        created_at: now(),
      })
      if (isAboutOneThing(rule)) await changeRuleState(transaction, key, { announced: 1 })
      await recordSentStep(transaction, id, index, message.created_at)
      return { send: toSend(dependencies, message) }
    })
  }
