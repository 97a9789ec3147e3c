/** Sends one message to WhatsApp, once. The workflow `sendMessage` decides whether to send it again. */

import { ApplicationFailure } from '@temporalio/activity'

import { ConnectorError } from '../../connectors/connector-error.js'
import type { WhatsAppClient } from '../../connectors/whatsapp/client.js'
import { withoutLead } from '../../engine/message/approval-text.js'
import { mayBeRepeated } from '../../engine/message/message.js'
import { buttonsBody, templateParameter, textBody } from '../../engine/message/whatsapp-text.js'
import type { Language } from '../../engine/text/value-text.js'
import { inTransaction } from '../../store/base/transaction.js'
import { findMessage, type Message, reopenMessage, settleMessage } from '../../store/messages/messages.js'
import { beginSend, endSend } from '../../store/messages/sends.js'
import { APPROVAL_TEMPLATE, TEMPLATE } from '../../temporal.config.js'
import { type ActivityDependencies, phoneOf, recipientOf } from '../base/dependencies.js'
import { failureOf } from '../base/errors.js'
import { whileAlive } from '../base/heartbeat.js'
import { withdrawal } from '../base/stop-note.js'
import { type MessageForm, type WhatsAppActivities } from './contract.js'

/** Characters reserved for a template's own words around the parameter; our longest template has half as many. */
const TEMPLATE_WORDS = 124

export const sendToWhatsApp =
  (dependencies: ActivityDependencies): WhatsAppActivities['sendToWhatsApp'] =>
  ({ message, form }) =>
    whileAlive(() => send(dependencies, message, form))

async function send(dependencies: ActivityDependencies, id: string, form: MessageForm): Promise<void> {
  const { store, whatsapp, now } = dependencies
  const begun = await begin(dependencies, id, form)
  if (begun === null) return
  const { message, language, to } = begun
  const buttons = JSON.parse(message.buttons_json ?? '[]') as readonly Button[]
  const text = begun.send.is_repeat === 1 ? mayBeRepeated(message.text, language) : message.text
  try {
    const addressed = { to, reference: id }
    const sent =
      form === 'text'
        ? await sendFree(whatsapp, addressed, text, buttons)
        : await sendTemplate(whatsapp, addressed, text, buttons, language)
    await inTransaction(store, async (transaction) => {
      await endSend(transaction, begun.send.id, { outcome: 'accepted', wamid: sent.wamid })
      await settleMessage(transaction, { kind: 'id', id }, { status: 'accepted', at: now(), wamid: sent.wamid, sentAs: form })
    })
  } catch (error) {
    if (error instanceof ConnectorError && !error.mayHaveBeenCarriedOut) {
      const { kind, code } = error
      await endSend(store, begun.send.id, { outcome: 'refused', error: { kind, code } })
    }
    // Reported as a cancellation, it would look as if the message was never sent.
    if (error instanceof ConnectorError && error.kind === 'cancelled') throw cutOff(error)
    throw failureOf(error)
  }
}

/**
 * Records that it is being sent: if that is found later, the message may have been sent. The same transaction checks whether a
 * stop came before it, so that nothing is begun after one.
 *
 * @returns null if WhatsApp accepted it before
 * @throws ApplicationFailure `stopped` if it is no longer sent
 */
async function begin(dependencies: ActivityDependencies, id: string, form: MessageForm) {
  const { store, now } = dependencies
  return await inTransaction(store, async (transaction) => {
    const message = await findMessage(transaction, id)
    if (message === undefined) throw ApplicationFailure.nonRetryable(`There is no message ${id}.`, 'unknown-message')
    const isOpen = ['intended', 'unknown', 'failed', 'withdrawn'].includes(message.status)
    if (!isOpen) return null
    const stopped = message.status === 'withdrawn' ? 'It was withdrawn before' : await withdrawal(transaction, message)
    if (stopped !== null) throw ApplicationFailure.nonRetryable(stopped, 'stopped')
    const { to, language } = addressOf(dependencies, message)
    if (message.status === 'failed') await reopenMessage(transaction, id, now())
    await settleMessage(transaction, { kind: 'id', id }, { status: 'unknown', at: now() })
    return { message, to, language, send: await beginSend(transaction, { message: id, at: now(), form }) }
  })
}

/** Its address: a recipient of tetik.yaml, or somebody who wrote to us and is not a recipient. */
function addressOf(
  dependencies: ActivityDependencies,
  { address, recipient: name }: Message,
): { to: string; language: Language } {
  if (address !== null) return { to: address, language: 'en' }
  const recipient = recipientOf(dependencies, name)
  return { to: phoneOf(dependencies, recipient), language: recipient.language }
}

interface Button {
  readonly id: string
  readonly title: string
}

type Addressed = { readonly to: string; readonly reference: string }

const sendFree = (whatsapp: WhatsAppClient, addressed: Addressed, text: string, buttons: readonly Button[]) =>
  buttons.length === 0
    ? whatsapp.sendText({ ...addressed, text: textBody(text) })
    : whatsapp.sendButtons({ ...addressed, text: buttonsBody(text), buttons })

/** The titles of a template's buttons are part of the template at Meta; each message only sets what a tap returns. */
const sendTemplate = (
  whatsapp: WhatsAppClient,
  addressed: Addressed,
  text: string,
  buttons: readonly Button[],
  language: string,
) =>
  whatsapp.sendTemplate({
    ...addressed,
    language,
    name: buttons.length === 0 ? TEMPLATE : APPROVAL_TEMPLATE,
    parameters: [templateParameter(buttons.length === 0 ? text : withoutLead(text), TEMPLATE_WORDS)],
    quickReplies: buttons.map(({ id }) => id),
  })

/** The worker was stopped during the request. */
const cutOff = ({ message, mayHaveBeenCarriedOut }: ConnectorError): ApplicationFailure =>
  ApplicationFailure.retryable(message, mayHaveBeenCarriedOut ? 'unknown-outcome' : 'cancelled')
