/** The business account and its phone number as nodes. */

import { IDENTITY, WHATSAPP } from '../base/identity.js'
import { parametersOf } from '../catalog/catalog.js'
import { pickFields } from '../protocol/documented.js'
import { nonexistingField, unknownPath } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import type { Call } from '../request/call.js'
import { swallowUnknown } from '../request/swallow.js'

type Values = Readonly<Record<string, unknown>>

const AVAILABLE = 'AVAILABLE'
const HEALTH = {
  can_send_message: AVAILABLE,
  entities: [
    { entity_type: 'PHONE_NUMBER', id: WHATSAPP.phoneNumberId, can_send_message: AVAILABLE },
    { entity_type: 'WABA', id: WHATSAPP.businessAccountId, can_send_message: AVAILABLE },
    { entity_type: 'BUSINESS', id: IDENTITY.businessId, can_send_message: AVAILABLE },
    { entity_type: 'APP', id: IDENTITY.appId, can_send_message: AVAILABLE },
  ],
}

const ACCOUNT_TYPE = 'WhatsAppBusinessAccount'
const ACCOUNT: Values = {
  id: WHATSAPP.businessAccountId,
  name: WHATSAPP.verifiedName,
  timezone_id: '134',
  currency: 'TRY',
  country: 'TR',
  status: 'ACTIVE',
  message_template_namespace: 'c0ffee00_sandbox',
  account_review_status: 'APPROVED',
  business_verification_status: 'not_verified',
  health_status: HEALTH,
  is_enabled_for_insights: false,
  owner_business_info: { id: IDENTITY.businessId, name: 'Moda TR Tekstil A.Ş.' },
  ownership_type: 'SELF',
  primary_funding_id: '2011223344556677',
  whatsapp_business_manager_messaging_limit: 'TIER_250',
}
const ACCOUNT_DEFAULTS = ['id', 'name', 'timezone_id']

const PHONE_TYPE = 'WhatsAppBusinessPhoneNumber'
const PHONE: Values = {
  id: WHATSAPP.phoneNumberId,
  display_phone_number: WHATSAPP.displayPhoneNumber,
  verified_name: WHATSAPP.verifiedName,
  quality_rating: 'GREEN',
  quality_score: { score: 'GREEN' },
  code_verification_status: 'VERIFIED',
  platform_type: 'CLOUD_API',
  status: 'CONNECTED',
  name_status: 'APPROVED',
  throughput: { level: 'STANDARD' },
  account_mode: 'SANDBOX',
  messaging_limit_tier: 'TIER_250',
  whatsapp_business_manager_messaging_limit: 'TIER_250',
  health_status: HEALTH,
  is_official_business_account: false,
  is_pin_enabled: true,
  country_dial_code: '90',
}
/**
 * Documented fields without a value in the sandbox. The SDKs have no such object; source: Graph API reference, "WhatsApp Business
 * Phone Number".
 */
const PHONE_WITHOUT_VALUE = [
  'certificate',
  'conversational_automation',
  'country_code',
  'eligibility_for_api_business_global_search',
  'is_on_biz_app',
  'is_preverified_number',
  'last_onboarded_time',
  'new_certificate',
  'new_display_name',
  'new_name_status',
  'official_business_account',
  'search_visibility',
  'unified_cert_status',
  'username',
  'webhook_configuration',
]
const PHONE_DEFAULTS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'id',
]

/** Answers for the business account. A documented edge that the sandbox has no data for returns an empty list. */
export function accountNode(call: Call, edge: string | undefined): unknown {
  swallowUnknown(call, { type: ACCOUNT_TYPE, method: call.method, edge: edge ?? '', parameters: call.parameters })
  if (edge === 'phone_numbers') return { data: [phone(call)] }
  if (edge !== undefined && parametersOf(ACCOUNT_TYPE, 'GET', edge) === undefined) throw unknownPath(`/${edge}`)
  if (edge !== undefined) return { data: [] }
  const read = Object.fromEntries(Object.entries(ACCOUNT).map(([name, value]) => [name, () => value]))
  return pickFields(ACCOUNT_TYPE, namesOf(call, ACCOUNT_DEFAULTS), read)
}

export function phoneNode(call: Call, edge: string | undefined): unknown {
  if (edge !== undefined) throw unknownPath(`/${edge}`)
  swallowUnknown(call, { type: PHONE_TYPE, method: call.method, edge: '', parameters: call.parameters })
  return phone(call)
}

function phone(call: Call): Record<string, unknown> {
  const names = namesOf(call, PHONE_DEFAULTS)
  const wrong = names.find((name) => !Object.hasOwn(PHONE, name) && !PHONE_WITHOUT_VALUE.includes(name))
  if (wrong !== undefined) throw nonexistingField(wrong, PHONE_TYPE)
  return Object.fromEntries(names.filter((name) => Object.hasOwn(PHONE, name)).map((name) => [name, PHONE[name]]))
}

function namesOf({ parameters }: Call, byDefault: readonly string[]): readonly string[] {
  const asked = parseFields(parameters.fields).map(({ name }) => name)
  return asked.length > 0 ? [...new Set([...asked, 'id'])] : byDefault
}
