/** Hints for ratios that have a name elsewhere (in Insights, among marketers) but not in the language. */

import type { Window } from '../syntax.js'
import { windowText } from './window.js'

/** A pattern for the name, the numerator and the denominator. */
const RATIOS: readonly (readonly [RegExp, string, string])[] = [
  [/^(cpl|cost_per_leads?)$/, 'spend', 'leads'],
  [/^(cpp|cost_per_(website_)?purchases?|cost_per_(order|sale)s?|cpo|cps)$/, 'spend', 'purchases'],
  [/^(cpi|cost_per_(app_)?installs?|cost_per_mobile_app_install)$/, 'spend', 'installs'],
  [/^(cost_per_adds?_to_carts?|cost_per_atc|cpatc)$/, 'spend', 'add_to_cart'],
  [/^(cost_per_(inline_)?link_clicks?|cplc|link_cpc|cpc_link(_click)?)$/, 'spend', 'link_clicks'],
  [/^(cost_per_outbound_clicks?)$/, 'spend', 'outbound_clicks'],
  [/^(cost_per_landing_page_views?|cplpv|cost_per_lpv)$/, 'spend', 'landing_page_views'],
  [/^(cost_per_(messaging_)?(conversations?|messages?)(_started)?)$/, 'spend', 'messages'],
  [/^(cost_per_thruplays?|cpv|cost_per_video_views?)$/, 'spend', 'thruplays'],
  [/^(cost_per_(3_second_|three_second_)?video_(plays?|views?))$/, 'spend', 'video_3s_views'],
  [/^(outbound_ctr|outbound_clicks_ctr)$/, 'outbound_clicks', 'impressions'],
  [/^(conversion_rate|cvr|cr)$/, 'results', 'link_clicks'],
  [/^(aov|average_order_value|avg_order_value|basket|sepet_ortalamasi)$/, 'revenue', 'purchases'],
  [/^(hook_rate|thumbstop(_rate|_ratio)?)$/, 'video_3s_views', 'impressions'],
  [/^(hold_rate)$/, 'thruplays', 'video_3s_views'],
]

/**
 * In Insights `cpp` is the cost per 1,000 people reached; people also use it for the cost per purchase. The hint explains both.
 */
const OF_TWO_MEANINGS = /^cpp$/

/** Returns the hint for such a name. `window`, as written or clearly meant, is given to both metrics. */
export function madeOf(name: string, window: Window | 'broken' | null): string | undefined {
  const plain = name.toLowerCase()
  const ratio = RATIOS.find(([pattern]) => pattern.test(plain))
  if (ratio === undefined) return undefined
  const [, above, below] = ratio
  // The window is not guessed; its fault is reported separately.
  if (window === 'broken') return `\`${name}\` is \`${above}\` over \`${below}\`, each with its window`
  const brackets = `[${window === null ? 'last_7d' : windowText(window)}]`
  const written = `${above}${brackets} / ${below}${brackets}`
  if (!OF_TWO_MEANINGS.test(plain)) return `did you mean \`${written}\`?`
  return `a cost per purchase is \`${written}\`; for a cost per 1,000 impressions there is \`cpm\``
}

/** Returns the hint for a name of Ads Manager or Insights that contains the owner: `campaign_name` is `campaign.name`. */
export function ownedName(name: string): string | undefined {
  const parts =
    /^(campaign|ad_?set|ad|account|group)_(name|id|status|effective_status|objective|daily_budget|lifetime_budget|age)$/.exec(
      name.toLowerCase(),
    )
  return parts === null ? undefined : `did you mean \`${parts[1]!.replace('_', '')}.${parts[2]!}\`?`
}
