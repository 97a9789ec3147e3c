/** Loads the rules of each set for a file whose amounts are in one currency. */

import type { Settings } from '../../engine/account/account.js'
import { loadSettings } from '../../engine/account/load.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'
import { isError } from '../../engine/diagnostic/fault.js'
import { loadRules } from '../../engine/rule/read/load.js'
import type { Rule } from '../../engine/rule/rule.js'
import { currenciesWritten } from '../base/currencies-written.js'
import { OptionError } from '../base/option-error.js'
import type { RuleSet, RuleSets } from '../base/rule-sets.js'
import { accountOf } from './data-account.js'
import { foreignFile, withoutForeignAmounts } from './foreign-amounts.js'

export interface LoadedSet {
  readonly settings: Settings | null
  readonly rules: readonly Rule[]
  readonly diagnostics: readonly Diagnostic[]
}

export function loadSet(set: RuleSet, currency: string | null, account: string | null): LoadedSet {
  const own = set.settings === null ? null : loadSettings(set.settings.path, set.settings.text)
  const loaded = loadRules(set.files, own?.settings ?? null, { data: { currency, account }, library: set.library ?? [] })
  return {
    settings: own?.settings ?? null,
    rules: loaded.rules,
    diagnostics: [...(own?.diagnostics ?? []), ...loaded.diagnostics],
  }
}

/**
 * Returns the loaded rules without diagnostics that are caused only by the file's currency, which differs from their accounts'.
 *
 * @throws OptionError if there is no other error
 */
export function withOwnAmounts(
  sets: RuleSets,
  loaded: readonly LoadedSet[],
  path: string,
  currency: string,
): readonly LoadedSet[] {
  const accounts = loaded.flatMap(({ settings }) => settings?.accounts ?? [])
  let isForeign = false
  const cleared = loaded.map((set, index) => {
    // Without a `tetik.yaml`, the account is the one that the file is from.
    if (set.settings === null || !set.diagnostics.some(({ code }) => code === 'currency-mismatch')) return set
    const { files, library = [] } = sets.sets[index]!
    const own = loadRules(files, set.settings, { library }).diagnostics
    const { diagnostics, isFileForeign } = withoutForeignAmounts(set.diagnostics, own)
    isForeign ||= isFileForeign
    return { ...set, diagnostics }
  })
  const isElseRight = !cleared.some(({ diagnostics }) => diagnostics.some(isError))
  if (isForeign && isElseRight) throw new OptionError(foreignFile(path, currency, accounts))
  return cleared
}

export const settingsOf = ({ sets }: RuleSets): (Settings | null)[] =>
  sets.map(({ settings }) => (settings === null ? null : loadSettings(settings.path, settings.text).settings))

/**
 * Returns the currency of the rules' accounts, or else the one that the rules themselves contain; null if there is neither.
 *
 * @throws OptionError if there are several
 */
export function currencyOf(sets: readonly LoadedSet[]): string | null {
  const ofAccounts = new Set(
    sets.flatMap(({ settings, rules }) => rules.flatMap((rule) => accountOf(rule, settings, null)?.currency ?? [])),
  )
  const found = ofAccounts.size > 0 ? ofAccounts : currenciesWritten(sets.flatMap(({ rules }) => rules))
  if (found.size > 1)
    throw new OptionError(
      `the rules are in ${[...found].join(' and ')}, and the file does not name its currency; give --currency or --account`,
    )
  return [...found][0] ?? null
}
