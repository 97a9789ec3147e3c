import { accountState, disableReason, leftOfSpendCap } from '../../../engine/account/account-state.js'
import { lastPayment, statusSince } from '../../../store/account/account-payments.js'
import { listAccounts } from '../../../store/account/accounts.js'
import { lastGoodSync } from '../../../store/account/syncs.js'
import type { Store } from '../../../store/base/store.js'
import { standingStop } from '../../../store/rules/stops.js'
import type { ApiContext } from '../http/context.js'
import { instant } from '../http/instant.js'
import { answer, operation } from '../http/operation.js'
import { ProblemError } from '../http/problem.js'
import { type Account, AccountPage } from '../shapes/account.js'

export const accountOperations = [
  operation({
    id: 'listAccounts',
    method: 'get',
    path: '/api/accounts',
    tag: 'Reading',
    summary: 'The ad accounts of tetik.yaml',
    responses: { 200: { description: 'All of them', schema: AccountPage } },
    handle: async (_, { store, settings }) => {
      const known = new Map((await listAccounts(store)).map((row) => [row.name, row]))
      const data = await Promise.all(
        settings().accounts.map(async ({ name, id, currency, timezone }): Promise<Account> => {
          const row = known.get(name)
          const stop = await standingStop(store, name)
          return {
            name,
            id,
            currency,
            timezone,
            metaName: row?.meta_name ?? null,
            status: row?.account_status ?? null,
            payment: await paymentOf(store, name, currency),
            synced: {
              structure: await syncedAt(store, name, 'structure'),
              days: await syncedAt(store, name, 'days'),
              hours: await syncedAt(store, name, 'hours'),
            },
            stopped: stop === undefined ? null : { reason: stop.reason, by: stop.stopped_by, since: instant(stop.since) },
          }
        }),
      )
      return answer(200, { data, next: null })
    },
  }),
]

async function paymentOf(store: Store, account: string, currency: string): Promise<Account['payment']> {
  const row = await lastPayment(store, account)
  if (row === undefined) return null
  const money = (minor: number | null) => (minor === null ? null : { minor, currency })
  const { kind, text } = accountState(row.account_status)
  return {
    state: kind,
    stateText: text,
    since: instant((await statusSince(store, account)) ?? row.learned_at),
    disableReason: disableReason(row.disable_reason),
    spendCap: money(row.spend_cap),
    amountSpent: money(row.amount_spent),
    leftOfSpendCap: money(leftOfSpendCap(row.spend_cap, row.amount_spent)),
    funding: row.funding_text,
    prepaidLeft: money(row.prepaid_left),
    learnedAt: instant(row.seen_at),
  }
}

async function syncedAt(store: Store, account: string, kind: 'structure' | 'days' | 'hours'): Promise<string | null> {
  const sync = await lastGoodSync(store, account, kind)
  return sync?.finished_at == null ? null : instant(sync.finished_at)
}

/** Returns the account's settings. @throws ProblemError `not-found`, which lists the account names */
export function accountNamed({ settings }: Pick<ApiContext, 'settings'>, name: string) {
  const { accounts } = settings()
  const account = accounts.find((candidate) => candidate.name === name)
  if (account !== undefined) return account
  const names = accounts.map((candidate) => candidate.name).join(', ')
  throw new ProblemError('not-found', `tetik.yaml has no account "${name}"; it has: ${names === '' ? 'none' : names}.`)
}

/**
 * Returns the name of the only account.
 *
 * @param where the part of the request that would name the account
 * @throws ProblemError `invalid-request` if there are several, or none
 */
export function onlyAccount({ settings }: Pick<ApiContext, 'settings'>, where: string): string {
  const [first, second] = settings().accounts
  if (first !== undefined && second === undefined) return first.name
  throw new ProblemError('invalid-request', 'There are several accounts; name one in `account`.', {
    errors: [{ where, message: 'is needed' }],
  })
}
