/** Reads one recipient of `recipients:`. */

import { parseTimeOfDay } from '../clock/zone.js'
import { type Reading, refuse } from '../diagnostic/fault.js'
import { didYouMean } from '../diagnostic/nearest.js'
import type { Fields } from '../document/fields.js'
import { parseVariable } from './account-name.js'
import type { Recipient } from './account.js'
import type { RecipientSource } from './schema.js'

/** Returns null if a required field is missing or invalid. */
export function readRecipient(
  written: Partial<RecipientSource>,
  path: string,
  accounts: readonly string[],
  fields: Fields,
): Recipient | null {
  const phone = fields.read(`${path}/phone`, written.phone, parsePhone)
  const quiet = fields.read(`${path}/quiet`, written.quiet, parseQuiet)
  const own = (written.accounts ?? []).filter((name) => name !== undefined)
  for (const [index, name] of own.entries()) {
    if (accounts.includes(name)) continue
    fields.fault(`${path}/accounts/${index}`, 'unknown-account', `there is no account \`${name}\``, didYouMean(name, accounts))
  }
  if (written.name === undefined || phone === null) return null
  return {
    name: written.name,
    phone,
    language: written.language ?? 'en',
    accounts: own,
    may: (written.may ?? ['read']).filter((right) => right !== undefined),
    quiet,
  }
}

/** E.164: a `+`, the country code, and at most 15 digits in all. */
function parsePhone(text: string): Reading<Recipient['phone']> {
  if (text.startsWith('$')) {
    const { value, faults } = parseVariable(text, '$OWNER_PHONE')
    return { value: value === null ? null : { kind: 'variable', variable: value }, faults }
  }
  const number = text.replace(/[\s()-]/g, '')
  if (/^\+[1-9]\d{6,14}$/.test(number)) return { value: { kind: 'number', number }, faults: [] }
  const hint = 'for example `$OWNER_PHONE`, or `"+905551112233"` with the country code'
  return refuse(text, 'bad-phone', 'this is neither a phone number nor an environment variable', hint)
}

/** Reads `22:00-08:00`, which may pass midnight. */
function parseQuiet(text: string): Reading<{ from: string; to: string }> {
  const [from = '', to = '', ...more] = text.split('-').map((time) => time.trim())
  if (more.length > 0 || parseTimeOfDay(from) === null || parseTimeOfDay(to) === null || from === to) {
    return refuse(text, 'bad-time', 'these are not two times of day', 'for example `"22:00-08:00"`')
  }
  return { value: { from, to }, faults: [] }
}
