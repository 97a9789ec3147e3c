/** Messages to an account's owner about tetik itself: what failed, what was stopped, what cannot be read. */

import { oneLine } from '../../engine/text/one-line.js'
import type { Language } from '../../engine/text/value-text.js'
import { intendMessage, type Message } from '../../store/messages/messages.js'
import { type ActivityDependencies, ownerOf } from '../base/dependencies.js'
import type { ComposedMessage, MessageToSend } from './contract.js'

export interface Notice {
  /** Identifies its subject: the same id is sent once. */
  readonly id: string
  readonly account: string
  readonly decision: string | null
  /** In the recipient's language. */
  readonly text: (language: Language) => string
}

type NoticeDependencies = Pick<ActivityDependencies, 'store' | 'settings' | 'now' | 'messageWaits'>

/** Writes the message down; its workflow is still to be started. */
export async function writeNotice(dependencies: NoticeDependencies, notice: Notice): Promise<ComposedMessage> {
  const message = await intend(dependencies, notice)
  if (message !== null) return { send: toSend(dependencies, message) }
  return { send: null, note: `Nobody is notified: tetik.yaml names no recipient for ${notice.account}.` }
}

/** As `writeNotice`, and null from when it was sent on: for what is noticed again and again. */
export async function unsentNotice(dependencies: NoticeDependencies, notice: Notice): Promise<MessageToSend | null> {
  const message = await intend(dependencies, notice)
  return message?.status === 'intended' ? toSend(dependencies, message) : null
}

async function intend({ store, settings, now }: NoticeDependencies, notice: Notice): Promise<Message | null> {
  const { id, account, decision, text } = notice
  const owner = ownerOf(settings(), account)
  if (owner === null) return null
  const written = { id, account, decision, recipient: owner.name, text: text(owner.language), created_at: now() }
  return (await intendMessage(store, written)).message
}

export function toSend(
  { messageWaits }: Pick<ActivityDependencies, 'messageWaits'>,
  message: { readonly id: string; readonly account: string; readonly recipient: string; readonly text: string },
): MessageToSend {
  return {
    message: message.id,
    account: message.account,
    recipient: message.recipient,
    waits: messageWaits,
    summary: oneLine(`To ${message.recipient}: ${message.text}`),
  }
}
