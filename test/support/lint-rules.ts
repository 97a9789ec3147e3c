/** Rules as text, random conditions and random facts, for tests of the lint. */

import fc from 'fast-check'

import { loadSettings } from '../../engine/account/load.js'
import { accountValues } from '../../engine/account/vocabulary.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { type LintInput, type LintResult, lintRules } from '../../engine/lint/lint.js'
import { loadRules } from '../../engine/rule/read/load.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { DayRange } from '../../engine/value/ranges.js'
import { Unknown, type Value } from '../../engine/value/value.js'

export const SETTINGS_TEXT = `accounts:
  - name: moda-tr
    id: act_1
    currency: TRY
    timezone: Europe/Istanbul
    targets: { target_cpa: 120 TRY, target_roas: 4 }
    guardrails: { ceiling: 15000 TRY per day }
  - name: shop-us
    id: act_2
    currency: USD
    timezone: America/New_York
    targets: { target_cpa: 5 USD }
    guardrails: { ceiling: 900 USD per day }
recipients:
  - { name: owner, phone: $OWNER_PHONE, language: tr, accounts: [], may: [read] }
`

export const settingsOf = (text: string) => {
  const { settings, diagnostics } = loadSettings('tetik.yaml', text)
  if (settings === null) throw new Error(diagnostics.map(({ message }) => message).join(', '))
  return settings
}

export const SETTINGS = settingsOf(SETTINGS_TEXT)
/** 2026-03-10 09:00 in Istanbul. */
export const NOW = Date.UTC(2026, 2, 10, 6)

/** @throws Error if the text has an error, because then lint is not tested */
export function rulesOf(text: string, settings: typeof SETTINGS | null = SETTINGS): readonly Rule[] {
  const { rules, diagnostics } = loadRules([{ path: 'rules/r.yaml', text }], settings)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(errors.map(({ line, message }) => `${line}: ${message}`).join('\n'))
  return rules
}

/** A condition of one line, as rules have it. */
export const conditionOf = (line: string): NonNullable<Rule['when']> =>
  rulesOf(`rules:
  - { id: r, account: moda-tr, scope: adset, every: 1h, when: [${JSON.stringify(line)}], then: [pause] }
`)[0]!.when!

export interface LintTextOptions extends Partial<Pick<LintInput, 'dataOf' | 'complete' | 'sound' | 'now'>> {
  readonly settings?: typeof SETTINGS | null
}

export function lintText(text: string, { settings = SETTINGS, ...options }: LintTextOptions = {}): LintResult {
  const files = [{ path: 'rules/r.yaml', text }]
  return lintRules({ files, rules: rulesOf(text, settings), settings, now: NOW, complete: true, sound: true, ...options })
}

/** "line code", in order. */
export const codesOf = (result: LintResult): readonly string[] => result.diagnostics.map(({ line, code }) => `${line} ${code}`)

// Few names and small numbers, so that conditions often overlap and reach their limits.
const window = fc.constantFrom('[last_3d]', '[3d offset 1d]', '[today]')
const count = fc.tuple(fc.constantFrom('purchases', 'clicks', 'results'), window).map((parts) => parts.join(''))
const money = fc.oneof(
  fc.tuple(fc.constantFrom('spend', 'cpa', 'cpc', 'revenue'), window).map((parts) => parts.join('')),
  fc.constantFrom('target_cpa', 'spend[last_3d] / purchases[last_3d]', 'daily_budget'),
)
const small = fc.integer({ min: -1, max: 4 })
const factor = fc.constantFrom('2 *', '0.5 *', '1.1 *', '50% *', '')
const moneySide = fc.oneof(
  small.map(String),
  fc.tuple(factor, money).map((parts) => parts.join(' ')),
  fc.tuple(money, fc.constantFrom('+', '-'), fc.oneof(money, small.map(String))).map((parts) => parts.join(' ')),
)
const countSide = fc.oneof(
  small.map(String),
  fc.tuple(factor, count).map((parts) => parts.join(' ')),
  fc.tuple(count, fc.constantFrom('+', '-'), fc.oneof(count, small.map(String))).map((parts) => parts.join(' ')),
)
const operator = fc.constantFrom('>', '>=', '<', '<=', '=', '!=')
const status = fc.constantFrom('ACTIVE', 'PAUSED')
const glob = fc.constantFrom('A*', '*A', 'B*', 'AB', '?B', '*', 'A?', '??')
const letters = fc.constantFrom('A', 'B', 'AB', 'BA', '')

