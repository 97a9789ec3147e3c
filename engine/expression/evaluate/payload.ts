/** Values of an outside event's JSON, read as what they are compared with. */

import type { Facts } from '../../facts/facts.js'
import { minorPerMajor } from '../../value/minor-units.js'
import type { UnitKind } from '../../value/unit.js'
import { Unknown, type Value } from '../../value/value.js'
import { hasTwoReadings } from '../read/written-number.js'

const NO_EVENT = new Unknown('no event came with this evaluation')
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/

/**
 * The value at `path`, of the kind that its use needs. A decimal number that JSON has as text (`"12.50"`, as many shops
 * send it) counts as one where a number is wanted, unless it may mean thousands as well (`"1.250"`); a number counts as text where text is. Anything else is unknown: a guess
 * about somebody else's data would be acted on. Money is in the major unit of the account's currency.
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
