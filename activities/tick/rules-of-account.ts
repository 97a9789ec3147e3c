/** Which of the rules in force look at an account. */

import type { Settings } from '../../engine/account/account.js'
import type { Rule } from '../../engine/rule/rule.js'

/** A rule without an account is the only account's; where there are several, it is nobody's (`check` says so). */
export function rulesOfAccount(rules: readonly Rule[], settings: Settings, account: string): Rule[] {
  const only = settings.accounts.length === 1
  return rules.filter((rule) => rule.account === account || rule.account === 'all' || (rule.account === null && only))
}
