/** Routes the Cloud API's part of the Graph API: the phone number, its messages, and the business account's templates. */

import { WHATSAPP } from '../base/identity.js'
import { unknownPath, unsupportedRequest } from '../protocol/errors.js'
import type { Call } from '../request/call.js'
import { mediaNode, uploadMedia } from './media-routes.js'
import { accountNode, phoneNode } from './nodes.js'
import type { Phone } from './phone.js'
import { businessProfile } from './profile.js'
import { sendMessage } from './send.js'
import { templateEdge, templateNode } from './template-routes.js'

/** Matches ids of templates and media, which begin differently from those of ads. */
const OWN_IDS = /^(?:594425479|1375245879)\d{6,7}$/

/** Whether a path belongs to WhatsApp, which has tokens of its own. */
export function isWhatsapp(path: string): boolean {
  const id = path.split('/')[0] ?? ''
  return id === WHATSAPP.phoneNumberId || id === WHATSAPP.businessAccountId || OWN_IDS.test(id)
}

/** @throws GraphError */
export function routeWhatsapp(call: Call, phone: Phone): unknown {
  const [id = '', edge, ...rest] = call.path.split('/')
  if (rest.length > 0) throw unknownPath(`/${rest.join('/')}`)
  if (id === WHATSAPP.phoneNumberId) {
    if (edge === 'whatsapp_business_profile') return businessProfile(call, phone.database)
    if (edge === 'messages' || edge === 'media') {
      if (call.method !== 'POST') throw unsupportedRequest(call.method, id)
      return edge === 'messages' ? sendMessage(call, phone) : uploadMedia(call, phone)
    }
  }
  if (id === WHATSAPP.businessAccountId && edge === 'message_templates') return templateEdge(call, phone)
  const template = edge === undefined ? phone.templates.withId(id) : undefined
  if (template !== undefined) return templateNode(call, phone, template)
  const media = edge === undefined ? phone.media.find(id, call.now) : undefined
  if (media !== undefined) return mediaNode(call, phone, media)
  if (call.method !== 'GET' || OWN_IDS.test(id)) throw unsupportedRequest(call.method, id)
  return id === WHATSAPP.phoneNumberId ? phoneNode(call, edge) : accountNode(call, edge)
}
