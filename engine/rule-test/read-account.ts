/** Reads the account of a test: what the test gives, completed by the account in `tetik.yaml`. */

import { parseCurrency, parseTimeZone } from '../account/account-name.js'
import type { Account, Amount, Settings } from '../account/account.js'
import { readerOf } from '../account/reader.js'
import { accountGroups, accountValues } from '../account/vocabulary.js'
import { type Reading, refuse } from '../diagnostic/fault.js'
import { didYouMean } from '../diagnostic/nearest.js'
import type { Fields } from '../document/fields.js'
import { parseMoney, parsePercentage, parseQuantity } from '../expression/read/amount.js'
import type { Vocabulary } from '../expression/read/vocabulary.js'
import type { FactAccount } from '../facts/facts.js'
import { resultMeasure } from '../metric/result.js'
import { toMinor } from '../value/minor-units.js'
import type { RuleTest } from './rule-test.js'
import { TestAccountSchema } from './schema.js'
import type { RuleTestSource, TestAccountSource } from './source.js'

export interface ReadAccount {
  readonly account: FactAccount
  readonly languageOf: RuleTest['languageOf']
  /** For reading the amounts of the test. */
  readonly vocabulary: Vocabulary
}

const KEYS = Object.keys(TestAccountSchema.properties)
const TARGETS: Readonly<Record<string, Amount['unit']>> = { target_cpa: 'money', target_roas: 'number', monthly_budget: 'money' }

/** @param usual the account in `tetik.yaml` that the rules apply to, if there is one */
export function readAccount(
  written: RuleTestSource['account'],
  path: string,
  settings: Settings | null,
  usual: Account | null,
  fields: Fields,
): ReadAccount {
  const source: TestAccountSource = typeof written === 'string' ? { name: written } : (written ?? {})
  const named = settings?.accounts.find(({ name }) => name === source.name)
  if (typeof written === 'string' && named === undefined) {
    const names = (settings?.accounts ?? []).map(({ name }) => name)
    const hint = didYouMean(written, names) ?? 'name an account of tetik.yaml, or give a currency and a time zone here'
    fields.fault(path, 'unknown-account', `there is no account \`${written}\``, hint)
  }
  const base = named ?? usual
  const currency = fields.read(`${path}/currency`, source.currency, parseCurrency) ?? base?.currency ?? null
  const timezone = fields.read(`${path}/timezone`, source.timezone, parseTimeZone) ?? base?.timezone ?? 'UTC'
  const result = fields.read(`${path}/result`, source.result, parseResult) ?? resultMeasure(base?.result ?? '') ?? 'purchases'
  const name = source.name ?? base?.name ?? 'account'
  const vocabulary: Vocabulary = { scope: null, accounts: [{ name, currency, values: null }] }
  const fees = fields.read(`${path}/gross/fees`, source.gross?.fees, parsePercentage)
  const tax = fields.read(`${path}/gross/tax`, source.gross?.tax, parsePercentage)
  const account: FactAccount = {
    name,
    id: base?.id ?? null,
    currency,
    timezone,
    result,
    gross: source.gross === undefined ? (base?.gross ?? null) : { fees: fees ?? 0, tax: tax ?? 0 },
    groups: base === null ? [] : accountGroups(base, settings?.groups ?? []),
    values: {
      ...(base === null || base.currency !== currency ? {} : accountValues(base)),
      ...readValues(source, path, vocabulary, currency, fields),
    },
  }
  const languages = new Map((settings?.recipients ?? []).map((recipient) => [recipient.name, recipient.language]))
  const reader = readerOf(settings?.recipients ?? [], name)?.name
  return { account, vocabulary, languageOf: (recipient) => source.language ?? languages.get(recipient ?? reader ?? '') ?? 'en' }
}

export function parseResult(text: string): Reading<string> {
  const measure = resultMeasure(text)
  if (measure !== null) return { value: measure, faults: [] }
  return refuse(text, 'unknown-metric', `results cannot be counted in \`${text}\``, 'for example `purchases`, `leads`')
}

/** Reads targets, `values:`, and all other keys with a number. */
function readValues(
  source: TestAccountSource,
  path: string,
  vocabulary: Vocabulary,
  currency: string | null,
  fields: Fields,
): Readonly<Record<string, number>> {
  const values: Record<string, number> = {}
  const read = (name: string, at: string, text: string | undefined): void => {
    const amount = fields.read(at, text, (text) => asTarget(name, parseQuantity(text, vocabulary), text, vocabulary))
    if (amount !== null) values[name] = amount.unit === 'money' ? toMinor(amount.value, currency) : amount.value
  }
  for (const [name, text] of Object.entries(source.values ?? {})) read(name, `${path}/values/${name}`, text)
  for (const [name, value] of Object.entries(source)) {
    if (Object.hasOwn(TARGETS, name)) read(name, `${path}/${name}`, value as string)
    else if (!KEYS.includes(name)) {
      const near = didYouMean(name, KEYS)
      if (near === undefined) read(name, `${path}/${name}`, value as string)
      else fields.keyFault(`${path}/${name}`, 'unknown-key', `\`account\` has no key \`${name}\``, near)
    }
  }
  return values
}

function asTarget(name: string, { value, faults }: Reading<Amount>, text: string, vocabulary: Vocabulary): Reading<Amount> {
  const wanted = Object.hasOwn(TARGETS, name) ? TARGETS[name]! : null
  if (value !== null && wanted === 'money' && (value.unit === 'money' || value.unit === 'number') && value.value > 0) {
    const money = parseMoney(text, vocabulary, { anyPrecision: name !== 'monthly_budget' })
    return { value: money.value === null ? null : { ...money.value, unit: 'money' }, faults: money.faults }
  }
  if (value === null || wanted === null || value.unit === wanted) return { value, faults }
  const example = wanted === 'money' ? 'for example `120 TRY`' : 'for example `4`'
  return refuse(text, 'unit-mismatch', `\`${name}\` is ${wanted === 'money' ? 'money' : 'a number'}`, example)
}
