/** The stop word, DUR or STOP, on WhatsApp. */

import type { InboundMessage } from '../../../connectors/whatsapp/webhook-event.js'
import { readStopWord } from '../../../engine/message/stop-word.js'
import type { Store } from '../../../store/base/store.js'
import { isWebhookEventTaken, takeWebhookEvent } from '../../../store/incoming/webhook-events.js'
import { lastResumed, standingStop } from '../../../store/rules/stops.js'
import { throwSwitch } from '../../operations/stop-switch.js'
import type { ApiContext } from '../http/context.js'
import { switchOf } from '../work/switch-of.js'
import { raiseAlarm } from './alarm.js'
import { senderNumber } from './sender.js'

/**
 * If the message is a stop word, stops the accounts that the sender may stop; if there are none, raises an alarm.
 *
 * @throws if Temporal does not answer; the stop is on all the same, and a repeated call is harmless
 */
export async function stopByMessage(context: ApiContext, event: InboundMessage): Promise<void> {
  const { content } = event
  const written = content.type === 'text' ? content.text : content.type === 'other' ? '' : content.title
  const word = readStopWord(written)
  if (word === null) return
  const number = await senderNumber(context.store, event)
  const sender = number === null ? null : context.recipientOf(number)
  if (sender === null || !sender.may.includes('stop')) return await raiseAlarm(context, event, written)
  const all = context.settings().accounts.map(({ name }) => name)
  const theirs = sender.accounts.length === 0 ? all : all.filter((name) => sender.accounts.includes(name))
  const named = theirs.filter((name) => name.toLowerCase() === word.account?.toLowerCase())
  // If the second word is not one of their accounts, all of them are stopped: the sender wants a stop.
  const meant = named.length > 0 ? named : theirs
  const accounts: string[] = []
  for (const account of meant) if (await isToStop(context.store, event, account)) accounts.push(account)
  if (accounts.length === 0) return
  const by = `WhatsApp: ${sender.name}`
  const { untold } = await throwSwitch(switchOf(context), { accounts, reason: 'by message', by, sender })
  await takeWebhookEvent(context.store, heard(event), context.now())
  if (untold !== null) throw untold
}

const heard = ({ id }: InboundMessage): string => `stop:${id}`

/**
 * Whether the message still stops the account. A webhook may arrive hours late; a resume after the message was written outranks it.
 * WhatsApp's times are whole seconds, so a message in the same second as a resume may be the later one, and counts. A message that
 * was processed before does not stop again what was resumed since.
 */
async function isToStop(store: Store, event: InboundMessage, account: string): Promise<boolean> {
  if (await isWebhookEventTaken(store, heard(event))) return (await standingStop(store, account)) !== undefined
  const resumed = (await lastResumed(store, account)) ?? 0
  return Math.floor(event.at / 1000) >= Math.floor(resumed / 1000)
}
