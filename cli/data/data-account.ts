/** Finds the account that a `--data` file is from, which `--account` names, and the rules that apply to it. */

import type { Account, Settings } from '../../engine/account/account.js'
import { didYouMean } from '../../engine/diagnostic/nearest.js'
import type { Rule } from '../../engine/rule/rule.js'
import { OptionError } from '../base/option-error.js'

/** @throws OptionError if no `tetik.yaml` of the rules has the account */
export function accountNamed(name: string, settings: readonly (Settings | null)[]): Account {
  const accounts = settings.flatMap((one) => one?.accounts ?? [])
  const account = accounts.find((one) => one.name === name)
  if (account !== undefined) return account
  const names = [...new Set(accounts.map((one) => one.name))]
  if (names.length === 0) throw new OptionError(`--account ${name}: no tetik.yaml of these rules has accounts`)
  const hint = didYouMean(name, names) ?? `tetik.yaml has ${names.join(', ')}`
  throw new OptionError(`--account ${name}: there is no such account; ${hint}`)
}

/** Returns the account's currency. @throws OptionError if the file's currency or `--currency` differs */
export function currencyOfAccount({ name, currency }: Account, given: string | null, path: string): string {
  if (given === null || given === currency) return currency
  throw new OptionError(`--account ${name} is in ${currency}, but ${path} is in ${given}: it is from another account`)
}

/** Returns the account that a rule applies to; null if it is not clear which. */
export function accountOf(rule: Rule, settings: Settings | null, chosen: string | null): Account | null {
  const accounts = settings?.accounts ?? []
  const name = chosen ?? (rule.account === 'all' ? null : rule.account)
  if (name !== null) return accounts.find((account) => account.name === name) ?? null
  return accounts.length === 1 ? accounts[0]! : null
}

/** Whether a rule applies to the account that the export is from. */
export const isAbout = (rule: Pick<Rule, 'account'>, chosen: string | null): boolean =>
  chosen === null || rule.account === null || rule.account === 'all' || rule.account === chosen
