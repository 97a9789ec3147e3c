/** Reads a data file for the rules to evaluate on it: the columns they need, and the file's account, currency and time zone. */

import type { Account } from '../../engine/account/account.js'
import { parseTime } from '../../engine/clock/written-time.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { isError } from '../../engine/diagnostic/fault.js'
import { sortDiagnostics } from '../../engine/diagnostic/source.js'
import type { Dataset } from '../../engine/facts/dataset.js'
import type { FactAccount, Facts } from '../../engine/facts/facts.js'
import { resultMeasure } from '../../engine/metric/result.js'
import { missingLevels } from '../../engine/read-export/levels.js'
import { needsOf } from '../../engine/read-export/needs.js'
import { type ExportText, openExport } from '../../engine/read-export/open-export.js'
import { readExport } from '../../engine/read-export/read-export.js'
import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfCondition } from '../../engine/rule/walk.js'
import { OptionError } from '../base/option-error.js'
import type { RuleSets } from '../base/rule-sets.js'
import { accountNamed, accountOf, currencyOfAccount, isAbout } from './data-account.js'
import { accountsOf, factsByAccount } from './data-facts.js'
import { checkOptions, type DataOptions } from './data-options.js'
import { currencyOf, loadSet, settingsOf, withOwnAmounts } from './load-sets.js'

export interface EvaluateDataOptions extends DataOptions {
  readonly at: string
  /** The account in `tetik.yaml` that the export is from; rules of other accounts are then left out. */
  readonly account?: string | undefined
  /** The id of the only rule to evaluate; what other rules need from the file is then ignored. */
  readonly only?: string | undefined
}

interface PlacedRule {
  readonly rule: Rule
  /** From `tetik.yaml`; null if nothing says which account the data belongs to. */
  readonly account: Account | null
}

/** Problems and assumptions of reading a file for rules. */
export interface DataFindings {
  readonly diagnostics: readonly Diagnostic[]
  /** Assumptions that were made, a sentence each. */
  readonly notes: readonly string[]
}

/** Rules with the rows of a file. */
export interface RulesWithData {
  readonly dataset: Dataset
  readonly timezone: string
  readonly currency: string | null
  readonly rules: readonly PlacedRule[]
  /** The account that the file represents for a rule that names `account`. */
  readonly accountFor: (rule: Rule, account: Account | null) => FactAccount
}

/** What is read from a file in addition to what `where` and `when` need. */
export interface WantedOfData {
  /** What `clear` needs. */
  readonly clear: boolean
  /** Spend and results, if the file has them. */
  readonly outcomes: boolean
}

/** Rules with the facts of a file at one moment. */
export interface RulesOnData extends RulesWithData {
  /** Epoch milliseconds. */
  readonly at: number
  readonly factsFor: (rule: Rule, account: Account | null) => Facts
}

/**
 * Reads a file for the rules that are evaluated on it, as of one moment. `opened` is null if the diagnostics contain an error.
 *
 * @throws OptionError
 */
export function rulesOnData(
  sets: RuleSets,
  data: ExportText,
  options: EvaluateDataOptions,
): { readonly opened: RulesOnData | null } & DataFindings {
  const { opened, diagnostics, notes } = rulesWithData(sets, data, options)
  if (opened === null) return { opened, diagnostics, notes }
  const at = parseTime(options.at, opened.timezone)
  if (at === null) throw new OptionError(`--at ${options.at} is not a time; write it as "2026-03-10 14:00", or with an offset`)
  return { opened: { ...opened, at, factsFor: factsByAccount(opened, at) }, diagnostics, notes }
}

/**
 * Reads a file for the rules that are evaluated on it. `opened` is null if the diagnostics contain an error.
 *
 * @throws OptionError
 */
