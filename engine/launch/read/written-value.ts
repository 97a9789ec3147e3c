/** The small words of a spec: names, ids, money, times, links and files. */

import { formatLocalMinute, parseTime } from '../../clock/written-time.js'
import { type Fault, type Reading, refuse } from '../../diagnostic/fault.js'
import { parseMoney } from '../../expression/read/amount.js'
import { isExactIn, minorUnitsPer } from '../../value/currency.js'

const ok = <T>(value: T, ...faults: Fault[]): Reading<T> => ({ value, faults })

/** Meta's limit on the names of campaigns, ad sets and ads, in characters. */
const LONGEST_NAME = 400

/** A name that Meta keeps as it is, so that its object is found by it again. */
export function parseObjectName(text: string): Reading<string> {
  if (text.trim() === '') return refuse(text, 'empty', 'the name is empty')
  if (text !== text.trim())
    return refuse(text, 'bad-name', 'a name neither begins nor ends with white space', `did you mean \`${text.trim()}\`?`)

  if (/[\u0000-\u001f\u007f\u2028\u2029]/.test(text)) return refuse(text, 'bad-name', 'a name is a single line')
  const length = [...text].length
  if (length > LONGEST_NAME)
    return refuse(text, 'out-of-range', `the name has ${length} characters, and ${LONGEST_NAME} is Meta’s limit`)
  return ok(text)
}

/** Meta's ids are digits. */
export function parseObjectId(text: string): Reading<string> {
  if (/^[1-9]\d{0,24}$/.test(text)) return ok(text)
  const digits = text.replace(/[\s_.,]/g, '')
  const hint = /^[1-9]\d{0,24}$/.test(digits) ? `did you mean \`"${digits}"\`?` : 'for example `"1234567890"`'
  return refuse(text, 'bad-id', 'Meta’s ids are digits, 25 at most, and the first of them is no zero', hint)
}

/** Minor units of the account's currency, more than zero; null without an account, where only the form is judged. */
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
  if (!isExactIn(value.value, currency)) return refuse(text, 'too-precise', `${currency} is not counted that finely`, 'round it')
  const minor = Math.round(value.value * minorUnitsPer(currency))
  if (!Number.isSafeInteger(minor)) return refuse(text, 'out-of-range', 'nobody has that much money')
  return { value: minor, faults }
}

const DAY_ALONE = /^\s*\d{4}-\d{2}-\d{2}\s*$/

/**
 * A moment on the account's clock, epoch milliseconds. A time that summer time skips comes right after the gap, and one that
 * it doubles is the first, each with a warning.
 */
export function parseMoment(text: string, timezone: string, which: 'start' | 'end'): Reading<number> {
  if (which === 'end' && DAY_ALONE.test(text) && parseTime(text, timezone) !== null) {
    return refuse(text, 'bad-time', 'the end is a time, and this is a whole day', `did you mean \`${text.trim()} 23:59\`?`)
  }
  const instant = parseTime(text, timezone)
  if (instant === null) return refuse(text, 'bad-time', 'this is no time', 'for example `2026-12-01 09:00`')
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
      message: 'the clock skips this time for summer time',
      hint: `it is taken as ${shown}`,
      span,
      severity: 'warning',
    }
  }
  if (formatLocalMinute(instant + 3_600_000, timezone) === shown) {
    return {
      code: 'summer-time',
      message: 'the clock shows this time twice when summer time ends',
      hint: 'the first is taken',
      span,
      severity: 'warning',
    }
  }
  return null
}

/** `https://…`, or `tel:…` where a call is the aim. */
export function parseLink(text: string): Reading<string> {
  if (/^https?:\/\/[^\s/?#]+([/?#]\S*)?$/i.test(text) || /^tel:\+?[\d-]{3,20}$/.test(text)) return ok(text)
  const bare = /^(www\.)?[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(text)
  return refuse(
    text,
    'bad-link',
    'this is no address',
    bare ? `did you mean \`https://${text}\`?` : 'for example `https://www.example.com/summer`',
  )
}

export function parseUrlTags(text: string): Reading<string> {
  if (/^[?&]/.test(text))
    return refuse(text, 'bad-url-tags', 'Meta puts the `?` there itself', `did you mean \`${text.replace(/^[?&]+/, '')}\`?`)
  // Between braces are Meta's own words, such as {{campaign.name}}.
  const plain = text.replace(/\{\{[a-z_.]+\}\}/g, 'x')
  if (/^[^\s=&#]+=[^\s=&#]*(&[^\s=&#]+=[^\s=&#]*)*$/.test(plain)) return ok(text)
  return refuse(text, 'bad-url-tags', 'these are no tags of an address', 'for example `utm_source=meta&utm_medium=paid`')
}

const EXTENSIONS = {
  image: ['jpg', 'jpeg', 'png'],
  video: ['mp4', 'mov', 'm4v', 'avi', 'mkv', 'mpeg', 'mpg', 'wmv', '3gp'],
} as const

/** A file next to the spec, or in a folder there: never one that a path leads to from elsewhere. */
export function parseMediaPath(text: string, kind: 'image' | 'video'): Reading<string> {
  if (text.includes('\\'))
    return refuse(text, 'bad-path', 'folders are divided by `/`', `did you mean \`${text.replaceAll('\\', '/')}\`?`)
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
      'a file is next to the spec or in a folder there',
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
    `this is no ${kind} that Meta takes`,
    meant ?? `one of ${known.map((one) => `.${one}`).join(', ')}`,
  )
}
