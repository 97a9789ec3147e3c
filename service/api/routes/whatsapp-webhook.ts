import Type from 'typebox'

import { operation } from '../operation.js'
import { ProblemError } from '../problem.js'
import { readBody } from '../request-body.js'
import { isEqualSecret } from '../session.js'
import { takeEvents } from '../whatsapp-events.js'

/** Meta's webhooks have at most 3 MB. */
const MOST_BYTES = 3_500_000

const text = { 200: { description: 'As Meta wants it', schema: null, contentType: 'text/plain' } } as const

export const whatsAppOperations = [
  operation({
    id: 'verifyWhatsAppWebhook',
    method: 'get',
    path: '/webhooks/whatsapp',
    tag: 'WhatsApp',
    summary: 'Meta asks whether this address is ours',
    open: true,
    query: {
      'hub.mode': Type.Optional(Type.String()),
      'hub.verify_token': Type.Optional(Type.String()),
      'hub.challenge': Type.Optional(Type.String({ maxLength: 1000 })),
    },
    looseQuery: true,
    problems: ['forbidden'],
    responses: text,
    handle: ({ query }, { whatsapp }) => {
      const given = query['hub.verify_token'] ?? ''
      const isOurs = whatsapp.verifyToken !== null && isEqualSecret(given, whatsapp.verifyToken)
      if (query['hub.mode'] !== 'subscribe' || !isOurs) {
        throw new ProblemError('forbidden', 'The verify token is not the one in WHATSAPP_VERIFY_TOKEN, or that is not set.')
      }
      return Promise.resolve(new Response(query['hub.challenge'] ?? '', { headers: { 'content-type': 'text/plain' } }))
    },
  }),
  operation({
    id: 'receiveWhatsAppWebhook',
    method: 'post',
    path: '/webhooks/whatsapp',
    tag: 'WhatsApp',
    summary: 'Delivery statuses, messages and button replies',
    description: 'Signed by Meta (`X-Hub-Signature-256`). Answered when it stands in the store; what comes again is taken once.',
    open: true,
    rawBody: 'As in Meta’s Cloud API webhooks reference',
    problems: ['forbidden', 'unavailable', 'temporal-unavailable'],
    responses: text,
    handle: async ({ http }, context) => {
      const { readWebhook } = context.whatsapp
      if (readWebhook === null)
        throw new ProblemError('unavailable', 'WHATSAPP_APP_SECRET is not set, so no signature can be checked.')
      const body = await readBody(http, MOST_BYTES)
      const read = readWebhook(body, http.req.header('x-hub-signature-256') ?? null)
      if ('events' in read) {
        await takeEvents(context, read.events)
        return new Response('EVENT_RECEIVED', { headers: { 'content-type': 'text/plain' } })
      }
      if (read.refused === 'forged') throw new ProblemError('forbidden', 'The signature is not that of this body.')
      throw new ProblemError('invalid-json', 'The body is not what WhatsApp sends.')
    },
  }),
]
