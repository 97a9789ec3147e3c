/** Stores the details of an account besides its structure: its payment at every sync, and its minimum budgets once a day. */

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import type { MetaAccount } from '../../connectors/meta/node.js'
import type { Account } from '../../engine/account/account.js'
import { PREPAID, prepaidLeft } from '../../engine/account/prepaid.js'
import { HOUR } from '../../engine/clock/zone.js'
import { type PaymentReading, savePayment } from '../../store/account/account-payments.js'
import { findMinimumBudgets, saveMinimumBudgets } from '../../store/account/minimum-budgets.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** Meta changes its minimum budgets a few times a year. */
const MINIMUM_BUDGETS_EVERY = 24 * HOUR

/** @param at when the account was requested from Meta, epoch milliseconds */
const paymentOf = (account: Pick<Account, 'name' | 'currency'>, found: MetaAccount, at: number): PaymentReading => ({
  account: account.name,
  learned_at: at,
  account_status: found.account_status,
  disable_reason: found.disable_reason,
  spend_cap: found.spend_cap,
  amount_spent: found.amount_spent,
  balance: found.balance,
  funding_id: found.funding?.id ?? null,
  funding_type: found.funding?.type ?? null,
  funding_text: found.funding?.text ?? null,
  prepaid_left: found.funding?.type === PREPAID ? prepaidLeft(found.funding.text, account.currency) : null,
})

/** Stores the account's payment details, and reads its minimum budgets once a day. */
export async function syncAccountDetails(
  dependencies: ActivityDependencies,
  client: MetaClient,
  account: Account,
  found: MetaAccount,
  at: number,
): Promise<void> {
  const { store } = dependencies
  await savePayment(store, paymentOf(account, found, at))
  const known = await findMinimumBudgets(store, account.name)
  if (known !== null && at - known.learnedAt < MINIMUM_BUDGETS_EVERY) return
  await unlessRefused(dependencies, `the minimum budgets of ${account.name}`, async () => {
    const rows = await client.readMinimumBudgets(account.id)
    await saveMinimumBudgets(store, account.name, { least: found.min_daily_budget, rows }, at)
  })
}

/** Runs optional work of a sync. If Meta refuses it, the sync continues without it, and the next one tries again. */
export async function unlessRefused(
  { announce }: Pick<ActivityDependencies, 'announce'>,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof MetaError) || error.kind === 'cancelled') throw error
    announce(`Could not read ${what}: ${error.message.split('\n', 1)[0]}`)
  }
}
