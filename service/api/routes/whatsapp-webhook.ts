import Type from 'typebox'

import { verifySubscription } from '../../../connectors/whatsapp/signature.js'
import { LARGEST_WEBHOOK, parseWebhook } from '../../../connectors/whatsapp/webhook.js'
import { operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { readBody } from '../http/request-body.js'
import { takeEvents } from '../whatsapp/events.js'

const text = { 200: { description: 'As Meta expects it', schema: null, contentType: 'text/plain' } } as const

export const whatsAppOperations = [
  operation({
    id: 'verifyWhatsAppWebhook',
    method: 'get',
    path: '/webhooks/whatsapp',
    tag: 'WhatsApp',
    summary: 'Confirms the webhook subscription to Meta',
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
      const challenge = verifySubscription(query, whatsapp.verifyToken ?? '')
      if (challenge === null) {
        throw new ProblemError('forbidden', 'The verify token differs from WHATSAPP_VERIFY_TOKEN, or that is not set.')
      }
      return Promise.resolve(new Response(challenge, { headers: { 'content-type': 'text/plain' } }))
    },
  }),
  operation({
    id: 'receiveWhatsAppWebhook',
    method: 'post',
    path: '/webhooks/whatsapp',
    tag: 'WhatsApp',
    summary: 'Delivery statuses, messages and button replies',
    description:
      'Signed by Meta (`X-Hub-Signature-256`). Answered once the events are stored; a repeated event is processed once.',
    open: true,
    rawBody: 'As in Meta’s Cloud API webhooks reference',
    problems: ['forbidden', 'unavailable', 'temporal-unavailable'],
    responses: text,
    handle: async ({ http }, context) => {
      const { appSecret } = context.whatsapp
      if (appSecret === null)
        throw new ProblemError('unavailable', 'WHATSAPP_APP_SECRET is not set, so no signature can be checked.')
      const body = await readBody(http, LARGEST_WEBHOOK)
      const webhook = parseWebhook(body, http.req.header('x-hub-signature-256'), appSecret)
      if (webhook.kind === 'refused') {
        throw new ProblemError(
          webhook.status === 401 ? 'forbidden' : 'invalid-json',
          `The webhook was refused: ${webhook.reason}.`,
        )
      }
      await takeEvents(context, webhook.events)
      return new Response('EVENT_RECEIVED', { headers: { 'content-type': 'text/plain' } })
    },
  }),
]
