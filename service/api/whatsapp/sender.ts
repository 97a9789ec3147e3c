/** Identifies the sender of a WhatsApp message by number, even if the webhook contains only their user id. */

import { createHash } from 'node:crypto'

import type { InboundMessage } from '../../../connectors/whatsapp/webhook-event.js'
import type { Store } from '../../../store/base/store.js'
import { numberOfUserId } from '../../../store/messages/contacts.js'

/** Returns the digits of the sender's number, or of the number last seen with their user id; null if none was. */
export const senderNumber = async (store: Store, { from, userId }: Pick<InboundMessage, 'from' | 'userId'>) =>
  from ?? (userId === null ? null : await numberOfUserId(store, userId))

/** Returns the part of a number or user id that may be shown: people recognise their own by it. */
export function shownSender({ from, userId }: Pick<InboundMessage, 'from' | 'userId'>): string {
  if (from !== null) return `+${from.slice(0, 2)} … ${from.slice(-2)}`
  return userId === null ? '–' : `${userId.slice(0, 3)}…${userId.slice(-4)}`
}

/** A hash that identifies the sender without revealing the number. */
export const senderKey = ({ from, userId, wamid }: Pick<InboundMessage, 'from' | 'userId' | 'wamid'>): string =>
  createHash('sha256')
    .update(from ?? userId ?? wamid)
    .digest('hex')
    .slice(0, 16)
