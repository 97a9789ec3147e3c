/**
 * Which fields Meta can change in place. Source: Marketing API, "Updating" of campaign, ad set, ad creative and ad, as of v26.0. A
 * replacement starts without the history of the old object, so the plan reports it with the reason.
 */

import type { Json } from '../json.js'
import type { LaunchObjectKind } from '../launch-object.js'

/** Fields that cannot change after creation, with the reason as a clause. */
const FIXED: Readonly<Record<LaunchObjectKind, Readonly<Record<string, string>>>> = {
  image: { sha256: 'a changed file is a new image' },
  video: { sha256: 'a changed file is a new video' },
  campaign: {
    objective: 'Meta never changes the objective of a campaign',
    special_ad_categories: 'Meta never changes the special ad categories of a campaign',
    special_ad_category_country: 'Meta never changes the countries of a special ad category',
  },
  adset: {
    campaign_id: 'Meta never moves an ad set to another campaign',
    optimization_goal: 'Meta does not change what an ad set is optimised for once it has run',
    billing_event: 'Meta never changes the billing event of an ad set',
    promoted_object: 'Meta never changes what an ad set promotes',
    destination_type: 'Meta never changes the destination of an ad set',
  },
  creative: {},
  ad: { adset_id: 'Meta never moves an ad to another ad set' },
}

/** Fields that are removed from the file together with the bid strategy that needs them. */
const OF_STRATEGY = ['bid_amount', 'bid_constraints']

const BUDGETS = ['daily_budget', 'lifetime_budget']

/** The values that unset a field. Source: Marketing API, `end_time` and `spend_cap`. */
const UNSET: Readonly<Record<string, Json>> = { end_time: 0, spend_cap: '922337203685478' }

export type ChangeInPlace =
  | { readonly kind: 'update'; readonly after: Json }
  /** Only a new object can have the value; `because` is a clause. */
  | { readonly kind: 'replace'; readonly because: string }
  /** Meta cannot unset the field. `silent` if the remaining value has no effect. */
  | { readonly kind: 'kept'; readonly silent: boolean }

/** Returns how a change of a field can be made at Meta. A value is `undefined` if the file does not have the field. */
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
      because:
        'Meta cannot turn a daily budget into a lifetime one or the reverse, or move a budget between campaign and ad sets',
    }
  }
  if (after !== undefined) return { kind: 'update', after }
  const unset = UNSET[field]
  return unset === undefined ? { kind: 'kept', silent: OF_STRATEGY.includes(field) } : { kind: 'update', after: unset }
}
