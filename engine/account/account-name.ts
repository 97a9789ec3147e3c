/** Parses single values of `tetik.yaml`: names, ids, environment variables, currencies, time zones. */

import { isZone } from '../clock/zone.js'
import { type Reading, refuse } from '../diagnostic/fault.js'
import { didYouMean, editDistance } from '../diagnostic/nearest.js'
import { currencyMeant } from '../expression/read/literal.js'
import { CURRENCIES, isCurrency } from '../value/currency.js'

const ok = <T>(value: T): Reading<T> => ({ value, faults: [] })

/** Parses a name by which rules and commands refer to something: letters, digits, `-` and `_`. */
export function parseName(text: string): Reading<string> {
  if (text === 'all') return refuse(text, 'name-taken', '`all` means every account and cannot be a name')
  if (/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u.test(text)) return ok(text)
  return refuse(text, 'bad-name', 'a name is made of letters, digits, `-` and `_`, 64 at most', 'for example `moda-tr`')
}

export function parseAccountId(text: string): Reading<string> {
  if (/^act_\d{1,25}$/.test(text)) return ok(text)
  const digits = /^\d+$/.test(text)
  return refuse(
    text,
    'bad-id',
    'this is not the id of an ad account',
    digits ? `did you mean \`act_${text}\`?` : 'for example `act_1234567890`',
  )
}

/**
 * Parses the name of an environment variable from `$NAME` or `${NAME}`. Anything else may be the secret itself, so the error does
 * not contain it. `example` is a suitable variable for the hint.
 */
export function parseVariable(text: string, example: string): Reading<string> {
  const name = /^\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})$/.exec(text)
  const variable = name?.[1] ?? name?.[2]
  if (variable !== undefined) return ok(variable)
  return refuse(text, 'literal-secret', 'a secret does not belong in a file', `name an environment variable: \`${example}\``)
}

export function parseCurrency(text: string): Reading<string> {
  if (isCurrency(text)) return ok(text)
  const meant = currencyMeant(text)
  const hint = meant === null ? (didYouMean(text, CURRENCIES) ?? 'for example `TRY`') : `did you mean \`${meant}\`?`
  return refuse(text, 'unknown-currency', `Meta does not bill in the currency \`${text}\``, hint)
}

/** Parses an IANA name in the form `Area/City`, as Meta uses them, or `UTC`. */
export function parseTimeZone(text: string): Reading<string> {
  if (isZone(text) && (text.includes('/') || text === 'UTC')) return ok(text)
  return refuse(
    text,
    'unknown-timezone',
    `there is no time zone \`${text}\``,
    nearestZone(text) ?? 'for example `Europe/Istanbul`',
  )
}

/** Zones with other names that people use for them: cities without a zone of their own, countries and abbreviations. */
const CLOCK_OF: Readonly<Record<string, string>> = {
  'Europe/Istanbul': 'ankara izmir antalya bursa adana turkey turkiye tr trt gmt+3 utc+3 gmt+03:00 utc+03:00 +03:00 +3',
  'Europe/Berlin': 'munich hamburg frankfurt cologne stuttgart germany',
  'Europe/Rome': 'milan naples turin italy',
  'Europe/Madrid': 'barcelona valencia seville spain',
  'Europe/London': 'manchester birmingham edinburgh england uk bst',
  'Europe/Paris': 'lyon marseille france',
  'Europe/Zurich': 'geneva basel bern switzerland',
  'Europe/Amsterdam': 'rotterdam netherlands',
  'America/New_York': 'boston miami washington philadelphia atlanta est edt',
  'America/Chicago': 'houston dallas austin cst cdt',
  'America/Los_Angeles': 'san_francisco seattle san_diego las_vegas pst pdt',
  'America/Sao_Paulo': 'rio_de_janeiro rio brasilia brazil',
  'Asia/Kolkata': 'delhi new_delhi mumbai bangalore bengaluru india ist',
  'Asia/Shanghai': 'beijing shenzhen guangzhou china',
  'Asia/Dubai': 'abu_dhabi uae',
  'Asia/Riyadh': 'jeddah mecca saudi_arabia',
  'Asia/Tokyo': 'osaka kyoto japan jst',
  'Australia/Sydney': 'canberra australia aest',
  UTC: 'gmt z utc+0 gmt+0 etc/utc etc/gmt',
}

/** Returns a hint with the nearest zone. Similar spelling alone must not mislead: `Ankara` is not a typo of `Andorra`. */
function nearestZone(text: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone')
  const cityOf = (zone: string): string =>
    zone
      .split('/')
      .at(-1)!
      .trim()
      .replaceAll(/[\s-]+/g, '_')
      .toLowerCase()
  const city = cityOf(text)
  const said = Object.entries(CLOCK_OF).find(([, words]) =>
    words.split(' ').some((word) => word === city || word === text.toLowerCase()),
  )
  const same = said?.[0] ?? zones.find((zone) => cityOf(zone) === city)
  if (same !== undefined) return `did you mean \`${same}\`?`
  const near = zones.find((zone) => editDistance(cityOf(zone), city) <= (city.length < 6 ? 1 : 2) && cityOf(zone)[0] === city[0])
  return near === undefined ? undefined : `did you mean \`${near}\`?`
}
