import { expect, it } from 'vitest'

import { rulesOf, SETTINGS_TEXT, settingsOf } from '../../test/support/lint-rules.js'
import type { Rule } from '../rule/rule.js'
import { conditionText } from './condition-text.js'
import { asSentence } from './parts/wording.js'

/** Conditions that people write, each as YAML in flow style. */
const CONDITIONS = `
"cpa[last_3d] > 180 TRY"
"cpa[last_3d] > 1.5 * target_cpa"
"cpa[last_7d] < 70% * target_cpa"
"cpa[last_7d] between 80 TRY and 120 TRY"
"cpa[last_7d] = target_cpa"
"120 TRY < cpa[last_7d]"
"spend[today] > 250 TRY"
"spend[yesterday] >= 1000 TRY"
"spend[last_3d] > 49.90 TRY"
"spend[6h] > 100 TRY"
"spend[6h offset 24h] > 100 TRY"
"spend[this_month] > 90% * monthly_budget"
"spend[last_month] >= spend[this_month]"
"spend[today] > 1.5 * expected(spend[today])"
"spend[last_7d] < 0.5 * spend[last_7d offset 7d]"
"gross_spend[this_week_mon_today] > 5000 TRY"
"purchases[today] >= 5"
"purchases[last_3d] < 3"
"purchases[today] > 1"
"purchases[last_7d] <= 2"
"not: purchases[today] >= 5"
"results[last_7d] = 0"
"results[3d] != 0"
"leads[last_14d] > 30"
"messages[yesterday] < 10"
"action(\\"offsite_conversion.custom.77\\")[last_7d] >= 4"
"impressions[last_7d] > 20000"
"reach[last_28d] > 100000"
"link_clicks[today] > 50"
"landing_page_views[last_7d] < 100"
"frequency[last_7d] >= 3"
"ctr[last_3d] < 1.5%"
"link_ctr[last_7d] < 80% * link_ctr[7d offset 8d]"
"cpc[last_7d] > 4 TRY"
"cpm[yesterday] > 120 TRY"
"roas[last_7d] < target_roas"
"roas[last_30d] >= 4"
"revenue[last_7d] - spend[last_7d] < 0"
"spend[last_3d] / purchases[last_3d] > 100 TRY"
"account.cpa[last_7d] > 150 TRY"
"campaign.daily_budget >= 500 TRY"
"campaign.name matches \\"TR | *\\""
"name contains \\"test\\""
"labels contains \\"premium\\""
"status = PAUSED"
"effective_status in [ACTIVE, PENDING_REVIEW]"
"objective != OUTCOME_SALES"
"budget_level = adset"
"daily_budget > 2000 TRY"
delivering
"not: learning"
"age > 7d"
"age <= 24h"
"last_edit < 6h"
"hour between 9 and 21"
"hour >= 18"
"weekday in [saturday, sunday]"
"weekday != monday"
"days_left <= 3"
"forecast(spend, this_month) > 1.1 * monthly_budget"
"forecast(cpa, 7d) > target_cpa"
"anomaly(cpc[today]) > 3"
"rank(roas[last_7d]) <= 3"
"percentile(cpa[last_7d]) >= 80%"
"count() within campaign > 1"
"sum(spend[today]) > 10000 TRY"
"mean(cpa[last_7d]) > 100 TRY"
"margin_roas[last_7d] < 1"
"shipping > 40 TRY"
[ "cpa[last_3d] > 180 TRY", "spend[last_3d] > 500 TRY", "age > 7d" ]
{ any: [ "cpa[last_3d] > 180 TRY", { all: [ "spend[today] > 250 TRY", "purchases[today] = 0" ] } ] }
[ delivering, { any: [ "weekday = saturday", "weekday = sunday" ] }, { not: learning } ]
{ not: [ "cpa[last_3d] > 180 TRY", "spend[today] > 250 TRY" ] }
`
  .trim()
  .split('\n')

const SETTINGS = settingsOf(
  SETTINGS_TEXT.replace('target_roas: 4 }', 'target_roas: 4, monthly_budget: 300000 TRY }\n    values: { shipping: 45 TRY }'),
)

function ruleWith(condition: string): Rule {
  const inner = /^"not: (.*)"$/.exec(condition)?.[1]
  const written = inner === undefined ? condition : `{ not: ${JSON.stringify(inner)} }`
  const text = `metrics:
  margin_roas: (revenue * 0.35) / spend
rules:
  - { id: r, account: moda-tr, scope: adset, every: 1h, then: [pause], mode: act, when: ${written} }
`
  return rulesOf(text, SETTINGS)[0]!
}

it.each(['tr', 'en'] as const)('conditions that people write, as they are read in %s', async (language) => {
  const lines = CONDITIONS.map((condition) => {
    const options = { language, currency: 'TRY', scope: 'adset', result: 'purchases' } as const
    return `${condition}\n  ${asSentence(conditionText(ruleWith(condition).when!, options), options)}\n`
  })
  await expect(lines.join('')).toMatchFileSnapshot(`fixtures/conditions.${language}.txt`)
})
