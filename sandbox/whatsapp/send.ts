/** `POST /{phone_number_id}/messages`. */

import { WHATSAPP } from '../base/identity.js'
import { invalidParameter } from '../protocol/errors.js'
import { isRecord } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { readContent } from './content.js'
import { whatsappError } from './errors.js'
import { swallowMessageKeys } from './message-keys.js'
import { outsideWindow, type Phone } from './phone.js'

const TYPES = [
  'text',
  'interactive',
  'template',
  'reaction',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
]
const OPAQUE_LENGTH = 512

export function sendMessage(call: Call, phone: Phone): unknown {
  const body = call.parameters
  if (body.messaging_product === undefined) throw invalidParameter('The parameter messaging_product is required.')
  if (body.messaging_product !== 'whatsapp') throw whatsappError(131009, "'messaging_product' must be whatsapp")
  if (body.status !== undefined) return markRead(call, phone)
  const type = body.type ?? 'text'
  if (typeof type !== 'string' || !TYPES.includes(type)) throw invalidParameter(`Param type must be one of {${TYPES.join(', ')}}`)
  swallowMessageKeys(call, type)
  if (body.recipient_type !== undefined && body.recipient_type !== 'individual') {
    throw whatsappError(131009, "'recipient_type' must be individual")
  }
  // If both are given, the number counts.
  const by = body.to === undefined && body.recipient !== undefined ? 'user-id' : 'number'
  const person = by === 'number' ? readRecipient(body.to) : readUserId(body.recipient, phone)
  const content = readContent(type, body, phone.templates)
  const context = readContext(body.context, phone)
  const opaque = readOpaque(body.biz_opaque_callback_data)
  phone.limits.take(person, call.now)
  const closed = type !== 'template' && !phone.windowOpen(person)
  if (closed && phone.settings.outside_window === 'error') throw whatsappError(outsideWindow.code, outsideWindow.details)
  const id = phone.newId()
  call.message = { id, to: person, type }
  phone.accept(
    { id, at: call.now, direction: 'out', person, type, content, status: 'accepted', errorCode: null, context, opaque },
    by,
    closed ? outsideWindow : null,
  )
  return {
    messaging_product: 'whatsapp',
    contacts: [
      by === 'number' ? { input: String(body.to), wa_id: person } : { input: String(body.recipient), user_id: body.recipient },
    ],
    messages: [{ id, ...(type === 'template' ? { message_status: 'accepted' } : {}) }],
  }
}

/** Returns the digits with the country code; a number without `+` and without a country code gets the business's own, 90. */
export function readRecipient(to: unknown): string {
  if (to === undefined || to === '') throw whatsappError(131008, "Required parameter 'to' is missing")
  const text = typeof to === 'string' ? to.replace(/[\s()-]/g, '') : ''
  if (!/^\+?\d{8,15}$/.test(text)) throw whatsappError(131009, "'to' must be a phone number with its country code")
  const digits = text.replace(/^\+/, '')
  const person =
    !text.startsWith('+') && digits.length <= 11 && !digits.startsWith('90') ? `90${digits.replace(/^0/, '')}` : digits
  if (person === WHATSAPP.displayPhoneNumber.replace(/\D/g, '')) throw whatsappError(131021, 'Recipient cannot be sender')
  return person
}

/** Finds the person of a business-scoped user id, as webhooks contain it. An unknown or former id is undeliverable. */
function readUserId(recipient: unknown, phone: Phone): string {
  if (typeof recipient !== 'string' || !/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/.test(recipient)) {
    throw whatsappError(131009, "'recipient' must be a business-scoped user id")
  }
  const person = phone.people.withUserId(recipient)
  if (person === undefined) throw whatsappError(131026, 'Message undeliverable.')
  return person.phone
}

function readContext(context: unknown, phone: Phone): string | null {
  if (context === undefined) return null
  if (!isRecord(context) || typeof context.message_id !== 'string')
    throw whatsappError(131009, "'context.message_id' must be a string")
  if (!phone.messages.find(context.message_id))
    throw whatsappError(131009, 'context.message_id is no message of this conversation')
  return context.message_id
}

function readOpaque(value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value !== 'string' || value.length > OPAQUE_LENGTH) {
    throw whatsappError(131009, `'biz_opaque_callback_data' must be a string of at most ${OPAQUE_LENGTH} characters`)
  }
  return value
}

function markRead(call: Call, phone: Phone): unknown {
  const { status, message_id: id } = call.parameters
  swallowMessageKeys(call, 'status')
  if (status !== 'read') throw whatsappError(131009, "'status' must be read")
  const message = typeof id === 'string' ? phone.messages.find(id) : undefined
  if (message?.direction !== 'in') throw whatsappError(131009, "'message_id' is no message that was received")
  return { success: true }
}
