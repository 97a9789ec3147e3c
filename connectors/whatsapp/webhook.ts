/** Reads events from a webhook's raw body. Only a signed body is read, and an invalid part does not affect the others. */

import { createHash } from 'node:crypto'

import { DEEPEST_JSON, isDeeperThan } from '../../engine/text/json-depth.js'
import { AnswerMismatch, AnswerObject, wholeAnswer } from '../answer.js'
import { type Json, parseJson } from '../json.js'
import { meaningOfWhatsAppError } from './error-table.js'
import { isSignedBy } from './signature.js'
import type {
  AccountError,
  InboundContent,
  InboundMessage,
  MessageStatus,
  TemplateStatus,
  UnknownEvent,
  UserIdChange,
  WebhookError,
  WhatsAppEvent,
} from './webhook-event.js'

/** Cloud API, "Webhooks": bodies have at most 3 MB. */
export const LARGEST_WEBHOOK = 3 * 1024 * 1024

export type Webhook =
  | { readonly kind: 'accepted'; readonly events: readonly WhatsAppEvent[] }
  /** `status` is the HTTP status to answer with: 401 for a wrong signature, 413 for a body that is too large, else 400. */
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 413; readonly reason: string }

/**
 * @param rawBody The bytes exactly as received: parsing and serializing them again would break the signature.
 * @param signature The header `X-Hub-Signature-256`.
 */
export function parseWebhook(rawBody: Uint8Array, signature: string | undefined, appSecret: string): Webhook {
  if (rawBody.length > LARGEST_WEBHOOK) return { kind: 'refused', status: 413, reason: 'the body is larger than 3 MB' }
  if (!isSignedBy(appSecret, rawBody, signature)) {
    return { kind: 'refused', status: 401, reason: 'the signature is missing or wrong' }
  }
  const text = Buffer.from(rawBody).toString('utf8')
  if (isDeeperThan(text, DEEPEST_JSON)) {
    return { kind: 'refused', status: 400, reason: `the body is nested deeper than ${DEEPEST_JSON} arrays and objects` }
  }
  try {
    const body = wholeAnswer(parseJson(text))
    return {
      kind: 'accepted',
      events: body
        .objects('entry')
        .flatMap((entry) => entry.objects('changes').flatMap((change) => readChange(change, sentAt(entry)))),
    }
  } catch (error) {
    if (!(error instanceof AnswerMismatch) && !(error instanceof SyntaxError)) throw error
    return { kind: 'refused', status: 400, reason: `the body is not a webhook: ${error.message}` }
  }
}

/** Returns `time` of an entry, which distinguishes a second pause of a template from a second delivery of the first. */
const sentAt = (entry: AnswerObject): string => JSON.stringify(entry.raw('time') ?? null)

function readChange(change: AnswerObject, time: string): WhatsAppEvent[] {
  const field = typeof change.raw('field') === 'string' ? change.text('field') : ''
  switch (field) {
    case 'messages':
    // Used in early 2026; since then a change of a user id is a system message.
    case 'user_id_update':
      return readMessagesChange(field, change, time)
    case 'message_template_status_update':
      return [attempt(field, change.raw('value'), () => readTemplateStatus(change.object('value'), time))]
    default:
      return [unknown(field, change.raw('value'), `nothing is known of the field “${field}”`)]
  }
}

function readMessagesChange(field: string, change: AnswerObject, time: string): WhatsAppEvent[] {
  let value: AnswerObject
  let phoneNumberId: string
  try {
    value = change.object('value')
    phoneNumberId = value.object('metadata').id('phone_number_id')
  } catch (error) {
    if (!(error instanceof AnswerMismatch)) throw error
    return [unknown(field, change.raw('value'), error.message)]
  }
  const each = (key: string, read: (part: AnswerObject) => WhatsAppEvent): WhatsAppEvent[] => {
    const parts = value.raw(key)
    if (parts === undefined || parts === null) return []
    const list = Array.isArray(parts) ? parts : [parts]
    return list.map((part, at) => attempt(field, part, () => read(new AnswerObject(part, `${key}[${at}]`))))
  }
  const events = [
    ...each('messages', (part) =>
      isIdChange(part) ? readSystemMessage(phoneNumberId, part) : readMessage(value, phoneNumberId, part),
    ),
    ...each('statuses', (part) => readStatus(value, phoneNumberId, part)),
    ...each('user_id_update', (part) => readUserIdUpdate(phoneNumberId, part)),
    ...each('errors', (part) => readAccountError(phoneNumberId, part, time)),
  ]
  return events.length > 0 ? events : [unknown(field, change.raw('value'), 'it holds no message, status or error')]
}

