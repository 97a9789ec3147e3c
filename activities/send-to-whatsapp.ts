/** Hands one message to WhatsApp, once. Whether to hand it over again is for `sendMessage` to decide. */

import { ApplicationFailure } from '@temporalio/activity'

import { ConnectorError } from '../connectors/connector-error.js'
import { findMessage, reopenMessage, settleMessage } from '../store/messages.js'
import { TEMPLATE } from '../temporal.config.js'
import { whileAlive } from './alive.js'
import type { MessageForm, WhatsAppActivities } from './contracts.js'
import { phoneOf, recipientOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { failureOf } from './errors.js'

/** WhatsApp's limits of characters: a text's body, and a template's body, less the words around the parameter. */
const LONGEST = { text: 4096, template: 900 } as const

export const sendToWhatsApp =
  (dependencies: ActivityDependencies): WhatsAppActivities['sendToWhatsApp'] =>
  ({ message, form }) =>
    whileAlive(() => send(dependencies, message, form))

async function send(dependencies: ActivityDependencies, id: string, form: MessageForm): Promise<void> {
  const { store, whatsapp, now } = dependencies
  const message = await findMessage(store, id)
  if (message === undefined) throw ApplicationFailure.nonRetryable(`There is no message ${id}.`, 'unknown-message')
  if (message.status === 'failed') await reopenMessage(store, id, now())
  else if (message.status !== 'intended' && message.status !== 'unknown') return

  const recipient = recipientOf(dependencies, message.recipient)
  const to = phoneOf(dependencies, recipient)
  const text = shortened(message.text, LONGEST[form])
  // Written before it is sent: whoever finds this row later knows that it may have gone out.
  await settleMessage(store, { id }, { status: 'unknown', at: now() })
  try {
    const sent =
      form === 'text'
        ? await whatsapp.sendText({ to, reference: id, text })
        : await whatsapp.sendTemplate({ to, reference: id, name: TEMPLATE, language: recipient.language, parameters: [text] })
    await settleMessage(store, { id }, { status: 'accepted', at: now(), wamid: sent.wamid, sentAs: form })
  } catch (error) {
    // As a cancellation it would look like a message that never went out.
    if (error instanceof ConnectorError && error.kind === 'cancelled') throw cutOff(error)
    throw failureOf(error)
  }
}

/** The worker was told to stop while the request was out. */
const cutOff = ({ message, mayHaveBeenCarriedOut }: ConnectorError): ApplicationFailure =>
  ApplicationFailure.retryable(message, mayHaveBeenCarriedOut ? 'unknown-outcome' : 'cancelled')

function shortened(text: string, longest: number): string {
  const characters = Array.from(text)
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`
}
