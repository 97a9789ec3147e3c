/**
 * Converts Meta's actions to our measures. Meta reports one conversion under several overlapping action types, so a measure is
 * the first of its types that a row contains, and never a sum of them.
 */

interface MeasureSource {
  readonly measure: string
  /** Action types, the preferred first: the one for all channels, then single channels, as in older accounts. */
  readonly types: readonly string[]
}

/** Measures from the counts in `actions`. Names of action types: Marketing API, "Ads Action Stats". */
export const COUNTED: readonly MeasureSource[] = [
  { measure: 'link_clicks', types: ['link_click'] },
  { measure: 'landing_page_views', types: ['omni_landing_page_view', 'landing_page_view'] },
  { measure: 'video_3s_views', types: ['video_view'] },
  { measure: 'purchases', types: ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'] },
  { measure: 'leads', types: ['lead', 'onsite_conversion.lead_grouped', 'offsite_conversion.fb_pixel_lead'] },
  { measure: 'add_to_cart', types: ['omni_add_to_cart', 'add_to_cart', 'offsite_conversion.fb_pixel_add_to_cart'] },
  { measure: 'installs', types: ['omni_app_install', 'mobile_app_install'] },
  { measure: 'messages', types: ['onsite_conversion.messaging_conversation_started_7d'] },
]

/** Measures from the money in `action_values`. */
export const VALUED: readonly MeasureSource[] = [
  { measure: 'revenue', types: ['omni_purchase', 'purchase', 'offsite_conversion.fb_pixel_purchase'] },
]

/** Measures with a separate field, which contains a list with one action. */
export const LISTED: readonly { readonly measure: string; readonly field: string }[] = [
  { measure: 'outbound_clicks', field: 'outbound_clicks' },
  { measure: 'thruplays', field: 'video_thruplay_watched_actions' },
]

/** Returns the measures of `sources`; zero if the row has none of their types. */
export function pickMeasures(sources: readonly MeasureSource[], byType: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    sources.map(({ measure, types }) => {
      const type = types.find((candidate) => byType.has(candidate))
      return [measure, type === undefined ? 0 : (byType.get(type) ?? 0)]
    }),
  )
}