function attempt(field: string, part: Json | undefined, read: () => WhatsAppEvent): WhatsAppEvent {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof AnswerMismatch)) throw error
    return unknown(field, part, error.message)
  }
}

function readMessage(value: AnswerObject, phoneNumberId: string, message: AnswerObject): InboundMessage {
  const wamid = message.text('id')
  const { number, userId, name } = personOf(value, phoneOf(message, 'from'), userIdOf(message, 'from_user_id', 'user_id'))
  return {
    kind: 'message',
    id: `message:${wamid}`,
    phoneNumberId,
    wamid,
    from: number,
    userId,
    profileName: name,
    at: readTimestamp(message),
    answers: message.objectOrNull('context')?.textOrNull('id') ?? null,
    content: readContent(message),
  }
}

/** Returns whom a message or status is about. If the part itself lacks the number or user id, they are taken from `contacts`. */
function personOf(value: AnswerObject, given: string | null, givenId: string | null) {
  const contacts = value.objects('contacts')
  const isMeant = (contact: AnswerObject) =>
    (given !== null && contact.raw('wa_id') === given) || (givenId !== null && contact.raw('user_id') === givenId)
  // A single contact is this person, unless its number or user id contradicts: then it is someone else, maybe with other rights.
  const isOther = (contact: AnswerObject) =>
    (given !== null && digitsOf(contact) !== null) || (givenId !== null && userIdOf(contact, 'user_id') !== null)
  const contact = contacts.find(isMeant) ?? (contacts.length === 1 && !contacts.some(isOther) ? contacts[0] : undefined)
  const name = contact?.objectOrNull('profile')?.textOrNull('name') ?? null
  const number = given ?? (contact === undefined ? null : digitsOf(contact))
  return { number, userId: givenId ?? (contact === undefined ? null : userIdOf(contact, 'user_id')), name }
}

/** Returns the contact's number; null if it is malformed, which is no reason to lose the message. */
function digitsOf(contact: AnswerObject): string | null {
  const waId = contact.raw('wa_id')
  return typeof waId === 'string' && /^\d{5,20}$/.test(waId) ? waId : null
}

const ID_CHANGES = ['user_changed_user_id', 'user_changed_number', 'customer_changed_number']

const isIdChange = (message: AnswerObject): boolean =>
  message.raw('type') === 'system' && ID_CHANGES.includes(message.objectOrNull('system')?.textOrNull('type') ?? '')

function readSystemMessage(phoneNumberId: string, message: AnswerObject): UserIdChange {
  const system = message.object('system')
  return {
    kind: 'user-id-change',
    id: `user-id:${message.text('id')}`,
    phoneNumberId,
    previousUserId: userIdOf(system, 'previous_user_id') ?? userIdOf(message, 'from_user_id'),
    previousNumber: phoneOf(message, 'from'),
    userId: userIdOf(system, 'user_id'),
    at: readTimestamp(message),
  }
}

function readUserIdUpdate(phoneNumberId: string, update: AnswerObject): UserIdChange {
  const ids = update.object('user_id')
  const [previousUserId, userId] = [userIdOf(ids, 'previous'), userIdOf(ids, 'current')]
  const previousNumber = phoneOf(update, 'wa_id')
  const at = readTimestamp(update)
  const id = `user-id:${digest([previousUserId, previousNumber, userId, at])}`
  return { kind: 'user-id-change', id, phoneNumberId, previousUserId, previousNumber, userId, at }
}

