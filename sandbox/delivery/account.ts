/** What an ad account is before anything happens in it. */

import type { SceneCampaign } from './scene.js'

/** How the account pays; amounts in minor units. */
export interface Payment {
  /** As Meta names it: `VISA *4242`. Absent for an account that is paid for beforehand. */
  readonly card?: string
  /** Of an account that is paid for beforehand: what is left when the sandbox is first started. */
  readonly prepaid?: number
  /** When that was last topped up, in days from the first start, and by how much. */
  readonly funded?: { readonly day: number; readonly amount: number }
  /** So many hours before the first start the card was refused: since then nothing is delivered. */
  readonly refusedHoursBefore?: number
  /** The most that the account may spend, and what is left of it at the first start. */
  readonly spendCap?: { readonly amount: number; readonly left: number }
}

export interface Account {
  /** Part of the ids of all that the account starts with: 0 to 99, another one for each account. */
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
