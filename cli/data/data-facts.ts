/** The accounts that a `--data` file represents, and their facts. */

import type { Account } from '../../engine/account/account.js'
import { accountGroups, accountValues } from '../../engine/account/vocabulary.js'
import { factsOf } from '../../engine/facts/facts-of-dataset.js'
import type { FactAccount, Facts } from '../../engine/facts/facts.js'
import { estimatesOn } from './estimates-on-data.js'
import type { RulesOnData, RulesWithData } from './rules-with-data.js'

export interface AccountContext {
  readonly currency: string | null
  readonly timezone: string
  readonly resultOf: (account: Account | null) => string
}

/** Returns a function that makes one account per name. */
export function accountsOf({ currency, timezone, resultOf }: AccountContext): RulesWithData['accountFor'] {
  const made = new Map<string, FactAccount>()
  return (rule, account) => {
    const name = account?.name ?? rule.account ?? 'account'
    let known = made.get(name)
    if (known === undefined) {
      known = {
        name,
        id: account?.id ?? null,
        currency,
        timezone,
        result: resultOf(account),
        gross: account?.gross ?? null,
        values: account === null ? {} : accountValues(account),
        groups: account === null ? [] : accountGroups(account),
      }
      made.set(name, known)
    }
    return known
  }
}

export function factsByAccount({ dataset, accountFor }: RulesWithData, at: number): RulesOnData['factsFor'] {
  const made = new Map<FactAccount, Facts>()
  return (rule, account) => {
    const of = accountFor(rule, account)
    const known = made.get(of)
    if (known !== undefined) return known
    // Rows of a file do not become stale, so the pace makes no difference.
    const plain = factsOf(dataset, { account: of, at, pace: 0 })
    const facts = factsOf(dataset, { account: of, at, pace: 0, estimates: estimatesOn(plain) })
    made.set(of, facts)
    return facts
  }
}
