/**
 * A launch spec as planning needs it: plain data, read and checked from a file once. Money is in the account's minor units,
 * times are epoch milliseconds, names and ids are text as written, and everything else has Meta's own names and values.
 */

import type { Objective } from '../metric/attributes.js'
import type { JsonObject } from './json.js'

export interface LaunchSpec {
  /** Stable: what it made at Meta is known by it. Unique over all files. */
  readonly key: string
  /** The account's name in `tetik.yaml`. */
  readonly account: string
  /** Of the account, for showing money and times as a person reads them. */
  readonly currency: string
  readonly timezone: string
  /** The file as the user names it, relative to the folder of `tetik.yaml` if there is one; media are next to it. */
  readonly file: string
  readonly line: number
  /** SHA-256 of the meaning, hex: two files that say the same have the same version. */
  readonly version: string
  readonly publish: Publish
  readonly campaign: LaunchCampaign
  readonly adsets: readonly LaunchAdset[]
  readonly ads: readonly LaunchAd[]
}

/** Whether what was made stays paused, or is set active once everything exists. */
export type Publish = 'paused' | 'active'

export interface LaunchCampaign {
  readonly name: string
  readonly objective: Objective
  readonly specialAdCategories: readonly string[]
  /** ISO 3166 codes; empty without a category. */
  readonly specialAdCategoryCountry: readonly string[]
  /** Null where every ad set has its own. */
  readonly budget: LaunchBudget | null
  /** Null where the file does not say. */
  readonly budgetSharing: boolean | null
  readonly bidStrategy: BidStrategy | null
  readonly spendCap: number | null
}

export interface LaunchBudget {
  readonly kind: 'daily' | 'lifetime'
  /** Minor units. */
  readonly amount: number
}

export type BidStrategy = 'LOWEST_COST_WITHOUT_CAP' | 'LOWEST_COST_WITH_BID_CAP' | 'COST_CAP' | 'LOWEST_COST_WITH_MIN_ROAS'

export interface LaunchAdset {
  readonly key: string
  readonly name: string
  /** Null where the campaign has it. */
  readonly budget: LaunchBudget | null
  readonly optimizationGoal: string
  readonly billingEvent: string | null
  readonly bidStrategy: BidStrategy | null
  /** Minor units. */
  readonly bidAmount: number | null
  /** A return of 2 is 2. */
  readonly roasFloor: number | null
  readonly destinationType: string | null
  readonly promotedObject: JsonObject | null
  readonly attributionSpec: readonly JsonObject[] | null
  /** Meta's targeting, but for `advantage_audience`. */
  readonly targeting: JsonObject
  /** `targeting_automation.advantage_audience`; null where the file does not say. */
  readonly advantageAudience: boolean | null
  /** Null: at once. */
  readonly start: number | null
  /** Null: without end. */
  readonly end: number | null
  readonly dsaBeneficiary: string | null
  readonly dsaPayor: string | null
}

export interface LaunchAd {
  readonly key: string
  /** The key, where the file has no name. */
  readonly name: string
  /** Keys of ad sets; an ad is made in each. */
  readonly adsets: readonly string[]
  readonly creative: LaunchCreative
}

export interface LaunchCreative {
  readonly pageId: string
  readonly instagramUserId: string | null
  readonly media: { readonly kind: 'image' | 'video'; readonly path: string }
  /** Path of an image; null for an image, and where Meta's own thumbnail of the video serves. */
  readonly thumbnail: string | null
  readonly text: string | null
  readonly headline: string | null
  readonly description: string | null
  readonly link: string | null
  readonly callToAction: string | null
  readonly leadFormId: string | null
  readonly urlTags: string | null
}
