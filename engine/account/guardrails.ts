/** Reads `guardrails:` of an account; whatever the file does not set has its default. */

import { parseDay } from '../clock/day.js'
import { type Fault, type Reading, refuse } from '../diagnostic/fault.js'
import type { Fields } from '../document/fields.js'
import { parseDuration, parseMoney, parsePercentage } from '../expression/read/amount.js'
import type { Vocabulary } from '../expression/read/vocabulary.js'
import { twoReadings } from '../expression/read/written-number.js'
import { isCurrency, minorUnitsPer } from '../value/currency.js'
import type { Guardrails, HandsOffKind } from './account.js'
import type { AccountSource } from './schema.js'

/** Defaults for an account that sets nothing. The breaker is 5: one failure is an accident, five in an hour are not. */
export const DEFAULT_GUARDRAILS: Guardrails = {
  step: 0.2,
  dailyChange: 0.5,
  ceiling: null,
  actionsPerHour: 20,
  actionsPerDay: 100,
  lastAdset: false,
  protect: [],
  freeze: [],
  handsOff: { status: 48 * 3_600_000, budget: 48 * 3_600_000, bid: 48 * 3_600_000 },
  raise: null,
  breaker: 5,
}

/** `path` is the account's. An invalid value is replaced by its default, but its error still makes the file unusable. */
export function readGuardrails(
  written: Partial<NonNullable<AccountSource['guardrails']>> | undefined,
  path: string,
  currency: string | null,
  fields: Fields,
): Guardrails {
  if (written === undefined) return DEFAULT_GUARDRAILS
  const at = (key: string) => `${path}/guardrails/${key}`
  const count = (key: 'actions_per_hour' | 'actions_per_day' | 'breaker', fallback: number): number => {
    const value = written[key]
    if (value !== undefined && value < 1) fields.fault(at(key), 'out-of-range', `\`${key}\` must be at least 1`)
    return value ?? fallback
  }
  return {
    step: fields.read(at('step'), written.step, parsePercentage) ?? DEFAULT_GUARDRAILS.step,
    dailyChange: fields.read(at('daily_change'), written.daily_change, parsePercentage) ?? DEFAULT_GUARDRAILS.dailyChange,
    ceiling: fields.read(at('ceiling'), written.ceiling, (text) => parsePerDay(text, currency, 'ceiling')),
    actionsPerHour: count('actions_per_hour', DEFAULT_GUARDRAILS.actionsPerHour),
    actionsPerDay: count('actions_per_day', DEFAULT_GUARDRAILS.actionsPerDay),
    lastAdset: written.last_adset ?? DEFAULT_GUARDRAILS.lastAdset,
    protect: (written.protect ?? []).filter((glob) => glob !== undefined),
    freeze: (written.freeze ?? []).flatMap((text, index) => fields.read(at(`freeze/${index}`), text, parseFreeze) ?? []),
    handsOff: readHandsOff(written.hands_off, at('hands_off'), fields),
    raise: fields.read(at('raise'), written.raise, (text) => parsePerDay(text, currency, 'raise')),
    breaker: count('breaker', DEFAULT_GUARDRAILS.breaker),
  }
}

/** `48h` for all kinds, or a duration for each: `{ status: 48h, budget: 24h }`. */
function readHandsOff(
  written: NonNullable<AccountSource['guardrails']>['hands_off'] | undefined,
  path: string,
  fields: Fields,
): Guardrails['handsOff'] {
  if (written === undefined) return DEFAULT_GUARDRAILS.handsOff
  const own = (kind: HandsOffKind): number => {
    const [text, at] = typeof written === 'string' ? [written, path] : [written[kind], `${path}/${kind}`]
    return fields.read(at, text, parseDuration) ?? DEFAULT_GUARDRAILS.handsOff[kind]
  }
  if (typeof written === 'string') {
    // Read once, so that an error in it is reported once.
    const all = own('status')
    return { status: all, budget: all, bid: all }
  }
  return { status: own('status'), budget: own('budget'), bid: own('bid') }
}

/** Reads `15000 TRY per day` as minor units. */
function parsePerDay(text: string, currency: string | null, key: 'ceiling' | 'raise'): Reading<number> {
  const [, amount = text.trim(), perDay] = /^\s*(.*\S)(\s+per\s+day|\s*\/\s*day|\s+(?:a|each)\s+day)\s*$/i.exec(text) ?? []
  const ambiguous = readingsPerDay(text, amount, currency)
  if (ambiguous !== null) return { value: null, faults: [ambiguous] }
  const accounts: Vocabulary['accounts'] = currency === null ? null : [{ name: 'this one', currency, values: null }]
  const { value, faults } = parseMoney(amount, { scope: null, accounts })
  if (perDay === undefined || !/^\s+per\s+day$/.test(perDay)) {
    const hint = value === null ? 'for example `15000 TRY per day`' : `did you mean \`${amount} per day\`?`
    return refuse(text, `bad-${key}`, `\`${key}\` is an amount for each day`, hint)
  }
  return { value: value === null || currency === null ? null : Math.round(value.value * minorUnitsPer(currency)), faults }
}

/** Returns an error if the amount can be read in two ways, with both offered as hints; otherwise null. */
function readingsPerDay(text: string, amount: string, currency: string | null): Fault | null {
  const [, number, unit = ''] = /^([\d.]+)(\s*[A-Z]{3})?$/.exec(amount) ?? []
  if (number === undefined || (unit !== '' && !isCurrency(unit.trim()))) return null
  const own = unit === '' ? '' : ` ${unit.trim()}`
  return twoReadings(number, `${own} per day`, { start: 0, end: text.length }, unit === '' ? currency : unit.trim())
}

/** Reads `2026-11-27..2026-11-30`, or a single day. */
function parseFreeze(text: string): Reading<{ since: string; until: string }> {
  const [since, until = since] = text.split('..').map((day) => day.trim())
  if (text.split('..').length > 2 || since === undefined || until === undefined) {
    return refuse(text, 'bad-days', 'this is not a range of days', 'for example `2026-11-27..2026-11-30`')
  }
  for (const day of [since, until]) {
    if (parseDay(day) === null)
      return refuse(text, 'bad-days', `there is no day \`${day}\``, 'for example `2026-11-27..2026-11-30`')
  }
  if (until < since) return refuse(text, 'bad-days', 'the days end before they begin', `did you mean \`${until}..${since}\`?`)
  return { value: { since, until }, faults: [] }
}
