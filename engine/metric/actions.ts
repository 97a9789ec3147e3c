/**
 * Which of Meta's action types belong to a measure. Insights reports one conversion under several overlapping types (`purchase`
 * and `omni_purchase` include the same purchases), so a measure uses one of its types and never a sum of two.
 */

/**
 * The action types of each measure, the preferred one first: `omni_…` counts a conversion once across web, app and shops; the
 * plain name is the sum that Ads Manager shows; the rest are single channels. Names of action types: Marketing API, "Ads Action
 * Stats".
 */
export const ACTION_TYPES = {
  purchases: [
    'omni_purchase',
    'purchase',
    'offsite_conversion.fb_pixel_purchase',
    'onsite_web_purchase',
    'onsite_conversion.purchase',
    'app_custom_event.fb_mobile_purchase',
    'web_in_store_purchase',
  ],
  leads: ['lead', 'onsite_conversion.lead_grouped', 'leadgen_grouped', 'offsite_conversion.fb_pixel_lead', 'leadgen.other'],
  add_to_cart: [
    'omni_add_to_cart',
    'add_to_cart',
    'offsite_conversion.fb_pixel_add_to_cart',
    'onsite_web_add_to_cart',
    'app_custom_event.fb_mobile_add_to_cart',
  ],
  installs: ['omni_app_install', 'mobile_app_install', 'app_install'],
  // Not `total_messaging_connection`: it also counts people who wrote before.
  messages: ['onsite_conversion.messaging_conversation_started_7d'],
  link_clicks: ['link_click'],
  outbound_clicks: ['outbound_click'],
  landing_page_views: ['landing_page_view', 'omni_landing_page_view'],
  video_3s_views: ['video_view'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ActionMeasure = keyof typeof ACTION_TYPES

const MEASURES = Object.entries(ACTION_TYPES) as [ActionMeasure, readonly string[]][]

/** Returns the measure that an action type belongs to; null if it is only known as `action:<type>`. */
export const measureOfActionType = (type: string): ActionMeasure | null =>
  MEASURES.find(([, types]) => types.includes(type))?.[0] ?? null