function readContent(message: AnswerObject): InboundContent {
  const type = message.text('type')
  switch (type) {
    case 'text':
      return { type: 'text', text: message.object('text').text('body') }
    case 'button': {
      const button = message.object('button')
      const title = button.text('text')
      return { type: 'button', id: button.textOrNull('payload') ?? title, title }
    }
    case 'interactive': {
      const interactive = message.object('interactive')
      const reply = interactive.objectOrNull('button_reply')
      if (reply !== null) return { type: 'button', id: reply.text('id'), title: reply.text('title') }
      const row = interactive.objectOrNull('list_reply')
      if (row !== null) return { type: 'list', id: row.text('id'), title: row.text('title') }
      return { type: 'other', metaType: `interactive ${interactive.textOrNull('type') ?? 'of no type'}` }
    }
    default:
      return { type: 'other', metaType: type }
  }
}

function readStatus(value: AnswerObject, phoneNumberId: string, status: AnswerObject): MessageStatus {
  const wamid = status.text('id')
  const state = status.text('status')
  const { number, userId } = personOf(value, phoneOf(status, 'recipient_id'), userIdOf(status, 'recipient_user_id', 'user_id'))
  return {
    kind: 'status',
    id: `status:${wamid}:${state}`,
    phoneNumberId,
    wamid,
    status: state,
    at: readTimestamp(status),
    recipient: number,
    userId,
    reference: status.textOrNull('biz_opaque_callback_data'),
    errors: status.objects('errors').map(readError),
  }
}

function readAccountError(phoneNumberId: string, part: AnswerObject, time: string): AccountError {
  const error = readError(part)
  return { kind: 'error', id: `error:${error.code}:${digest([time, part.raw('message') ?? null])}`, phoneNumberId, error }
}

function readError(part: AnswerObject): WebhookError {
  const code = part.integer('code')
  const meaning = meaningOfWhatsAppError(code, null, false)
  const details = part.objectOrNull('error_data')?.textOrNull('details') ?? null
  const said = [part.textOrNull('title') ?? part.textOrNull('message'), details].filter((text) => text !== null)
  return {
    // If a webhook reports a failure, the outcome is known.
    kind: meaning.kind === 'unknown-outcome' ? 'temporarily-unavailable' : meaning.kind,
    code,
    message: meaning.say ?? ([...new Set(said)].join(': ') || `WhatsApp’s error ${code}`),
    retryable: meaning.retryable,
    retryAfter: meaning.retryAfter ?? null,
  }
}

function readTemplateStatus(value: AnswerObject, time: string): TemplateStatus {
  const template = value.text('message_template_name')
  const language = value.text('message_template_language')
  const event = value.text('event')
  const templateId = value.idOrNull('message_template_id') ?? template
  return {
    kind: 'template-status',
    id: `template:${templateId}:${language}:${event}:${digest([time, value.textOrNull('reason')])}`,
    template,
    language,
    event,
    reason: value.textOrNull('reason'),
    category: value.textOrNull('message_template_category'),
  }
}

const unknown = (field: string, part: Json | undefined, reason: string): UnknownEvent => ({
  kind: 'unknown',
  id: `unknown:${field}:${digest(part ?? null)}`,
  field,
  reason,
})

const digest = (value: Json): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)

/** Reads seconds from text, and returns milliseconds. */
const readTimestamp = (part: AnswerObject): number => part.integer('timestamp') * 1000

/** Returns the digits of a phone number; null if WhatsApp hides it, and sends an empty text or none. */
function phoneOf(part: AnswerObject, key: string): string | null {
  const phone = part.textOrNull(key)
  if (phone === null || phone === '') return null
  if (!/^\d{5,20}$/.test(phone)) throw new AnswerMismatch(part.at(key), 'a phone number’s digits', null)
  return phone
}

/** Returns a business-scoped user id (`TR.1349…`); null for anything in another form, so that the event is not lost. */
function userIdOf(part: AnswerObject, ...keys: readonly string[]): string | null {
  const id = keys.map((key) => part.raw(key)).find((value) => typeof value === 'string')
  return typeof id === 'string' && /^[A-Z]{2}\.[A-Za-z0-9._-]{1,132}$/.test(id) ? id : null
}
