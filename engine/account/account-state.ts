/** Whether an ad account delivers, and why not. Source: Marketing API, Ad Account, `account_status` and `disable_reason`. */

/** `stops`: nothing is delivered. `warns`: delivery may stop soon. */
export interface AccountState {
  readonly kind: 'active' | 'warns' | 'stops'
  /** Completes a sentence that begins with "it is": `unsettled: a payment failed or is open`. */
  readonly text: string
}

const STATES: Readonly<Record<number, AccountState>> = {
  1: { kind: 'active', text: 'active' },
  2: { kind: 'stops', text: 'disabled' },
  3: { kind: 'stops', text: 'unsettled: a payment failed or is open' },
  7: { kind: 'stops', text: 'under risk review' },
  8: { kind: 'stops', text: 'waiting for a payment to settle' },
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
  3: 'its payments are considered risky',
  4: 'it is a grey account that was shut down',
  5: 'it is under review',
  6: 'the integrity of its business is under review',
  7: 'it was closed permanently',
  8: 'it is an unused reseller account',
  9: 'it was not used',
  10: 'it is an umbrella account',
  11: 'the business broke Meta’s policies',
  12: 'it misrepresents who it belongs to',
  13: 'there is a problem with its legal entity',
  14: 'its conversations are under review',
  15: 'it was compromised',
}

/** Returns the reason in words; null if Meta gives none, or one that is not known. */
export const disableReason = (reason: number | null): string | null => REASONS[reason ?? 0] ?? null

/** Returns what is left of the account's spending limit, in minor units, at least 0; null if there is none or it is unknown. */
export const leftOfSpendCap = (spendCap: number | null, amountSpent: number | null): number | null =>
  spendCap === null || amountSpent === null ? null : Math.max(0, spendCap - amountSpent)
