/** Handles a stop word from somebody who may not stop anything: reports it to owners, panel and log; the sender gets one message a day. */

import { ownerOf } from '../../../activities/base/dependencies.js'
import type { MessageToSend } from '../../../activities/messages/contract.js'
import { toSend } from '../../../activities/messages/notice.js'
import type { InboundMessage } from '../../../connectors/whatsapp/webhook-event.js'
import { standardMessage } from '../../../engine/message/message.js'
import { inTransaction } from '../../../store/base/transaction.js'
import { takeWebhookEvent } from '../../../store/incoming/webhook-events.js'
import { intendMessage, type NewMessage } from '../../../store/messages/messages.js'
import { writeNote } from '../../../store/messages/notes.js'
import { MESSAGE_WAITS } from '../../../temporal.config.js'
import { startMessage } from '../../temporal/start-message.js'
import type { ApiContext } from '../http/context.js'
import { senderKey, shownSender } from './sender.js'

/** The name in Temporal for a sender who is not in tetik.yaml: Temporal holds no phone numbers. */
const UNNAMED = 'unnamed sender'

/**
 * Notifies owners once a day per sender, at any hour, and counts each message in the panel.
 *
 * @param word as it was written; DUR is answered in Turkish
 * @throws if Temporal does not answer; a repeated call notifies nobody twice
 */
export async function raiseAlarm(context: ApiContext, event: InboundMessage, word: string): Promise<void> {
  const { store, now } = context
  const sender = shownSender(event)
  const day = new Date(now()).toISOString().slice(0, 10)
  const key = `${senderKey(event)}-${day}`
  const written = await inTransaction(store, async (transaction) => {
    if (await takeWebhookEvent(transaction, `alarm:${event.id}`, now())) {
      context.logError(
        `Somebody without the right to stop any account sent the stop word on WhatsApp (${sender}); nothing was stopped.`,
      )
      const facts = { sender, name: plainName(event.profileName) }
      await writeNote(transaction, { id: `stop-not-heard-${key}`, kind: 'stop-not-heard', account: null, facts, at: now() })
    }
    const messages: MessageToSend[] = []
    for (const message of messagesOf(context, event, key, word)) {
      const { message: row } = await intendMessage(transaction, message)
      if (row.status === 'intended') messages.push(toSend({ messageWaits: MESSAGE_WAITS }, row))
    }
    return messages
  })
  if (written.length === 0) return
  await context.temporal.use(async (client) => {
    for (const message of written) await startMessage(client, message)
  })
}

function messagesOf({ settings, now }: ApiContext, event: InboundMessage, key: string, word: string): NewMessage[] {
  const all = settings()
  const owners = new Map(
    all.accounts.flatMap(({ name }) => {
      const owner = ownerOf(all, name)
      return owner === null ? [] : [[owner.name, { owner, account: name }] as const]
    }),
  )
  const common = { decision: null, created_at: now() }
  const messages = [...owners.values()].map(({ owner, account }): NewMessage => ({
    ...common,
    id: `alarm-${key}-${owner.name}`,
    account,
    recipient: owner.name,
    text: standardMessage({ kind: 'stop-not-heard', sender: shownSender(event) }, owner.language),
    urgent: 1,
  }))
  const [first] = all.accounts
  const address = event.from === null ? event.userId : `+${event.from}`
  if (first === undefined || address === null) return messages
  const text = standardMessage({ kind: 'stop-refused' }, /dur/i.test(word) ? 'tr' : 'en')
  return [...messages, { ...common, id: `answer-${key}`, account: first.name, recipient: UNNAMED, address, text, urgent: 1 }]
}

/** A sender's profile name, safe to show. People choose it themselves, so it identifies nobody. */
const plainName = (name: string | null): string | null =>
  name === null
    ? null
    : name
        .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
        .trim()
        .slice(0, 60)