export function rulesWithData(
  sets: RuleSets,
  data: ExportText,
  options: Omit<EvaluateDataOptions, 'at'>,
  wanted: WantedOfData = { clear: false, outcomes: false },
): { readonly opened: RulesWithData | null } & DataFindings {
  const result = checkOptions(options)
  const { opened, diagnostics: ofHeader } = openExport(data)
  const named = opened?.currency ?? null
  if (options.currency !== undefined && named !== null && named !== options.currency)
    throw new OptionError(`--currency ${options.currency} contradicts ${data.path}, which is in ${named}`)

  const chosen = options.account ?? null
  const said = options.currency ?? named
  const known = chosen === null ? said : currencyOfAccount(accountNamed(chosen, settingsOf(sets)), said, data.path)
  const drafts = sets.sets.map((set) => loadSet(set, known, chosen))
  // If the file is not an export at all, that is reported first, and its currency does not matter.
  const currency = known ?? (opened === null ? null : currencyOf(drafts))
  const loaded = currency === known ? drafts : sets.sets.map((set) => loadSet(set, currency, chosen))
  const mayBeForeign = chosen === null && currency !== null && opened !== null && !sets.diagnostics.some(isError)
  const ofRules = mayBeForeign ? withOwnAmounts(sets, loaded, data.path, currency) : loaded
  const faults = [...sets.diagnostics, ...ofHeader, ...ofRules.flatMap(({ diagnostics }) => diagnostics)]
  if (opened === null || faults.some(isError)) return refused(faults)

  const notes: string[] = []
  const others = loaded.flatMap(({ rules }) => rules.filter((rule) => !isAbout(rule, chosen)))
  noteLeftOut(others, chosen, options.only, notes)
  if (known === null && currency !== null)
    notes.push(`${data.path} does not name its currency: using ${currency}, as in the rules.`)
  const isOneOfMany = chosen === null && loaded.some(({ settings }) => (settings?.accounts.length ?? 0) > 1)
  const rules = loaded
    .flatMap(({ settings, rules }) => rules.map((rule) => ({ rule, account: accountOf(rule, settings, chosen) })))
    .filter(({ rule }) => isAbout(rule, chosen) && (options.only === undefined || rule.id === options.only))
    .map((placed) => (isOfAccount(placed, currency, data.path, isOneOfMany) ? placed : { ...placed, account: null }))
  const timezone = timezoneOf(rules, options.timezone, notes)

  const resultOf = (account: Account | null): string => result ?? (account && resultMeasure(account.result)) ?? 'purchases'
  const accounts = new Map(rules.map(({ rule, account }) => [rule, account]))
  const columns = new Set(opened.columns.measures.keys())
  const ruleList = rules.map(({ rule }) => rule)
  const resultFor = (rule: Rule): string => resultOf(accounts.get(rule) ?? null)
  const needs = needsOf(ruleList, columns, data.path, resultFor, wanted.clear, opened.columns.empty)
  if (needs.diagnostics.length > 0) return refused([...faults, ...needs.diagnostics])
  const needed = new Set([...needs.measures, ...(wanted.outcomes ? ['spend', 'results', ...ruleList.map(resultFor)] : [])])
  const { dataset, diagnostics: ofRows } = readExport(opened, { currency, needed, result })
  const diagnostics = [...faults, ...ofRows]
  if (dataset === null) return refused(diagnostics)
  const hasRows = !ofRows.some(({ code }) => code === 'no-rows')
  const levels = hasRows ? missingLevels(ruleList, dataset, data.path) : []
  if (levels.length > 0) return refused([...diagnostics, ...levels])

  const accountFor = accountsOf({ currency, timezone, resultOf })
  return { opened: { dataset, timezone, currency, rules, accountFor }, diagnostics: sortDiagnostics(diagnostics), notes }
}

const refused = (diagnostics: readonly Diagnostic[]) => ({
  opened: null,
  diagnostics: sortDiagnostics(diagnostics),
  notes: [],
})

/** @throws OptionError if the only rule to evaluate belongs to another account */
function noteLeftOut(others: readonly Rule[], chosen: string | null, only: string | undefined, notes: string[]): void {
  const asked = others.find(({ id }) => id === only)
  if (asked !== undefined) throw new OptionError(`the rule ${asked.id} belongs to the account ${asked.account}, not to ${chosen}`)
  if (others.length === 0 || only !== undefined) return
  const names = [...new Set(others.map(({ account }) => account))].sort().join(', ')
  notes.push(
    `${others.length === 1 ? '1 rule' : `${others.length} rules`} of other accounts (${names}) ${others.length === 1 ? 'was' : 'were'} skipped.`,
  )
}

/**
 * Whether the file can be from the account in `tetik.yaml` that the rule applies to. A file in another currency is not: it represents
 * an account of which nothing else is known.
 *
 * @throws OptionError if the rule then needs money that `tetik.yaml` gives in the account's currency
 */
function isOfAccount({ rule, account }: PlacedRule, currency: string | null, path: string, isOneOfMany: boolean): boolean {
  if (account === null || currency === null || account.currency === currency) return true
  const values = { ...account.targets, ...account.values }
  for (const expression of [...expressionsOfCondition(rule.where), ...expressionsOfCondition(rule.when)]) {
    if (expression.kind !== 'attribute' || values[expression.attribute]?.unit !== 'money') continue
    throw new OptionError(
      `${path} is in ${currency}, but the rule ${rule.id} needs \`${expression.attribute}\` of ${account.name}, which is in ${account.currency}${isOneOfMany ? '; name the account that the export is from with --account' : ''}`,
    )
  }
  return false
}

function timezoneOf(rules: readonly PlacedRule[], given: string | undefined, notes: string[]): string {
  if (given !== undefined) return given
  const zones = new Set(rules.flatMap(({ account }) => account?.timezone ?? []))
  if (zones.size > 1)
    throw new OptionError(
      `the rules belong to accounts in ${[...zones].join(' and ')}; name the file’s account with --account, or its time zone with --timezone`,
    )
  const [zone] = zones
  if (zone !== undefined) return zone
  notes.push('The account’s time zone is not known: using UTC. Name another with --timezone.')
  return 'UTC'
}
