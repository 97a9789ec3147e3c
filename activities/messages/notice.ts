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

/** Stores the message; the caller must start its workflow. */
export async function writeNotice(dependencies: NoticeDependencies, notice: Notice): Promise<ComposedMessage> {
  const message = await intend(dependencies, notice)
  if (message !== null) return { send: toSend(dependencies, message) }
  return { send: null, note: `Nobody is notified: tetik.yaml has no recipient for ${notice.account}.` }
}

/** Like `writeNotice`, but returns null once the message was sent. For conditions that are noticed again and again. */
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
