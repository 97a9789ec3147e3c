/** The definition of an ad account. */

import type { SceneCampaign } from './scene.js'

/** How the account pays; amounts in minor units. */
export interface Payment {
  /** As Meta names it: `VISA *4242`. Absent for a prepaid account. */
  readonly card?: string
  /** The remaining prepaid balance when the sandbox is first started. */
  readonly prepaid?: number
  /** When that was last topped up, in days from the first start, and by how much. */
  readonly funded?: { readonly day: number; readonly amount: number }
  /** How many hours before the first start the card was declined; nothing is delivered since then. */
  readonly refusedHoursBefore?: number
  /** The account's spending limit, and what remains of it at the first start. */
  readonly spendCap?: { readonly amount: number; readonly left: number }
}

export interface Account {
  /** Part of the ids of all the account's initial objects: 0 to 99, unique per account. */
  readonly number: number
  /** Without `act_`. */
  readonly id: string
  readonly name: string
  readonly business: { readonly id: string; readonly name: string; readonly country: string }
  readonly currency: string
  /** IANA name, and Meta's own number for it. */
  readonly timezoneName: string
  readonly timezoneId: number
  readonly page: { readonly id: string; readonly name: string }
  readonly pixel: { readonly id: string; readonly name: string }
  /** Domain of the shop or the form that the ads lead to. */
  readonly website: string
  readonly payment: Payment
  readonly campaigns: readonly SceneCampaign[]
}
