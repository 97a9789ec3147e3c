/** What an ad account is before anything happens in it. */

import type { SceneCampaign } from '../delivery/scene.js'

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
  readonly campaigns: readonly SceneCampaign[]
}
