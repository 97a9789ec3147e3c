/**
 * A launch spec after it was read and checked: plain data. Money is in the account's minor units, times are epoch milliseconds, names
 * and ids are text as written, and all other fields have Meta's own names and values.
 */

import type { Objective } from '../metric/attributes.js'
import type { JsonObject } from './json.js'

export interface LaunchSpec {
  /** Identifies the launch and what it created. Must not change; unique over all files. */
  readonly key: string
  /** The account's name in `tetik.yaml`. */
  readonly account: string
  /** The account's currency and time zone, to format money and times for people. */
  readonly currency: string
  readonly timezone: string
  /** Path of the file, relative to the folder of `tetik.yaml` if there is one. Media are next to it. */
  readonly file: string
  readonly line: number
  /** SHA-256 of the meaning, hex: files that differ only in layout have the same version. */
  readonly version: string
  readonly publish: Publish
  readonly campaign: LaunchCampaign
  readonly adsets: readonly LaunchAdset[]
  readonly ads: readonly LaunchAd[]
}

/** Whether the objects stay paused, or are set active once all of them exist. */
export type Publish = 'paused' | 'active'

export interface LaunchCampaign {
  readonly name: string
  readonly objective: Objective
  readonly specialAdCategories: readonly string[]
  /** ISO 3166 codes; empty without a category. */
  readonly specialAdCategoryCountry: readonly string[]
  /** Null if the ad sets have the budgets. */
  readonly budget: LaunchBudget | null
  /** Null if it is not in the file. */
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
  /** Null if the campaign has the budget. */
  readonly budget: LaunchBudget | null
  readonly optimizationGoal: string
  readonly billingEvent: string | null
  readonly bidStrategy: BidStrategy | null
  /** Minor units. */
  readonly bidAmount: number | null
  /** The least return on ad spend: 2 means twice the spend. */
  readonly roasFloor: number | null
  readonly destinationType: string | null
  readonly promotedObject: JsonObject | null
  readonly attributionSpec: readonly JsonObject[] | null
  /** Meta's targeting spec without `targeting_automation`. */
  readonly targeting: JsonObject
  /** `targeting_automation.advantage_audience`; null if it is not in the file. */
  readonly advantageAudience: boolean | null
  /** Null: immediately. */
  readonly start: number | null
  /** Null: no end. */
  readonly end: number | null
  readonly dsaBeneficiary: string | null
  readonly dsaPayor: string | null
}

export interface LaunchAd {
  readonly key: string
  /** The key if the file has no name. */
  readonly name: string
  /** Keys of ad sets; one ad is created in each. */
  readonly adsets: readonly string[]
  readonly creative: LaunchCreative
}

export interface LaunchCreative {
  readonly pageId: string
  readonly instagramUserId: string | null
  readonly media: { readonly kind: 'image' | 'video'; readonly path: string }
  /** Path of the video's thumbnail. Null for an image, or to use the thumbnail that Meta makes from the video. */
  readonly thumbnail: string | null
  readonly text: string | null
  readonly headline: string | null
  readonly description: string | null
  readonly link: string | null
  readonly callToAction: string | null
  readonly leadFormId: string | null
  readonly urlTags: string | null
}
