import { expect, test } from 'vitest'

import { temporaryStore } from '../../test/support/temporary-store.js'
import { lastPayment, type PaymentReading, savePayment, statusSince } from './account-payments.js'

const MINUTE = 60_000
const reading = (learned_at: number, change: Partial<PaymentReading> = {}): PaymentReading => ({
  account: 'moda-tr',
  learned_at,
  account_status: 1,
  disable_reason: 0,
  spend_cap: null,
  amount_spent: 100,
  balance: 0,
  funding_id: '41',
  funding_type: 20,
  funding_text: 'Available Balance (₺5.00 TRY)',
  prepaid_left: 500,
  ...change,
})

test('changed amounts add a row once an hour, a changed status adds one at once, and an older reading changes nothing', async () => {
  const store = await temporaryStore()
  const rows = () => store.db.selectFrom('account_payments').select(['learned_at', 'seen_at', 'prepaid_left', 'account_status']).orderBy('learned_at').execute() // prettier-ignore
  await savePayment(store, reading(0))
  await savePayment(store, reading(30 * MINUTE, { prepaid_left: 400 }))
  expect(await rows()).toEqual([{ learned_at: 0, seen_at: 30 * MINUTE, prepaid_left: 400, account_status: 1 }])
  await savePayment(store, reading(60 * MINUTE, { prepaid_left: 300 }))
  await savePayment(store, reading(61 * MINUTE, { prepaid_left: 0, account_status: 3 }))
  await savePayment(store, reading(62 * MINUTE, { prepaid_left: 0, account_status: 3 }))
  await savePayment(store, reading(10 * MINUTE, { prepaid_left: 499 }))
  expect((await rows()).map((row) => [row.learned_at / MINUTE, row.prepaid_left, row.account_status])).toEqual([
    [0, 400, 1],
    [60, 300, 1],
    [61, 0, 3],
  ])
  expect(await lastPayment(store, 'moda-tr')).toMatchObject({ seen_at: 62 * MINUTE, account_status: 3 })
  expect(await statusSince(store, 'moda-tr')).toBe(61 * MINUTE)
  expect(await statusSince(store, 'another')).toBeNull()
  await savePayment(store, reading(125 * MINUTE, { account_status: 3 }))
  expect(await statusSince(store, 'moda-tr')).toBe(61 * MINUTE)
})
