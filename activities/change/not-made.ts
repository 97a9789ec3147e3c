import type { PreparedChange } from './contract.js'

/** A refusal for which no guardrail gave the reason: the owner is not notified of it. */
export const notMade = (note: string): PreparedChange => ({ kind: 'refused', note, reason: null, tellOwner: false })
