/** What is read of an account apart from its structure: how it pays at every sync, and occasionally what changes rarely. */

import { MetaError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import type { MetaAccount } from '../../connectors/meta/node.js'
import type { Account } from '../../engine/account/account.js'
import { PREPAID, prepaidLeft } from '../../engine/account/prepaid.js'
import { HOUR } from '../../engine/clock/zone.js'
import { type PaymentReading, savePayment } from '../../store/account/account-payments.js'
import { findMinimumBudgets, saveMinimumBudgets } from '../../store/account/minimum-budgets.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** Meta changes its smallest budgets a few times a year. */
const MINIMUM_BUDGETS_EVERY = 24 * HOUR

/** @param at when Meta was asked for the account, epoch milliseconds */
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

/** Keeps what the account itself says, and reads its smallest budgets once a day. */
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
  await unlessRefused(dependencies, `the smallest budgets of ${account.name}`, async () => {
    const rows = await client.readMinimumBudgets(account.id)
    await saveMinimumBudgets(store, account.name, { least: found.min_daily_budget, rows }, at)
  })
}

/** What is good to have: a sync goes on without it, and the next one asks again. */
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
