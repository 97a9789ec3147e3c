import { AnswerMismatch, wholeAnswer } from '../answer.js'
import { signWith } from '../app-secret-proof.js'
import { systemClock } from '../clock.js'
import { WhatsAppError } from '../connector-error.js'
import { DEFAULT_VERSION } from '../graph-versions.js'
import { createGraph, type GraphCall } from '../graph.js'
import type { Json } from '../json.js'
import type { CallOptions } from '../options.js'
import { BucketBusy, createTokenBucket } from '../token-bucket.js'
import { createTransport } from '../transport.js'
import { PHONE_FIELDS, readBusinessPhone, readTemplates, TEMPLATE_FIELDS } from './business.js'
import type { SentMessage, WhatsAppClient, WhatsAppClientOptions } from './client.js'
import { meaningOfWhatsAppError } from './error-table.js'
import {
  buttonsBody,
  type Fault,
  faultOfAddress,
  faultOfButtons,
  faultOfTemplate,
  faultOfText,
  isUserId,
  templateBody,
  textBody,
} from './message-body.js'

/** Cloud API, "Throughput": 80 messages per second per number. */
const MESSAGES = 80

/**
 * Creates the client; it does not connect yet.
 *
 * @throws TypeError for an invalid base URL
 */
export function createWhatsAppClient(options: WhatsAppClientOptions): WhatsAppClient {
  const transport = createTransport(options)
  const { capacity = MESSAGES, perSecond = MESSAGES, maxWait = 10_000 } = options.rateLimits ?? {}
  const bucket = createTokenBucket({ capacity, perSecond }, options.clock ?? systemClock)
  const graph = createGraph<WhatsAppError>({
    name: 'WhatsApp',
    createError: (message, details) => new WhatsAppError(message, details),
    baseUrl: options.baseUrl,
    version: options.version ?? DEFAULT_VERSION,
    token: options.token,
    sign: signWith(options.appSecret),
    secrets: options.appSecret === undefined ? [] : [options.appSecret],
    transport,
    meaningOf: meaningOfWhatsAppError,
  })

  const enter = async (call: GraphCall): Promise<void> => {
    try {
      await bucket.take(1, { signal: call.signal, maxWait })
    } catch (error) {
      if (error instanceof BucketBusy) {
        const why = 'too many messages are waiting already'
        throw graph.error(call, 'rate-limited', 'own-limit', why, { retryable: true, retryAfter: error.wait })
      }
      if (call.signal?.aborted) throw graph.error(call, 'cancelled', 'cancelled', 'it was cancelled')
      throw error
    }
  }

  const send = async <M extends { to: string; reference: string }>(
    kind: string,
    message: M,
    faultOf: (message: M) => Fault | null,
    bodyOf: (message: M) => object,
    { signal }: CallOptions,
  ): Promise<SentMessage> => {
    const call: GraphCall = {
      what: `send a ${kind}`,
      method: 'POST',
      path: `${options.phoneId}/messages`,
      json: {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        ...(isUserId(message.to) ? { recipient: message.to } : { to: message.to }),
        biz_opaque_callback_data: message.reference,
        ...bodyOf(message),
      },
      changes: true,
      signal: signal ?? options.signal?.(),
      hide: message.to.length < 7 ? [] : [message.to, message.to.replace(/^\+/, '')],
    }
    if (!/^\d+$/.test(options.phoneId)) {
      const why = 'WHATSAPP_PHONE_ID, the id of the business’s number, is not set or not digits only'
      throw graph.error({ ...call, path: '<phone id>/messages' }, 'invalid-request', 'no-phone-id', why)
    }
    const fault = faultOfAddress(message) ?? faultOf(message)
    if (fault !== null) throw graph.error(call, 'invalid-request', fault.reason, fault.why)
    await enter(call)
    return await graph.call(call, readSentMessage)
  }

  const ask = async <T>(
    what: string,
    path: string,
    parameters: Record<string, string>,
    read: (answer: Json) => T,
    { signal }: CallOptions,
  ): Promise<T> => {
    const call: GraphCall = { what, method: 'GET', path, parameters, changes: false, signal: signal ?? options.signal?.() }
    const id = path.split('/')[0] ?? ''
    if (!/^\d+$/.test(id)) {
      const why = 'a WhatsApp id consists of digits only'
      throw graph.error({ ...call, path: '<malformed id>' }, 'invalid-request', 'malformed-id', why)
    }
    await enter(call)
    return await graph.call(call, read)
  }

  return {
    readPhone: (call = {}) =>
      ask('read the business’s number', options.phoneId, { fields: PHONE_FIELDS.join(',') }, readBusinessPhone, call),
    listTemplates: (businessAccountId, name, call = {}) => {
      // A name has one template for each language, and WhatsApp has fewer languages than this.
      const parameters = { name, fields: TEMPLATE_FIELDS.join(','), limit: '100' }
      return ask(`list the templates “${name}”`, `${businessAccountId}/message_templates`, parameters, readTemplates, call)
    },
    sendText: (message, call = {}) => send('text', message, faultOfText, textBody, call),
    sendTemplate: (message, call = {}) => send(`template “${message.name}”`, message, faultOfTemplate, templateBody, call),
    sendButtons: (message, call = {}) => send('message with buttons', message, faultOfButtons, buttonsBody, call),
    close: () => transport.close(),
  }
}

function readSentMessage(answer: Json): SentMessage {
  const [message] = wholeAnswer(answer).objects('messages')
  if (message === undefined) throw new AnswerMismatch('messages[0]', 'the message that was sent', undefined)
  return { wamid: message.text('id'), status: message.textOrNull('message_status') ?? 'accepted' }
}
