/** Quantities in conditions. Each has a key, so that the same quantity in two conditions is recognised as one. */

import type { Owner, Window } from '../../expression/syntax.js'
import type { Scope } from '../../value/scope.js'

export type AtomRole = 'metric' | 'budget' | 'state' | 'target' | 'clock' | 'other'

/** The values that a quantity can have when it is known. */
export interface Domain {
  readonly low: number | null
  readonly high: number | null
  /** Whole numbers only. */
  readonly integral: boolean
  /** Every text that it can be; null if it can be any text. */
  readonly choices: readonly string[] | null
  readonly role: AtomRole
  /** What is summed, if the quantity is a sum over a window (`spend[3d]`), also one divided by a target or budget. */
  readonly measure?: Measure
}

export interface Measure {
  readonly owner: Scope
  /** A metric's name, or `action:…`. */
  readonly name: string
  /** In the form of `windowKey`. */
  readonly window: string
  /** The key of the target, budget or value that it is divided by. */
  readonly per?: string
}

export const FREE: Domain = { low: null, high: null, integral: false, choices: null, role: 'other' }
export const NOT_NEGATIVE: Domain = { ...FREE, low: 0 }

/** The domain of each quantity, by key. */
export class AtomTable {
  readonly #domains = new Map<string, Domain>()

  /** Records the domain unless the key has one already. Returns the key. */
  note(key: string, domain: Domain): string {
    if (!this.#domains.has(key)) this.#domains.set(key, domain)
    return key
  }

  domain(key: string): Domain {
    return this.#domains.get(key) ?? FREE
  }
}

/** Resolves `self` to the rule's scope, so that rules of different scopes use the same key for the same campaign. */
export const ownerOf = (owner: Owner, scope: Scope): Scope => (owner === 'self' ? scope : owner)

/** Presets of fixed length: their number of days, and how many days before today they end. */
const FIXED_PRESETS: Readonly<Record<string, readonly [count: number, ended: number]>> = {
  today: [1, 0],
  yesterday: [1, 1],
  last_3d: [3, 1],
  last_7d: [7, 1],
  last_14d: [14, 1],
  last_28d: [28, 1],
  last_30d: [30, 1],
  last_90d: [90, 1],
}

/** Returns one key for all windows that cover the same days: `last_3d` and `3d offset 1d` have the same. */
export function windowKey(window: Window): string {
  switch (window.kind) {
    case 'hours':
      return `${window.count}h-${window.offsetHours}`
    case 'days':
      return `${window.count}d-${window.offsetDays}`
    case 'preset': {
      const fixed = FIXED_PRESETS[window.preset]
      return fixed === undefined ? `${window.preset}-${window.offsetDays}` : `${fixed[0]}d-${fixed[1] + window.offsetDays}`
    }
  }
}
