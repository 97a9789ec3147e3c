/** Amounts in rules that are at fault only because the `--data` file is not of the account that the rules are for. */

import type { Account } from '../../engine/account/account.js'
import type { Diagnostic } from '../../engine/diagnostic/diagnostic.js'

const MISMATCH = 'currency-mismatch'

/**
 * Read for a file, rules are held against its currency, which says nothing of their own accounts. Where a rule is right for its
 * account, the fault is the file's; where it is not, what is wrong with it is what `check` says.
 *
 * @param forFile diagnostics of the rules as they were read for the file
 * @param own those of the same rules without a file
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

/** What to do about it, as a sentence without a full stop. */
export function foreignFile(path: string, currency: string, accounts: readonly Account[]): string {
  const currencies = [...new Set(accounts.map((account) => account.currency))].sort()
  if (!currencies.includes(currency))
    return `${path} is in ${currency}, and tetik.yaml has accounts in ${currencies.join(' and ')}: it is of another account`
  return `${path} is in ${currency}, and tetik.yaml has accounts in ${currencies.join(' and ')}: --account says whose export the file is`
}
