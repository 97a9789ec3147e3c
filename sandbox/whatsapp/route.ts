/** The Cloud API's part of the Graph: the phone number, its messages, and the business account's templates. */

import type { Call } from '../graph/call.js'
import { nonexistingField, unknownPath, unsupportedRequest } from '../graph/errors.js'
import { parseFields } from '../graph/fields.js'
import { onlyKnown } from '../graph/parameters.js'
import { WHATSAPP } from '../identity.js'
import { mediaNode, uploadMedia } from './media-routes.js'
import type { Phone } from './phone.js'
import { businessProfile } from './profile.js'
import { sendMessage } from './send.js'
import { templateEdge, templateNode } from './template-routes.js'

/** Ids of templates and of media begin so; those of the ads do otherwise. */
const OWN_IDS = /^(?:594425479|1375245879)\d{6,7}$/

/** Whether a path belongs to WhatsApp, whose tokens are its own. */
export function isWhatsapp(path: string): boolean {
  const id = path.split('/')[0] ?? ''
  return id === WHATSAPP.phoneNumberId || id === WHATSAPP.businessAccountId || OWN_IDS.test(id)
}

const PHONE_FIELDS: Record<string, unknown> = {
  id: WHATSAPP.phoneNumberId,
  display_phone_number: WHATSAPP.displayPhoneNumber,
  verified_name: WHATSAPP.verifiedName,
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
  platform_type: 'CLOUD_API',
  status: 'CONNECTED',
  name_status: 'APPROVED',
  throughput: { level: 'STANDARD' },
  account_mode: 'SANDBOX',
  messaging_limit_tier: 'TIER_250',
}
const PHONE_DEFAULTS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'id',
]
const ACCOUNT_FIELDS: Record<string, unknown> = {
  id: WHATSAPP.businessAccountId,
  name: WHATSAPP.verifiedName,
  timezone_id: '134',
  currency: 'TRY',
  message_template_namespace: 'c0ffee00_sandbox',
  account_review_status: 'APPROVED',
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
  if (edge === undefined) return node(call, id === WHATSAPP.phoneNumberId)
  if (id === WHATSAPP.businessAccountId && edge === 'phone_numbers') return { data: [pick(PHONE_FIELDS, PHONE_DEFAULTS)] }
  throw unknownPath(`/${edge}`)
}

const pick = (from: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, from[name]]))

function node(call: Call, isPhone: boolean): Record<string, unknown> {
  onlyKnown(call.parameters, ['fields'])
  const from = isPhone ? PHONE_FIELDS : ACCOUNT_FIELDS
  const asked = parseFields(call.parameters.fields).map(({ name }) => name)
  const wrong = asked.find((name) => !(name in from))
  if (wrong) throw nonexistingField(wrong, isPhone ? 'WhatsAppBusinessPhoneNumber' : 'WhatsAppBusinessAccount')
  return pick(from, asked.length > 0 ? [...new Set([...asked, 'id'])] : isPhone ? PHONE_DEFAULTS : ['id', 'name', 'timezone_id'])
}
