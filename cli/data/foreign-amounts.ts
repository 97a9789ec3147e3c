/** Currency mismatches in rules that are caused only by a `--data` file from another account. */

import type { Account } from '../../engine/account/account.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'

const MISMATCH = 'currency-mismatch'

/**
 * Removes the mismatches that the file causes. Rules for a file are checked against its currency, whatever their own accounts use. If a
 * rule is right for its account, the file is wrong; if not, the rule's own diagnostic, as `check` reports it, is kept.
 *
 * @param forFile diagnostics of the rules, read with the file's currency
 * @param own diagnostics of the same rules, read without a file
 */
export function withoutForeignAmounts(
  forFile: readonly Diagnostic[],
  own: readonly Diagnostic[],
): { readonly diagnostics: readonly Diagnostic[]; readonly isFileForeign: boolean } {
  const wrong = new Map(own.filter(({ code }) => code === MISMATCH).map((one) => [placeOf(one), one]))
  const diagnostics = forFile.flatMap((one) => (one.code === MISMATCH ? (wrong.get(placeOf(one)) ?? []) : [one]))
  return { diagnostics, isFileForeign: diagnostics.length < forFile.length }
}

const placeOf = ({ file, line, column }: Diagnostic): string => `${file}:${line}:${column}`

/** Returns what is wrong and what to do, without a full stop. */
export function foreignFile(path: string, currency: string, accounts: readonly Account[]): string {
  const currencies = [...new Set(accounts.map((account) => account.currency))].sort()
  if (!currencies.includes(currency))
    return `${path} is in ${currency}, but the accounts in tetik.yaml are in ${currencies.join(' and ')}: the file is from another account`
  return `${path} is in ${currency}, but tetik.yaml has accounts in ${currencies.join(' and ')}: name the file’s account with --account`
}
