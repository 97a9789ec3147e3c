/** Returns the rules that cover an account. */

import type { Settings } from '../../engine/account/account.js'
import type { Rule } from '../../engine/rule/rule.js'

/** A rule without an account covers the only account; if there are several, it covers none (`tetik check` reports it). */
export function rulesOfAccount(rules: readonly Rule[], settings: Settings, account: string): Rule[] {
  const only = settings.accounts.length === 1
  return rules.filter((rule) => rule.account === account || rule.account === 'all' || (rule.account === null && only))
}
