/** Decides in which form and when a message may be sent. */

import { ApplicationFailure } from '@temporalio/activity'

import { heldUntil } from '../../engine/guardrail/quiet-hours.js'
import { CUSTOMER_SERVICE_WINDOW, windowOpenUntil } from '../../store/messages/contacts.js'
import { findMessage } from '../../store/messages/messages.js'
import { type ActivityDependencies, phoneOf, recipientOf } from '../base/dependencies.js'
import { withdrawal } from '../base/stop-note.js'
import type { MessageActivities } from './contract.js'

/** In milliseconds. A message that is sent in the window's last moments would arrive after it. */
const MARGIN = 60_000
/** For how long after a recipient's own message their quiet hours do not apply, in milliseconds. */
const AWAKE = 10 * 60_000

export const prepareMessage =
  (dependencies: ActivityDependencies): MessageActivities['prepareMessage'] =>
  async ({ message: id, now }) => {
    const { store, settings } = dependencies
    const message = await findMessage(store, id)
    if (message === undefined) throw ApplicationFailure.nonRetryable(`There is no message ${id}.`, 'unknown-message')
    const accepted = !['intended', 'unknown', 'failed', 'withdrawn'].includes(message.status)
    if (accepted) return { form: message.sent_as === 'template' ? 'template' : 'text', quietUntil: null, accepted }
    const stopped = await withdrawal(store, message)
    if (stopped !== null) return { form: 'text', quietUntil: null, accepted, stopped }
    // It answers somebody who wrote just now.
    if (message.address !== null) return { form: 'text', quietUntil: null, accepted }

    const recipient = recipientOf(dependencies, message.recipient)
    const account = settings().accounts.find(({ name }) => name === message.account)
    const open = await windowOpenUntil(store, phoneOf(dependencies, recipient).slice(1))
    // Somebody who wrote a moment ago is awake and waits for the answer.
    const isAwake = open !== null && open - CUSTOMER_SERVICE_WINDOW > now - AWAKE
    return {
      form: open !== null && open > now + MARGIN ? 'text' : 'template',
      quietUntil: isAwake || message.urgent === 1 ? null : heldUntil(recipient.quiet, now, account?.timezone ?? 'UTC'),
      accepted,
    }
  }
