/** The Cloud API's part of the Graph: the phone number, its messages, and the business account's templates. */

import type { Call } from '../graph/call.js'
import { nonexistingField, unknownPath, unsupportedRequest } from '../graph/errors.js'
import { parseFields } from '../graph/fields.js'
import { cutPage } from '../graph/paging.js'
import { onlyKnown, textParameter } from '../graph/parameters.js'
import { withToken } from '../graph/call.js'
import { WHATSAPP } from '../identity.js'
import type { Phone } from './phone.js'
import { sendMessage } from './send.js'
import { TEMPLATES } from './templates.js'

/** Whether a path belongs to WhatsApp, whose tokens are its own. */
export const isWhatsapp = (path: string): boolean =>
  [WHATSAPP.phoneNumberId, WHATSAPP.businessAccountId].some((id) => id === path.split('/')[0])

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
  if (id === WHATSAPP.phoneNumberId && edge === 'messages') {
    if (call.method !== 'POST') throw unsupportedRequest(call.method, id)
    return sendMessage(call, phone)
  }
  if (call.method !== 'GET') throw unsupportedRequest(call.method, id)
  if (edge === undefined) return node(call, id === WHATSAPP.phoneNumberId)
  if (id === WHATSAPP.businessAccountId && edge === 'message_templates') return templates(call)
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

const TEMPLATE_FIELDS = ['id', 'name', 'language', 'status', 'category', 'components', 'parameter_format']

function templates(call: Call): unknown {
  onlyKnown(call.parameters, ['fields', 'limit', 'after', 'before', 'name', 'language', 'status', 'category', 'summary'])
  const asked = parseFields(call.parameters.fields).map(({ name }) => name)
  const wrong = asked.find((name) => !TEMPLATE_FIELDS.includes(name))
  if (wrong) throw nonexistingField(wrong, 'WhatsAppMessageTemplate')
  const wanted = ['name', 'language', 'status', 'category'] as const
  const found = TEMPLATES.filter((template) =>
    wanted.every((key) => (textParameter(call.parameters, key) ?? template[key]) === template[key]),
  )
  const url = `${call.base}/${WHATSAPP.businessAccountId}/message_templates`
  const page = cutPage(found, ({ id }) => id, { url, parameters: withToken(call, call.parameters) })
  const fields = asked.length > 0 ? [...new Set([...asked, 'id'])] : TEMPLATE_FIELDS
  return {
    data: page.items.map((template) => pick({ ...template }, fields)),
    ...(page.paging ? { paging: page.paging } : {}),
  }
}
