/** `campaign:` of a spec. */

import type { Fields } from '../../document/fields.js'
import type { LaunchCampaign } from '../launch-spec.js'
import { budgetKey, readBudget, readMoney } from './budget.js'
import type { LaunchAccount } from './launch-account.js'
import type { CampaignSource } from './schema.js'
import { countryFault } from './targeting.js'
import { parseObjectName } from './written-value.js'

const PATH = 'campaign'

/** Reports every error. Returns null if an error leaves too little to return. */
export function readCampaign(
  written: Partial<CampaignSource>,
  fields: Fields,
  account: LaunchAccount | null,
): LaunchCampaign | null {
  const name = fields.read(`${PATH}/name`, written.name, parseObjectName)
  const budget = readBudget(written, PATH, fields, account)
  const spendCap = readMoney(written.spend_cap, `${PATH}/spend_cap`, fields, account)
  const hasBudget = budgetKey(fields, PATH) !== null
  const sharing = written.is_adset_budget_sharing_enabled ?? null
  const at = `${PATH}/is_adset_budget_sharing_enabled`
  if (hasBudget && fields.has(at)) {
    fields.keyFault(at, 'needless-key', 'the campaign has the budget, so the ad sets have none to share', 'remove it')
  }
  if (!hasBudget && sharing !== true && fields.has(`${PATH}/bid_strategy`)) {
    const message = 'a bid strategy belongs to the level with the budget, and the campaign has none'
    fields.keyFault(`${PATH}/bid_strategy`, 'needless-key', message, 'set it on each ad set')
  }
  const categories = readCategories(written, fields)
  const countries = (written.special_ad_category_country ?? []).flatMap((country, index) => {
    if (country === undefined) return []
    const fault = countryFault(country)
    if (fault !== null) fields.fault(`${PATH}/special_ad_category_country/${index}`, ...fault)
    return [country]
  })
  if (countries.length > 0 && categories.length === 0) {
    fields.keyFault(
      `${PATH}/special_ad_category_country`,
      'needless-key',
      'the campaign has no special ad category that needs countries',
      'remove it',
    )
  }
  if (name === null || written.objective === undefined) return null
  return {
    name,
    objective: written.objective,
    specialAdCategories: categories,
    specialAdCategoryCountry: [...new Set(countries)],
    budget,
    budgetSharing: hasBudget ? null : sharing,
    bidStrategy: written.bid_strategy ?? null,
    spendCap,
  }
}

/** Returns the categories without `NONE`, which alone means the same as an empty list. */
function readCategories(written: Partial<CampaignSource>, fields: Fields): readonly string[] {
  const categories = (written.special_ad_categories ?? []).filter((category) => category !== undefined)
  const none = categories.indexOf('NONE')
  if (none >= 0 && categories.length > 1) {
    fields.fault(
      `${PATH}/special_ad_categories/${none}`,
      'contradiction',
      '`NONE` is listed together with a category',
      'remove one of them',
    )
  }
  return [...new Set(categories.filter((category) => category !== 'NONE'))]
}
