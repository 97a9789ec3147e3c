import type { JsonObject } from '../json.js'
import type { LaunchObject } from '../launch-object.js'
import type { LaunchAdset, LaunchBudget, LaunchSpec } from '../launch-spec.js'
import { DEFAULT_STRATEGY } from '../read/budget.js'
import { Filling } from './fill-defaults.js'

export const CAMPAIGN_KEY = 'campaign'

/** Parameters of `POST /act_<id>/campaigns`. */
export function campaignObject({ campaign, adsets }: LaunchSpec): LaunchObject {
  const { name, budget, budgetSharing, specialAdCategories: categories } = campaign
  const filling = new Filling()
  filling.say('name', name).say('objective', campaign.objective).say('special_ad_categories', categories)
  if (categories.length > 0) {
    const said = campaign.specialAdCategoryCountry
    const why = 'a special ad category holds in countries, and these are the ones that the ad sets are shown in'
    filling.fill('special_ad_category_country', said.length > 0 ? said : null, countriesOf(adsets), why)
  }
  sayBudget(filling, budget)
  if (budget === null) {
    const why = 'Meta wants it said whether ad sets lend each other a fifth of their budgets, and each keeps its own'
    filling.fill('is_adset_budget_sharing_enabled', budgetSharing, false, why)
  }
  if (budget !== null || budgetSharing === true) {
    const why =
      budget === null ? 'ad sets that share budgets have one strategy' : 'the campaign has the budget, and no cap is set'
    filling.fill('bid_strategy', campaign.bidStrategy, DEFAULT_STRATEGY, why)
  }
  filling.say('spend_cap', campaign.spendCap)
  return { key: CAMPAIGN_KEY, kind: 'campaign', name, parent: null, fields: filling.fields, filled: filling.filled }
}

export const sayBudget = (filling: Filling, budget: LaunchBudget | null): Filling =>
  filling.say(budget?.kind === 'lifetime' ? 'lifetime_budget' : 'daily_budget', budget?.amount ?? null)

function countriesOf(adsets: readonly LaunchAdset[]): readonly string[] {
  const countries = adsets.flatMap(({ targeting }) => (targeting['geo_locations'] as JsonObject | undefined)?.['countries'] ?? [])
  return [...new Set(countries as readonly string[])].sort()
}
