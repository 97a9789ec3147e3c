/** Who is behind a WhatsApp message: a number, also where the person shows their user id alone. */

import { createHash } from 'node:crypto'

import type { InboundMessage } from '../../../connectors/whatsapp/webhook-event.js'
import type { Store } from '../../../store/base/store.js'
import { numberOfUserId } from '../../../store/messages/contacts.js'

/** Digits of the sender's number, or of the one that their user id was seen with; null for an id that was seen with none. */
export const senderNumber = async (store: Store, { from, userId }: Pick<InboundMessage, 'from' | 'userId'>) =>
  from ?? (userId === null ? null : await numberOfUserId(store, userId))

/** As much of a number or user id as may be shown: enough to know one's own. */
export function shownSender({ from, userId }: Pick<InboundMessage, 'from' | 'userId'>): string {
  if (from !== null) return `+${from.slice(0, 2)} … ${from.slice(-2)}`
  return userId === null ? '–' : `${userId.slice(0, 3)}…${userId.slice(-4)}`
}

/** The same for the same sender, without their number. */
export const senderKey = ({ from, userId, wamid }: Pick<InboundMessage, 'from' | 'userId' | 'wamid'>): string =>
  createHash('sha256')
    .update(from ?? userId ?? wamid)
    .digest('hex')
    .slice(0, 16)
