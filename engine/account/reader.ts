/** Chooses who receives an account's reports. */

import type { Recipient } from './account.js'

/** Whether the recipient has the account and may read. */
export const mayRead = ({ accounts, may }: Recipient, account: string): boolean =>
  may.includes('read') && (accounts.length === 0 || accounts.includes(account))

/** Returns the recipient named `owner`, or else the first who may read the account; null if nobody may. */
export function readerOf(recipients: readonly Recipient[], account: string): Recipient | null {
  const readers = recipients.filter((recipient) => mayRead(recipient, account))
  return readers.find(({ name }) => name === 'owner') ?? readers[0] ?? null
}
