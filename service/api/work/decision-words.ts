/** Reads what decisions are put into words with. */

import { findAccount } from '../../../store/account/accounts.js'
import type { Store } from '../../../store/base/store.js'
import type { DecisionRow } from '../../../store/decisions/decisions.js'
import { findRuleVersion } from '../../../store/rules/rules.js'
import type { DecisionWords } from '../views/decision.js'

type Worded = Pick<DecisionRow, 'account' | 'rule' | 'version'>

/** Reads each rule version and account once, however many decisions there are. */
export async function wordsOfDecisions(store: Store, rows: readonly Worded[]): Promise<(row: Worded) => DecisionWords> {
  const versions = new Map(rows.map((row) => [versionKey(row), row]))
  const accounts = new Set(rows.map(({ account }) => account))
  const rules = await mapOf([...versions], async ([key, { rule, version }]) => [key, await findRuleVersion(store, rule, version)])
  const currencies = await mapOf([...accounts], async (name) => [name, (await findAccount(store, name))?.currency ?? null])
  return (row) => ({ rule: rules.get(versionKey(row)), currency: currencies.get(row.account) ?? null })
}

const versionKey = ({ rule, version }: Worded): string => `${rule} ${version}`

const mapOf = async <In, Value>(list: readonly In[], entry: (one: In) => Promise<readonly [string, Value]>) =>
  new Map(await Promise.all(list.map(entry)))
