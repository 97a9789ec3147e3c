import { describe, expect, test } from 'vitest'

import { savePayment } from '../../../store/account/account-payments.js'
import { saveAccount } from '../../../store/account/accounts.js'
import { beginSync, finishSync } from '../../../store/account/syncs.js'
import { stopRules } from '../../../store/rules/stops.js'
import { json, NOW, testApi } from '../../../test/support/api.js'

describe('accounts', () => {
  test('are listed from tetik.yaml, even before the first sync', async () => {
    const { ask } = await testApi()
    expect(await json(ask('/api/accounts'))).toEqual({
      data: [
        {
          name: 'moda-tr',
          id: 'act_1234567890',
          currency: 'TRY',
          timezone: 'Europe/Istanbul',
          metaName: null,
          status: null,
          payment: null,
          synced: { structure: null, days: null, hours: null },
          stopped: null,
        },
      ],
      next: null,
    })
  })

  test('say when they were synced and whether they are stopped', async () => {
    const { ask, context } = await testApi()
    const { store } = context
    await saveAccount(store, {
      name: 'moda-tr',
      meta_id: 'act_1234567890',
      meta_name: 'Moda TR',
      currency: 'TRY',
      timezone: 'Europe/Istanbul',
      account_status: 1,
      learned_at: 1,
    })
    const sync = await beginSync(store, {
      account: 'moda-tr',
      kind: 'days',
      since: '2026-03-01',
      until: '2026-03-10',
      startedAt: NOW - 2,
    })
    await finishSync(store, sync, NOW - 1)
    await stopRules(store, { account: '*', reason: 'holiday', stoppedBy: 'owner', since: NOW })
    const { data } = await json(ask('/api/accounts'))
    expect(data[0]).toMatchObject({
      metaName: 'Moda TR',
      status: 1,
      synced: { structure: null, days: '2026-03-10T11:59:59.999Z', hours: null },
      stopped: { reason: 'holiday', by: 'owner', since: '2026-03-10T12:00:00.000Z' },
    })
  })
})

test('an account shows its payment method, what is left, and since when its delivery is stopped', async () => {
  const { ask, context } = await testApi()
  const reading = {
    account: 'moda-tr',
    learned_at: NOW - 3_600_000,
    account_status: 1,
    disable_reason: 0,
    spend_cap: 1_000_000,
    amount_spent: 400_000,
    balance: 99,
    funding_id: '41',
    funding_type: 20,
    funding_text: 'Available Balance (₺12.34 TRY)',
    prepaid_left: 1_234,
  }
  await savePayment(context.store, reading)
  await savePayment(context.store, { ...reading, learned_at: NOW, account_status: 3, disable_reason: 3 })
  const { data } = await json(ask('/api/accounts'))
  expect(data[0]?.['payment']).toEqual({
    state: 'stops',
    stateText: 'unsettled: a payment failed or is open',
    since: '2026-03-10T12:00:00.000Z',
    disableReason: 'its payments are considered risky',
    spendCap: { minor: 1_000_000, currency: 'TRY' },
    amountSpent: { minor: 400_000, currency: 'TRY' },
    leftOfSpendCap: { minor: 600_000, currency: 'TRY' },
    funding: 'Available Balance (₺12.34 TRY)',
    prepaidLeft: { minor: 1_234, currency: 'TRY' },
    learnedAt: '2026-03-10T12:00:00.000Z',
  })
})
