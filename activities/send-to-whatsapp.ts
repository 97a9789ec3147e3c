/** Hands one message to WhatsApp, once. Whether to hand it over again is for `sendMessage` to decide. */

import { ApplicationFailure } from '@temporalio/activity'

import { ConnectorError } from '../connectors/connector-error.js'
import type { WhatsAppClient } from '../connectors/whatsapp/client.js'
import { buttonsBody, templateParameter, textBody } from '../engine/action/whatsapp-text.js'
import { findMessage, reopenMessage, settleMessage } from '../store/messages.js'
import { APPROVAL_TEMPLATE, TEMPLATE } from '../temporal.config.js'
import { whileAlive } from './alive.js'
import type { MessageForm, WhatsAppActivities } from './contracts.js'
import { phoneOf, recipientOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'
import { failureOf } from './errors.js'

/** Room for a template's own words around the parameter: the longest of ours has half as many. */
const TEMPLATE_WORDS = 124

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
  const buttons = JSON.parse(message.buttons_json ?? '[]') as readonly Button[]
  // Written before it is sent: whoever finds this row later knows that it may have gone out.
  await settleMessage(store, { id }, { status: 'unknown', at: now() })
  try {
    const addressed = { to, reference: id }
    const sent =
      form === 'text'
        ? await sendFree(whatsapp, addressed, message.text, buttons)
        : await sendTemplate(whatsapp, addressed, message.text, buttons, recipient.language)
    await settleMessage(store, { id }, { status: 'accepted', at: now(), wamid: sent.wamid, sentAs: form })
  } catch (error) {
    // As a cancellation it would look like a message that never went out.
    if (error instanceof ConnectorError && error.kind === 'cancelled') throw cutOff(error)
    throw failureOf(error)
  }
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

/** The template's buttons have their titles at Meta; what a tap says is given with each message. */
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
    parameters: [templateParameter(text, TEMPLATE_WORDS)],
    quickReplies: buttons.map(({ id }) => id),
  })

/** The worker was told to stop while the request was out. */
const cutOff = ({ message, mayHaveBeenCarriedOut }: ConnectorError): ApplicationFailure =>
  ApplicationFailure.retryable(message, mayHaveBeenCarriedOut ? 'unknown-outcome' : 'cancelled')
