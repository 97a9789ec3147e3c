/** `POST /sandbox/inbound`: a person writes to the business, or taps a button of a message from it. */

import { WHATSAPP } from '../base/identity.js'
import { isRecord } from '../protocol/parameters.js'
import type { Choice } from './content.js'
import type { Message } from './message-store.js'
import type { Phone } from './phone.js'
import { readRecipient } from './send.js'

export class InboundError extends Error {}

const KEYS = ['from', 'name', 'text', 'button', 'reply_to', 'phone_number_id']

/**
 * Receives `{ "text": "dur" }`, or `{ "button": "approve" }` with the id or title of a button or row. `"reply_to": "wamid…"` names
 * its message; by default the newest one to the person that has it. `"from"` is the owner by default, `"name"` is the person's
 * name, and `"phone_number_id"` is the business's number if it is not the account's own.
 * @throws InboundError with a message that says what is wrong
 */
export function receiveInbound(phone: Phone, given: unknown, now: number): Message {
  if (!isRecord(given)) throw new InboundError('Give an object, as { "text": "merhaba" } or { "button": "approve" }.')
  const surplus = Object.keys(given).filter((key) => !KEYS.includes(key))
  if (surplus.length > 0) throw new InboundError(`Unknown: ${surplus.join(', ')}. Known are ${KEYS.join(', ')}.`)
  const person = readPerson(given.from ?? WHATSAPP.owner.phone)
  if (typeof given.name === 'string') phone.people.rename(person, given.name)
  const to = typeof given.phone_number_id === 'string' ? given.phone_number_id : undefined
  const context = typeof given.reply_to === 'string' ? given.reply_to : null
  const base = { id: phone.newId(), at: now, direction: 'in', person, status: 'received', errorCode: null, opaque: null } as const
  if (typeof given.button === 'string') {
    const { message, choice } = findChoice(phone, person, given.button, context)
    const about = { from: WHATSAPP.displayPhoneNumber.replace(/\D/g, ''), id: message.id }
    if (message.type === 'template') {
      const inbound: Message = { ...base, type: 'button', content: { text: choice.title }, context: message.id }
      phone.receive(inbound, { context: about, type: 'button', button: { payload: choice.id, text: choice.title } }, to)
      return inbound
    }
    const kind = message.content.button === undefined ? 'button_reply' : 'list_reply'
    const inbound: Message = { ...base, type: 'interactive', content: { text: choice.title }, context: message.id }
    phone.receive(inbound, { context: about, type: 'interactive', interactive: { type: kind, [kind]: choice } }, to)
    return inbound
  }
  if (typeof given.text !== 'string' || given.text === '') throw new InboundError('Give a text, or the button that was tapped.')
  if (given.text.length > 4096) throw new InboundError('A text has at most 4096 characters.')
  const inbound: Message = { ...base, type: 'text', content: { text: given.text }, context }
  const about = context === null ? {} : { context: { from: WHATSAPP.displayPhoneNumber.replace(/\D/g, ''), id: context } }
  phone.receive(inbound, { ...about, type: 'text', text: { body: given.text } }, to)
  return inbound
}

export function readPerson(from: unknown): string {
  try {
    return readRecipient(from)
  } catch {
    throw new InboundError('from must be a phone number with its country code, as +905551112233.')
  }
}

function findChoice(phone: Phone, person: string, button: string, replyTo: string | null): { message: Message; choice: Choice } {
  const candidates =
    replyTo === null ? phone.messages.list({ person, direction: 'out' }).reverse() : [phone.messages.find(replyTo)]
  for (const message of candidates) {
    const choice = message?.content.choices?.find(({ id, title }) => id === button || title === button)
    if (message && choice) return { message, choice }
  }
  throw new InboundError(`No message to ${person} has a button ${button}.`)
}
