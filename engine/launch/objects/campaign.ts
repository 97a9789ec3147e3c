import type { JsonObject } from '../json.js'
import type { LaunchObject } from '../launch-object.js'
import type { LaunchAdset, LaunchBudget, LaunchSpec } from '../launch-spec.js'
import { DEFAULT_STRATEGY } from '../read/budget.js'
import { FieldBuilder } from './fill-defaults.js'

export const CAMPAIGN_KEY = 'campaign'

/** Returns the campaign, with the parameters of `POST /act_<id>/campaigns`. */
export function campaignObject({ campaign, adsets }: LaunchSpec): LaunchObject {
  const { name, budget, budgetSharing, specialAdCategories: categories } = campaign
  const builder = new FieldBuilder()
  builder.set('name', name).set('objective', campaign.objective).set('special_ad_categories', categories)
  if (categories.length > 0) {
    const countries = campaign.specialAdCategoryCountry
    const why = 'a special ad category needs countries, and these are the ones in which the ad sets are shown'
    builder.fill('special_ad_category_country', countries.length > 0 ? countries : null, countriesOf(adsets), why)
  }
  setBudget(builder, budget)
  if (budget === null) {
    const why = 'Meta requires the field, and each ad set keeps its own budget unless the file shares a part of it'
    builder.fill('is_adset_budget_sharing_enabled', budgetSharing, false, why)
  }
  if (budget !== null || budgetSharing === true) {
    const why =
      budget === null ? 'ad sets that share budgets have one strategy' : 'the campaign has the budget, and no cap is set'
    builder.fill('bid_strategy', campaign.bidStrategy, DEFAULT_STRATEGY, why)
  }
  builder.set('spend_cap', campaign.spendCap)
  return { key: CAMPAIGN_KEY, kind: 'campaign', name, parent: null, fields: builder.fields, filled: builder.filled }
}

export const setBudget = (builder: FieldBuilder, budget: LaunchBudget | null): FieldBuilder =>
  builder.set(budget?.kind === 'lifetime' ? 'lifetime_budget' : 'daily_budget', budget?.amount ?? null)

function countriesOf(adsets: readonly LaunchAdset[]): readonly string[] {
  const countries = adsets.flatMap(({ targeting }) => (targeting['geo_locations'] as JsonObject | undefined)?.['countries'] ?? [])
  return [...new Set(countries as readonly string[])].sort()
}
