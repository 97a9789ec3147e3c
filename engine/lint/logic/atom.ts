/** Quantities that conditions speak of, by a key under which the same quantity is found again in another condition. */

import type { Owner, Window } from '../../expression/syntax.js'
import type { Scope } from '../../value/scope.js'

export type AtomRole = 'metric' | 'budget' | 'state' | 'target' | 'clock' | 'other'

/** What is known of a quantity's value wherever it is known at all. */
export interface Domain {
  readonly low: number | null
  readonly high: number | null
  /** Whole numbers only. */
  readonly integral: boolean
  /** Every text that it can be; null where others may come. */
  readonly choices: readonly string[] | null
  readonly role: AtomRole
  /** Of a sum over a window (`spend[3d]`), and of one over a target or budget, what is summed. */
  readonly measure?: Measure
}

export interface Measure {
  readonly owner: Scope
  /** A metric's name, or `action:…`. */
  readonly name: string
  /** As `windowKey` writes it. */
  readonly window: string
  /** The key of the target, budget or value that it is divided by. */
  readonly per?: string
}

export const FREE: Domain = { low: null, high: null, integral: false, choices: null, role: 'other' }
export const NOT_NEGATIVE: Domain = { ...FREE, low: 0 }

/** Domains by key. One for each run of the lint. */
export class AtomTable {
  readonly #domains = new Map<string, Domain>()

  /** Hands the key back. */
  note(key: string, domain: Domain): string {
    if (!this.#domains.has(key)) this.#domains.set(key, domain)
    return key
  }

  domain(key: string): Domain {
    return this.#domains.get(key) ?? FREE
  }
}

/** `self` is the scope that the rule looks at, so that rules of different scopes can speak of the same campaign. */
export const ownerOf = (owner: Owner, scope: Scope): Scope => (owner === 'self' ? scope : owner)

/** How many days a preset of fixed length has, and how many days before today it ends. */
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

/** The same text for windows that cover the same days: `last_3d` is `3d offset 1d`. */
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