const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(money, operator, moneySide).map((parts) => parts.join(' ')) },
  { weight: 3, arbitrary: fc.tuple(count, operator, countSide).map((parts) => parts.join(' ')) },
  fc.tuple(money, small, small).map(([subject, low, high]) => `${subject} between ${low} and ${high}`),
  fc.tuple(count, small, small).map(([subject, one, other]) => `${subject} in [${one}, ${other}]`),
  fc.tuple(operator, fc.integer({ min: -1, max: 25 })).map(([sign, hour]) => `hour ${sign} ${hour}`),
  fc.tuple(fc.constantFrom('=', '!='), status).map(([sign, choice]) => `status ${sign} ${choice}`),
  fc.constantFrom('delivering', 'learning', 'status in [ACTIVE, PAUSED]', 'weekday in [saturday, sunday]', 'weekday != saturday'),
  glob.map((pattern) => `name matches '${pattern}'`),
  letters.map((text) => `name contains '${text}'`),
  fc.tuple(fc.constantFrom('=', '!='), letters).map(([sign, text]) => `name ${sign} '${text}'`),
)

/** A condition as YAML in flow style. */
export const conditionText: fc.Arbitrary<string> = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: leaf.map((text) => JSON.stringify(text)) },
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((parts) => `[${parts.join(', ')}]`),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((parts) => `{ any: [${parts.join(', ')}] }`),
    tie('condition').map((part) => `{ not: ${part} }`),
  ),
})).condition

export interface World {
  readonly totals: readonly (number | null)[]
  readonly name: string
  readonly active: boolean
  readonly delivering: boolean
  readonly learning: boolean | null
  readonly budget: number
  readonly at: number
}

/** Totals are small too, and often zero or unknown, so that costs are often "at least" a value. */
export const randomWorld: fc.Arbitrary<World> = fc.record({
  totals: fc.array(fc.option(fc.integer({ min: 0, max: 4 }), { freq: 8 }), { minLength: 8, maxLength: 8 }),
  name: fc.string({ unit: fc.constantFrom('A', 'B'), maxLength: 3 }),
  active: fc.boolean(),
  delivering: fc.boolean(),
  learning: fc.option(fc.boolean()),
  budget: fc.integer({ min: 0, max: 4 }),
  at: fc.integer({ min: 0, max: 14 * 24 }).map((hours) => NOW + hours * 3_600_000),
})

const MEASURES = ['spend', 'purchases', 'clicks', 'revenue']
const MONEY = ['spend', 'revenue']
export const ENTITY: FactEntity = { scope: 'adset', key: '1', id: '1', name: null }

/** One ad set with all of its facts. */
export function factsOfWorld(world: World): Facts {
  const total = (measure: string, days: DayRange): Value => {
    const known = measure === 'results' ? 'purchases' : measure
    const value = world.totals[2 * MEASURES.indexOf(known) + (days.since === days.until ? 0 : 1)] ?? null
    return value === null ? new Unknown('it is not known') : MONEY.includes(known) ? value * 100 : value
  }
  const attributes: Readonly<Record<string, Value>> = {
    name: world.name,
    status: world.active || world.delivering ? 'ACTIVE' : 'PAUSED',
    effective_status: world.delivering ? 'ACTIVE' : 'CAMPAIGN_PAUSED',
    delivering: world.delivering,
    learning: world.learning ?? new Unknown('it is not known'),
    daily_budget: world.budget * 100,
  }
  const [account] = SETTINGS.accounts
  return {
    account: {
      name: 'moda-tr',
      id: 'act_1',
      currency: 'TRY',
      timezone: 'Europe/Istanbul',
      result: 'purchases',
      values: accountValues(account!),
    },
    at: world.at,
    entities: () => [ENTITY],
    owner: (entity) => entity,
    attribute: (_, name) => attributes[name] ?? new Unknown('it is not known'),
    total: (_, measure, days) => total(measure, days),
    hourlyTotal: () => new Unknown('there are only daily rows'),
    knownDays: () => null,
    lifetimeTotal: () => new Unknown('it is not known'),
  }
}
