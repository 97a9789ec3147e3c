/** Parses the scalar values of a spec: names, ids, money, times, links and files. */

import { formatLocalMinute, parseTime } from '../../clock/written-time.js'
import { type Fault, type Reading, refuse } from '../../diagnostic/fault.js'
import { parseMoney } from '../../expression/read/amount.js'
import { isExactIn, minorUnitsPer } from '../../value/currency.js'

const ok = <T>(value: T, ...faults: Fault[]): Reading<T> => ({ value, faults })

/** Meta's limit on the names of campaigns, ad sets and ads, in characters. */
const LONGEST_NAME = 400

/** Accepts only names that Meta stores unchanged, so that an object can be found by its name. */
export function parseObjectName(text: string): Reading<string> {
  if (text.trim() === '') return refuse(text, 'empty', 'the name is empty')
  if (text !== text.trim())
    return refuse(text, 'bad-name', 'a name must not begin or end with white space', `did you mean \`${text.trim()}\`?`)

  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(text)) return refuse(text, 'bad-name', 'a name must be a single line')
  const length = [...text].length
  if (length > LONGEST_NAME)
    return refuse(text, 'out-of-range', `the name has ${length} characters, and Meta’s limit is ${LONGEST_NAME}`)
  return ok(text)
}

/** Accepts Meta's ids, which consist of digits. */
export function parseObjectId(text: string): Reading<string> {
  if (/^[1-9]\d{0,24}$/.test(text)) return ok(text)
  const digits = text.replace(/[\s_.,]/g, '')
  const hint = /^[1-9]\d{0,24}$/.test(digits) ? `did you mean \`"${digits}"\`?` : 'for example `"1234567890"`'
  return refuse(text, 'bad-id', 'Meta’s ids have up to 25 digits and do not begin with a zero', hint)
}

/** Returns minor units of the account's currency, more than zero. Without an account, only the format is checked, and the value is null. */
export function parseAmount(text: string, account: { readonly name: string; readonly currency: string } | null): Reading<number> {
  const accounts = account === null ? null : [{ name: account.name, currency: account.currency, values: null }]
  const { value, faults } = parseMoney(text, { scope: null, accounts })
  if (value === null || account === null) return { value: null, faults }
  const { currency } = account
  if (value.currency !== null && value.currency !== currency) {
    return refuse(
      text,
      'currency-mismatch',
      `the account ${account.name} uses ${currency}, not ${value.currency}`,
      `did you mean \`${value.value} ${currency}\`?`,
    )
  }
  if (!isExactIn(value.value, currency))
    return refuse(text, 'too-precise', `${currency} does not have that many decimals at Meta`, 'round it')
  const minor = Math.round(value.value * minorUnitsPer(currency))
  if (!Number.isSafeInteger(minor)) return refuse(text, 'out-of-range', 'the amount is too large')
  return { value: minor, faults }
}

const DAY_ALONE = /^\s*\d{4}-\d{2}-\d{2}\s*$/

/**
 * Returns a time in the account's time zone, in epoch milliseconds. A time that a clock change skips becomes the moment right after the
 * gap, and a repeated time the first one, each with a warning.
 */
export function parseMoment(text: string, timezone: string, which: 'start' | 'end'): Reading<number> {
  if (which === 'end' && DAY_ALONE.test(text) && parseTime(text, timezone) !== null) {
    return refuse(text, 'bad-time', 'an end must have a time, and this is only a date', `did you mean \`${text.trim()} 23:59\`?`)
  }
  const instant = parseTime(text, timezone)
  if (instant === null) return refuse(text, 'bad-time', 'this is not a time', 'for example `2026-12-01 09:00`')
  const warning = summerTimeWarning(text, instant, timezone)
  return warning === null ? ok(instant) : ok(instant, warning)
}

function summerTimeWarning(text: string, instant: number, timezone: string): Fault | null {
  const written = /^\s*(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?\s*$/i.exec(text)
  if (written === null) return null
  const span = { start: 0, end: text.length }
  const shown = formatLocalMinute(instant, timezone)
  if (shown !== `${written[1]} ${written[2]}`) {
    return {
      code: 'summer-time',
      message: 'this time does not exist: the clocks are set forward',
      hint: `it means ${shown}`,
      span,
      severity: 'warning',
    }
  }
  if (formatLocalMinute(instant + 3_600_000, timezone) === shown) {
    return {
      code: 'summer-time',
      message: 'this time occurs twice: the clocks are set back',
      hint: 'it means the first one',
      span,
      severity: 'warning',
    }
  }
  return null
}

/** Accepts `https://…`, `http://…`, and `tel:…` for a call. */
export function parseLink(text: string): Reading<string> {
  if (/^https?:\/\/[^\s/?#]+([/?#]\S*)?$/i.test(text) || /^tel:\+?[\d-]{3,20}$/.test(text)) return ok(text)
  const bare = /^(www\.)?[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text)
  return refuse(
    text,
    'bad-link',
    'this is not a link',
    bare ? `did you mean \`https://${text}\`?` : 'for example `https://www.example.com/summer`',
  )
}

export function parseUrlTags(text: string): Reading<string> {
  if (/^[?&]/.test(text))
    return refuse(text, 'bad-url-tags', 'Meta adds the `?` itself', `did you mean \`${text.replace(/^[?&]+/, '')}\`?`)
  // Meta replaces names in braces, such as {{campaign.name}}.
  const plain = text.replace(/\{\{[a-z_.]+\}\}/g, 'x')
  if (/^[^\s=&#]+=[^\s=&#]*(&[^\s=&#]+=[^\s=&#]*)*$/.test(plain)) return ok(text)
  return refuse(text, 'bad-url-tags', 'these are not URL parameters', 'for example `utm_source=meta&utm_medium=paid`')
}

const EXTENSIONS = {
  image: ['jpg', 'jpeg', 'png'],
  video: ['mp4', 'mov', 'm4v', 'avi', 'mkv', 'mpeg', 'mpg', 'wmv', '3gp'],
} as const

/** Accepts the path of a file next to the spec or in a folder there, and no path that leads out of that folder. */
export function parseMediaPath(text: string, kind: 'image' | 'video'): Reading<string> {
  if (text.includes('\\'))
    return refuse(text, 'bad-path', 'the separator of folders is `/`', `did you mean \`${text.replaceAll('\\', '/')}\`?`)
  const parts = text.split('/')

  if (
    text === '' ||
    /^[a-z]+:/i.test(text) ||
    parts.includes('') ||
    parts.includes('..') ||
    parts.includes('.') ||
    /[\u0000-\u001f]/.test(text)
  ) {
    return refuse(
      text,
      'bad-path',
      'a file must be next to the spec or in a folder there',
      `for example \`media/hero.${EXTENSIONS[kind][0]}\``,
    )
  }
  const extension = /\.([a-z0-9]+)$/i.exec(parts.at(-1)!)?.[1]?.toLowerCase() ?? ''
  const known: readonly string[] = EXTENSIONS[kind]
  if (known.includes(extension)) return ok(text)
  const other = kind === 'image' ? 'video' : 'image'
  const meant = (EXTENSIONS[other] as readonly string[]).includes(extension) ? `did you mean \`${other}: ${text}\`?` : null
  return refuse(
    text,
    'bad-media',
    `Meta does not accept this file type for ${kind === 'image' ? 'an image' : 'a video'}`,
    meant ?? `one of ${known.map((one) => `.${one}`).join(', ')}`,
  )
}
