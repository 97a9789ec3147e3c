/** Whether an ad account delivers, and why not. Source: Marketing API, Ad Account, `account_status` and `disable_reason`. */

/** `stops`: nothing is delivered. `warns`: it soon may not be. */
export interface AccountState {
  readonly kind: 'active' | 'warns' | 'stops'
  /** After "it is": `unsettled: a payment failed or is open`. */
  readonly text: string
}

const STATES: Readonly<Record<number, AccountState>> = {
  1: { kind: 'active', text: 'active' },
  2: { kind: 'stops', text: 'disabled' },
  3: { kind: 'stops', text: 'unsettled: a payment failed or is open' },
  7: { kind: 'stops', text: 'under review for its risk' },
  8: { kind: 'stops', text: 'waiting for its settlement' },
  9: { kind: 'warns', text: 'in a grace period: a payment is open' },
  100: { kind: 'warns', text: 'about to be closed' },
  101: { kind: 'stops', text: 'closed' },
  201: { kind: 'active', text: 'active' },
  202: { kind: 'stops', text: 'closed' },
}

export const accountState = (status: number): AccountState =>
  STATES[status] ?? { kind: 'warns', text: `in a state that tetik does not know (${status})` }

const REASONS: Readonly<Record<number, string>> = {
  1: 'its ads broke Meta’s policies',
  2: 'its intellectual property is under review',
  3: 'the risk of its payments',
  4: 'it is a grey account that was shut down',
  5: 'it is under review',
  6: 'the integrity of its business is under review',
  7: 'it was closed permanently',
  8: 'it is a reseller’s that was not used',
  9: 'it was not used',
  10: 'it is an umbrella account',
  11: 'the business broke Meta’s policies',
  12: 'it misrepresents whom it is of',
  13: 'its legal entity',
  14: 'a review of its conversations',
  15: 'it was compromised',
}

/** Null where Meta gives none, or one that is not known. */
export const disableReason = (reason: number | null): string | null => REASONS[reason ?? 0] ?? null

/** What is left until the account's own limit, minor units, at least 0; null where it has none or Meta did not say. */
export const leftOfSpendCap = (spendCap: number | null, amountSpent: number | null): number | null =>
  spendCap === null || amountSpent === null ? null : Math.max(0, spendCap - amountSpent)
