/**
 * What Meta changes in place. Source: Marketing API, "Updating" of campaign, ad set, ad creative and ad, as of v26.0. If an existing
 * object has spent money, its replacement starts without its history, so that this is reported beforehand.
 */

import type { Json } from '../json.js'
import type { LaunchObjectKind } from '../launch-object.js'

/** Fields that are given once and for all, with the reason as a clause. */
const FIXED: Readonly<Record<LaunchObjectKind, Readonly<Record<string, string>>>> = {
  image: { sha256: 'another file is another image' },
  video: { sha256: 'another file is another video' },
  campaign: {
    objective: 'Meta never changes the objective of a campaign',
    special_ad_categories: 'Meta does not change what a campaign declared itself to be about',
    special_ad_category_country: 'Meta does not change what a campaign declared itself to be about',
  },
  adset: {
    campaign_id: 'Meta never moves an ad set to another campaign',
    optimization_goal: 'Meta does not change what an ad set is optimised for once it has run',
    billing_event: 'Meta does not change what an ad set pays for',
    promoted_object: 'Meta never changes what an ad set promotes',
    destination_type: 'Meta never changes where an ad set leads',
  },
  creative: {},
  ad: { adset_id: 'Meta never moves an ad to another ad set' },
}

/** They leave the file with the bid strategy that wanted them. */
const OF_STRATEGY = ['bid_amount', 'bid_constraints']

const BUDGETS = ['daily_budget', 'lifetime_budget']

/** What is sent to take back what was set. Source: Marketing API, `end_time` and `spend_cap`. */
const TAKEN_BACK: Readonly<Record<string, Json>> = { end_time: 0, spend_cap: '922337203685478' }

export type ChangeInPlace =
  | { readonly kind: 'update'; readonly after: Json }
  /** Only a new object can have it; `because` is a clause. */
  | { readonly kind: 'replace'; readonly because: string }
  /** Meta keeps what was set, and nothing can be done; `silent` where that has no effect. */
  | { readonly kind: 'kept'; readonly silent: boolean }

/** How a field's change reaches Meta; `undefined` where the file has none. */
export function changeInPlace(
  kind: LaunchObjectKind,
  field: string,
  before: Json | undefined,
  after: Json | undefined,
): ChangeInPlace {
  if (kind === 'creative') return { kind: 'replace', because: 'Meta never changes a creative' }
  const fixed = FIXED[kind][field]
  if (fixed !== undefined) return { kind: 'replace', because: fixed }
  if (BUDGETS.includes(field) && (before === undefined || after === undefined)) {
    return {
      kind: 'replace',
      because: 'Meta does not turn one kind of budget into another, nor move it between campaign and ad sets',
    }
  }
  if (after !== undefined) return { kind: 'update', after }
  const back = TAKEN_BACK[field]
  return back === undefined ? { kind: 'kept', silent: OF_STRATEGY.includes(field) } : { kind: 'update', after: back }
}
