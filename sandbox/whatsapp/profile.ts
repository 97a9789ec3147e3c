/** `/{phone number}/whatsapp_business_profile`: the business's public profile. */

import { WHATSAPP } from '../base/identity.js'
import { hasField } from '../catalog/catalog.js'
import { invalidParameter, nonexistingField, unsupportedRequest } from '../protocol/errors.js'
import { parseFields } from '../protocol/fields.js'
import { jsonParameter, textParameter } from '../protocol/parameters.js'
import type { Call } from '../request/call.js'
import { swallowUnknown } from '../request/swallow.js'
import { keepFact, keptFact, type StateDatabase } from '../state/database.js'
import { whatsappError } from './errors.js'

type Profile = Record<string, unknown>

const KEY = 'whatsapp-business-profile'
const FIRST: Profile = {
  about: 'Hey there! I am using WhatsApp.',
  description: WHATSAPP.verifiedName,
  vertical: 'APPAREL',
  websites: [],
}
/** The fields of this edge (Cloud API, "Business profiles"); the SDKs' object of the same name has others as well. */
const READABLE = ['about', 'address', 'description', 'email', 'profile_picture_url', 'websites', 'vertical', 'messaging_product']

/** The maximum lengths in characters (Cloud API, "Business profiles"). */
const LONGEST: Readonly<Record<string, number>> = { about: 139, address: 256, description: 512, email: 128 }
const WRITABLE = ['messaging_product', 'websites', 'vertical', 'profile_picture_handle', ...Object.keys(LONGEST)]
const VERTICALS = [
  'ALCOHOL',
  'APPAREL',
  'AUTO',
  'BEAUTY',
  'EDU',
  'ENTERTAIN',
  'EVENT_PLAN',
  'FINANCE',
  'GOVT',
  'GROCERY',
  'HEALTH',
  'HOTEL',
  'MATRIMONY_SERVICE',
  'NONPROFIT',
  'ONLINE_GAMBLING',
  'OTC_DRUGS',
  'OTHER',
  'PHYSICAL_GAMBLING',
  'PROF_SERVICES',
  'RESTAURANT',
  'RETAIL',
  'TRAVEL',
  'UNDEFINED',
  '',
]

export function businessProfile(call: Call, database: StateDatabase): unknown {
  swallowUnknown(
    call,
    {
      type: 'WhatsAppBusinessPhoneNumber',
      method: call.method,
      edge: 'whatsapp_business_profile',
      parameters: call.parameters,
    },
    call.method === 'POST' ? WRITABLE : [],
  )
  const profile = keptFact(database, KEY, () => FIRST)
  if (call.method === 'GET') return { data: [read(call, profile)] }
  if (call.method !== 'POST') throw unsupportedRequest(call.method, WHATSAPP.phoneNumberId)
  const changes = readChanges(call)
  keepFact(database, KEY, { ...profile, ...changes })
  for (const [field, after] of Object.entries(changes)) {
    call.mutations.push({ object: WHATSAPP.phoneNumberId, field, before: profile[field] ?? null, after })
  }
  return { success: true }
}

/** Returns the requested fields, without empty ones. */
function read(call: Call, profile: Profile): Profile {
  const asked = parseFields(call.parameters.fields).map(({ name }) => name)
  const wrong = asked.find((name) => !READABLE.includes(name) && !hasField('WhatsAppBusinessProfile', name))
  if (wrong !== undefined) throw nonexistingField(wrong, 'WhatsAppBusinessProfile')
  const all: Profile = { ...profile, messaging_product: 'whatsapp' }
  const isSet = (value: unknown): boolean => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  const names = (asked.length === 0 ? ['messaging_product'] : asked).filter((name) => isSet(all[name]))
  return Object.fromEntries(names.map((name) => [name, all[name]]))
}

function readChanges(call: Call): Profile {
  if (call.parameters.messaging_product !== 'whatsapp') throw invalidParameter('The parameter messaging_product is required.')
  const changes: Profile = {}
  for (const [name, most] of Object.entries(LONGEST)) {
    if (call.parameters[name] === undefined) continue
    const text = textParameter(call.parameters, name) ?? ''
    if (text.length > most) throw whatsappError(131009, `${name} has ${text.length} characters, and ${most} are the most.`)
    changes[name] = text
  }
  const { vertical } = call.parameters
  if (vertical !== undefined) {
    if (typeof vertical !== 'string' || !VERTICALS.includes(vertical))
      throw invalidParameter('Param vertical is not one of Meta’s')
    changes.vertical = vertical === '' ? 'UNDEFINED' : vertical
  }
  const websites = jsonParameter(call.parameters, 'websites')
  if (websites !== undefined) {
    const isList =
      Array.isArray(websites) && websites.length <= 2 && websites.every((one) => typeof one === 'string' && one.length <= 256)
    if (!isList) throw whatsappError(131009, 'websites has two addresses at most, each of 256 characters at most.')
    changes.websites = websites
  }
  const handle = textParameter(call.parameters, 'profile_picture_handle')
  if (handle !== undefined) changes.profile_picture_url = `https://pps.sandbox.example/${encodeURIComponent(handle)}`
  return changes
}
