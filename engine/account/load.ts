/** Reads `tetik.yaml`: returns the settings, or all errors in the file. */

import type { Diagnostic } from '../diagnostic/diagnostic.js'
import { isError, type Reading } from '../diagnostic/fault.js'
import { sortDiagnostics, SourceFile } from '../diagnostic/source.js'
import { Fields } from '../document/fields.js'
import { shape } from '../document/read-against-schema.js'
import { readYaml } from '../document/yaml.js'
import { isAmbiguous, parseDuration, parseMoney, parsePercentage, parseQuantity } from '../expression/read/amount.js'
import { isReservedName } from '../expression/read/names.js'
import type { Vocabulary } from '../expression/read/vocabulary.js'
import { resultMeasure } from '../metric/result.js'
import { parseAccountId, parseCurrency, parseName, parseTimeZone, parseVariable } from './account-name.js'
import type { Account, Amount, Settings } from './account.js'
import { readGroups } from './group.js'
import { readGuardrails } from './guardrails.js'
import { readRecipient } from './recipient.js'
import { type AccountSource, SettingsSchema, type SettingsSource } from './schema.js'

const DEFAULT_COOLDOWN = 24 * 3_600_000

/** The settings if there is no `tetik.yaml`. */
export const DEFAULT_SETTINGS: Settings = {
  file: null,
  accounts: [],
  recipients: [],
  groups: [],
  defaults: { mode: 'observe', cooldown: DEFAULT_COOLDOWN },
}

/** Units that targets must have. */
const TARGET_UNITS = { target_cpa: 'money', target_roas: 'number', monthly_budget: 'money' } as const

/** `path` is the file as the user gave it. `settings` is null if the diagnostics contain an error. Never throws. */
export function loadSettings(path: string, text: string): { settings: Settings | null; diagnostics: readonly Diagnostic[] } {
  const source = new SourceFile(path, text)
  const settings = read(source)
  return { settings: source.errorCount > 0 ? null : settings, diagnostics: sortDiagnostics(source.diagnostics) }
}

function read(source: SourceFile): Settings | null {
  const file = readYaml(source)
  if (file === null) return null
  if (file.root === null) return { ...DEFAULT_SETTINGS, file: source.path }
  const shaped = shape(file, SettingsSchema, file.root, 'tetik.yaml')
  const fields = new Fields(file, shaped.places)
  const written = (shaped.value ?? {}) as Partial<SettingsSource>

  const accounts = (written.accounts ?? []).flatMap((account, index) =>
    account === undefined ? [] : (readAccount(account, `accounts/${index}`, fields) ?? []),
  )
  reportTwice(written.accounts, 'accounts', 'name', fields)
  reportTwice(written.accounts, 'accounts', 'id', fields)

  // The name of an account is known even if the account has an error.
  const names = (written.accounts ?? []).flatMap((account) => account?.name ?? [])
  const recipients = (written.recipients ?? []).flatMap((recipient, index) =>
    recipient === undefined ? [] : (readRecipient(recipient, `recipients/${index}`, names, fields) ?? []),
  )
  for (const index of (written.recipients ?? []).keys()) {
    fields.read(`recipients/${index}/name`, written.recipients?.[index]?.name, parseName)
  }
  reportTwice(written.recipients, 'recipients', 'name', fields)
  const groups = readGroups(written.groups, accounts, names, fields)
  reportTwice(written.groups, 'groups', 'name', fields)

  const cooldown = fields.read('defaults/cooldown', written.defaults?.cooldown, parseDuration) ?? DEFAULT_COOLDOWN
  return {
    file: source.path,
    accounts: accounts.map((account) => ({ ...account, groups: groups.filter((group) => group.account === account.name) })),
    recipients,
    groups,
    defaults: { mode: written.defaults?.mode ?? 'observe', cooldown },
  }
}

