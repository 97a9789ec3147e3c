/** Reads a rule's `every`, `at`, `cron`, `on` and `timezone`. */

import { parseTimeZone } from '../../account/account-name.js'
import { type Reading, refuse } from '../../diagnostic/fault.js'
import type { Fields } from '../../document/fields.js'
import { parseDuration } from '../../expression/read/amount.js'
import type { Vocabulary } from '../../expression/read/vocabulary.js'
import { cronFault } from '../cadence-cron.js'
import { readTimeOfDay } from '../parts/time.js'
import type { Cadence } from '../rule.js'
import type { RuleBodySource } from './schema.js'

const MINUTE = 60_000

/** The cadence of a rule that names none: the shortest interval of Meta's own automated rules. */
export const DEFAULT_CADENCE: Cadence = { kind: 'every', interval: 30 * MINUTE }

const KEYS = ['every', 'at', 'cron', 'on'] as const

/** Null if there is an error, which is then reported. */
export function readCadence(rule: Partial<RuleBodySource>, fields: Fields, vocabulary: Vocabulary): Cadence | null {
  const given = KEYS.filter((key) => rule[key] !== undefined)
  if (given.length > 1) {
    fields.keyFault(given[1]!, 'several-cadences', `\`${given[0]!}\` already says when the rule runs`, 'take one of them out')
    return null
  }
  const timezone = fields.read('timezone', rule.timezone, parseTimeZone)
  if (rule.timezone !== undefined && rule.at === undefined && rule.cron === undefined) {
    fields.keyFault('timezone', 'needless-key', '`timezone` is for `at` and `cron`', 'take it out')
  }
  if (rule.every !== undefined) {
    const interval = fields.read('every', rule.every, (text) => parseInterval(text, vocabulary))
    return interval === null ? null : { kind: 'every', interval }
  }
  if (rule.at !== undefined) return readTimes(rule.at, timezone, fields)
  if (rule.cron !== undefined) {
    const expression = fields.read('cron', rule.cron, parseCron)
    return expression === null ? null : { kind: 'cron', expression, timezone }
  }
  if (rule.on !== undefined) {
    const name = fields.read('on', rule.on, parseHookName)
    return name === null ? null : { kind: 'hook', name }
  }
  return DEFAULT_CADENCE
}

/** Reads a hook's name, which is part of the URL `/hooks/<name>` and must need no escaping. */
function parseHookName(text: string): Reading<string> {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 64) return { value: text, faults: [] }
  const hint = 'for example `order-paid`, for events that arrive at /hooks/order-paid'
  return refuse(text, 'bad-name', 'a hook’s name is kebab-case: small letters a to z and digits, with `-` between words', hint)
}

function readTimes(at: NonNullable<RuleBodySource['at']>, timezone: string | null, fields: Fields): Cadence | null {
  if (typeof at === 'string') {
    const time = fields.read('at', at, readTimeOfDay)
    return time === null ? null : { kind: 'at', times: [time], timezone }
  }
  if (at.length === 0) {
    fields.fault('at', 'empty', 'the list of times is empty', 'for example `["09:00", "17:00"]`')
    return null
  }
  const times = at.map((text, index) => fields.read(`at/${index}`, text, readTimeOfDay))
  if (times.includes(null)) return null
  return { kind: 'at', times: [...new Set(times as string[])].sort(), timezone }
}

function parseInterval(text: string, vocabulary: Vocabulary): Reading<number> {
  const { value, faults } = parseDuration(text, vocabulary)
  if (value === null) return { value: null, faults }
  if (value < MINUTE) return refuse(text, 'too-often', 'a rule runs at most once a minute', 'for example `1m`')
  if (value % MINUTE !== 0)
    return refuse(text, 'too-often', 'an interval is a whole number of minutes', `for example \`${Math.round(value / MINUTE)}m\``)
  if (value > 366 * 24 * 60 * MINUTE) return refuse(text, 'out-of-range', 'a rule runs at least once a year')
  return { value, faults }
}

function parseCron(text: string): Reading<string> {
  const fault = text.startsWith('@') ? 'names such as `@daily` are not supported' : cronFault(text)
  if (fault === null) return { value: text.trim().split(/\s+/).join(' '), faults: [] }
  return refuse(text, 'bad-cron', lowerFirst(fault), 'minute, hour, day of month, month, day of week: `0 9 * * 1-5`')
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
