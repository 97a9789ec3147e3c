/**
 * How a change of the ledger ended: `confirmed` was read back; `unchanged` was so already; `refused` was never made; `superseded`
 * gave way to a later change of the same field; `unknown` was sent, and nobody yet knows whether it was done.
 */
export type Settlement = 'confirmed' | 'unchanged' | 'refused' | 'superseded' | 'unknown'

/** Meta has the target. */
export type MadeSettlement = Extract<Settlement, 'confirmed' | 'unchanged'>
