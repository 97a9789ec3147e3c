/** The word DUR or STOP on WhatsApp, from a number that may stop an account. */

import type { InboundMessage } from '../../connectors/whatsapp/webhook-event.js'
import { readStopWord } from '../../engine/action/stop-word.js'
import { lastResumed } from '../../store/stops.js'
import { throwSwitch } from '../stop-switch.js'
import type { ApiContext } from './context.js'
import { switchOf } from './routes/stops.js'

/**
 * Stops what the sender may stop, where that is what they wrote. Anybody else's word does nothing.
 *
 * @throws where Temporal does not answer; the stop stands all the same, and what is done again does it no second time
 */
export async function stopByMessage(context: ApiContext, event: InboundMessage): Promise<void> {
  const { content, from, at } = event
  const word = readStopWord(content.type === 'text' ? content.text : content.type === 'other' ? '' : content.title)
  if (word === null || from === null) return
  const sender = context.recipientOf(from)
  if (sender === null || !sender.may.includes('stop')) {
    context.logError('Somebody who may not stop any account wrote the stop word on WhatsApp; nothing was done.')
    return
  }
  const all = context.settings().accounts.map(({ name }) => name)
  const theirs = sender.accounts.length === 0 ? all : all.filter((name) => sender.accounts.includes(name))
  const named = theirs.filter((name) => name.toLowerCase() === word.account?.toLowerCase())
  // A second word that names no account of theirs was meant for whoever reads it: they want a stop.
  const meant = named.length > 0 ? named : theirs
  const accounts: string[] = []
  for (const account of meant) {
    // A webhook may come hours late: whoever resumed in the meantime knew better.
    if (at > ((await lastResumed(context.store, account)) ?? 0)) accounts.push(account)
  }
  if (accounts.length === 0) return
  const by = `WhatsApp: ${sender.name}`
  const { untold } = await throwSwitch(switchOf(context), { accounts, reason: 'by message', by, sender })
  if (untold !== null) throw untold
}
