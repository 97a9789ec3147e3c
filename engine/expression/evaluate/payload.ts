/** Values in an event's JSON, read as the kind that they are compared with. */

import type { Facts } from '../../facts/facts.js'
import { minorPerMajor } from '../../value/minor-units.js'
import type { UnitKind } from '../../value/unit.js'
import { Unknown, type Value } from '../../value/value.js'
import { hasTwoReadings } from '../read/written-number.js'

const NO_EVENT = new Unknown('this evaluation has no event')
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/

/**
 * Returns the value at `path`, as the kind that its use requires. If a number is wanted, a text with a decimal number (`"12.50"`, as
 * many shops send it) counts as one, unless it may also mean thousands (`"1.250"`). If text is wanted, a number counts as text.
 * Anything else is unknown, because rules would act on a wrong guess. In the event, money is in the major unit of the account's
 * currency; the returned amount is in minor units.
 */
export function payloadValue(path: readonly string[], wanted: UnitKind, facts: Facts): Value {
  if (facts.payload === undefined) return NO_EVENT
  let found: unknown = facts.payload
  for (const name of path) {
    const within = typeof found === 'object' && found !== null && Object.hasOwn(found, name)
    if (!within) return new Unknown(`the event has no \`${path.join('.')}\``)
    found = (found as Readonly<Record<string, unknown>>)[name]
  }
  const value = asWanted(found, wanted)
  if (typeof value === 'number' && typeof found === 'string' && hasTwoReadings(found))
    return new Unknown(`\`payload.${path.join('.')}\` is the text "${found}", which can be read in two ways`)
  if (value === null) return new Unknown(`\`payload.${path.join('.')}\` is ${inWords(found)} and not ${WANTED[wanted]}`)
  return wanted === 'money' && typeof value === 'number' ? value * minorPerMajor(facts.account.currency) : value
}

const WANTED: Readonly<Record<UnitKind, string>> = {
  money: 'an amount',
  count: 'a count',
  number: 'a number',
  percentage: 'a percentage',
  duration: 'a duration',
  text: 'text',
  choice: 'text',
  'yes-or-no': 'yes or no',
}

function asWanted(found: unknown, wanted: UnitKind): number | string | boolean | null {
  switch (wanted) {
    case 'yes-or-no':
      return typeof found === 'boolean' ? found : null
    case 'text':
    case 'choice':
      if (typeof found === 'string') return found
      return typeof found === 'number' && Number.isFinite(found) ? String(found) : null
    default: {
      const number = typeof found === 'string' && DECIMAL.test(found) ? Number(found) : found
      return typeof number === 'number' && Number.isFinite(number) ? number : null
    }
  }
}

function inWords(found: unknown): string {
  if (found === null) return 'null'
  if (Array.isArray(found)) return 'a list'
  switch (typeof found) {
    case 'string':
      return 'text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'yes or no'
    default:
      return 'a set of keys'
  }
}