function readAccount(written: Partial<AccountSource>, path: string, fields: Fields): Account | null {
  const name = fields.read(`${path}/name`, written.name, parseName)
  const id = fields.read(`${path}/id`, written.id, parseAccountId)
  const currency = fields.read(`${path}/currency`, written.currency, parseCurrency)
  const timezone = fields.read(`${path}/timezone`, written.timezone, parseTimeZone)
  const token = fields.read(`${path}/token`, written.token, (text) => parseVariable(text, '$META_ACCESS_TOKEN'))
  if (written.result !== undefined && resultMeasure(written.result) === null) {
    const hint = 'for example `purchases`, `leads`, or an action type such as `offsite_conversion.custom.123`'
    fields.fault(`${path}/result`, 'unknown-metric', `results cannot be counted in \`${written.result}\``, hint)
  }
  const gross = {
    fees: fields.read(`${path}/gross/fees`, written.gross?.fees, parsePercentage) ?? 0,
    tax: fields.read(`${path}/gross/tax`, written.gross?.tax, parsePercentage) ?? 0,
  }
  const targets = readAmounts(written.targets, `${path}/targets`, currency, fields)
  const values = readAmounts(written.values, `${path}/values`, currency, fields)
  const guardrails = readGuardrails(written.guardrails, path, currency, fields)
  if (name === null || id === null || currency === null || timezone === null) return null
  return {
    name,
    id,
    currency,
    timezone,
    tokenVariable: token ?? 'META_ACCESS_TOKEN',
    result: written.result ?? 'purchases',
    attribution: (written.attribution ?? []).filter((window) => window !== undefined),
    targets,
    values,
    gross,
    guardrails,
  }
}

function readAmounts(
  written: Readonly<Record<string, string | undefined>> | undefined,
  path: string,
  currency: string | null,
  fields: Fields,
): Readonly<Record<string, Amount>> {
  const amounts: Record<string, Amount> = {}
  const accounts: Vocabulary['accounts'] = currency === null ? null : [{ name: 'this one', currency, values: null }]
  for (const [name, text] of Object.entries(written ?? {})) {
    const at = `${path}/${name}`
    if (path.endsWith('/values')) {
      if (!/^[a-z][a-z0-9_]{0,63}$/.test(name)) {
        fields.keyFault(
          at,
          'bad-name',
          'a value’s name consists of small letters a to z, digits and `_`',
          'for example `shipping`',
        )
      } else if (isReservedName(name)) {
        fields.keyFault(at, 'name-taken', `\`${name}\` already has a meaning in rules`, 'choose another name')
      }
    }
    const amount = fields.read(at, text, (text) => asTarget(name, parseQuantity(text, { scope: null, accounts }), text, accounts))
    if (amount !== null) amounts[name] = amount
  }
  return amounts
}

/** Checks the unit of a target. A plain number for a money target is in the account's currency. */
function asTarget(name: string, reading: Reading<Amount>, text: string, accounts: Vocabulary['accounts']): Reading<Amount> {
  const { value: amount, faults } = reading
  const wanted = Object.hasOwn(TARGET_UNITS, name) ? TARGET_UNITS[name as keyof typeof TARGET_UNITS] : null
  const isMoney = amount?.unit === 'money' || isAmbiguous(faults)
  if (wanted === null || (amount === null && !isMoney)) return reading
  const refuse = (code: string, message: string, hint: string): Reading<Amount> => ({
    value: null,
    faults: [...faults.filter((fault) => !isError(fault)), { code, message, span: { start: 0, end: text.length }, hint }],
  })
  if (amount !== null && amount.value <= 0)
    return refuse('out-of-range', `\`${name}\` must be more than zero`, 'leave it out if there is none')
  if (wanted === 'money' && (isMoney || amount?.unit === 'number')) {
    // A budget is a whole number of minor units; a target cost may be finer.
    const money = parseMoney(text, { scope: null, accounts }, { anyPrecision: name !== 'monthly_budget' })
    return { value: money.value === null ? null : { ...money.value, unit: 'money' }, faults: money.faults }
  }
  if (amount?.unit === wanted) return reading
  return refuse(
    'unit-mismatch',
    `\`${name}\` must be ${wanted === 'money' ? 'money' : 'a number'}`,
    wanted === 'money' ? 'for example `120 TRY`' : 'for example `4`',
  )
}

function reportTwice(
  items: readonly ({ readonly name?: string; readonly id?: string } | undefined)[] | undefined,
  path: string,
  key: 'name' | 'id',
  fields: Fields,
): void {
  const seen = new Set<string>()
  for (const [index, item] of (items ?? []).entries()) {
    const value = item?.[key]
    if (value === undefined) continue
    if (seen.has(value))
      fields.fault(`${path}/${index}/${key}`, 'duplicate-name', `\`${value}\` is listed twice`, 'names and ids are unique')
    seen.add(value)
  }
}
