/**
 * Meta's optimisation goals and events, and for each the measure that counts it and the Insights field that contains it. The
 * names follow no rule (`INITIATED_CHECKOUT` is `…initiate_checkout`, `CONTENT_VIEW` is `…view_content`), so each one is listed
 * here and none is derived.
 *
 * Sources, read 2026-11:
 * - goals and events: `AdSet.OptimizationGoal` and `AdPromotedObject.CustomEventType` of Meta's own Node SDK 24.0.1; a test
 *   compares this file with them;
 * - action types: Marketing API, "Ads Action Stats" (`action_type`), whose list has `contact_total` to `subscribe_total`,
 *   `click_to_call_…`, `offsite_conversion.custom.<id>`, `omni_…`, `rsvp`;
 * - for events listed by channel, `…_website` is the website's, `…_mobile_app` the app's, `…_total` that of all channels;
 *   `results` of live accounts name `conversions:start_trial_mobile_app` and `conversions:submit_application_website`;
 * - `lead` is "all offsite leads plus all On-Facebook leads": `onsite_conversion.lead_grouped` has those of forms,
 *   `offsite_conversion.fb_pixel_lead` those of a website; the indicators of `results` use the same names;
 * - that `contact_total` and similar types are in `conversions`, not in `actions`: Marketing API, "Insights", `conversions`; and
 *   answers in public connectors (Windsor's fields `conversions_schedule_total`, `conversions_contact_total`; dbt models that
 *   unnest `start_trial_total` from `conversions` and purchases from `actions`);
 * - custom pixel events as `offsite_conversion.fb_pixel_custom.<name>` in `conversions`: `results` of live accounts, whose
 *   indicator is `conversions:offsite_conversion.fb_pixel_custom.<name>`, quoted in public repositories.
 */

/** Where in an Insights row the number is: in one of the lists by action type, or in a field of its own. */
type InsightsField = 'actions' | 'conversions' | 'own'

export interface ResultType {
  /** A name from the catalogue, or `action:<type>`. */
  readonly measure: string
  readonly field: InsightsField
}

const named = (measure: string, field: InsightsField = 'actions'): ResultType => ({ measure, field })
const action = (type: string): ResultType => ({ measure: `action:${type}`, field: 'actions' })
const conversion = (type: string): ResultType => ({ measure: `action:${type}`, field: 'conversions' })

/** Goals whose name alone determines what is counted. */
export const GOAL_RESULTS: Readonly<Record<string, ResultType>> = {
  APP_INSTALLS: named('installs'),
  CONVERSATIONS: named('messages'),
  EVENT_RESPONSES: action('rsvp'),
  IMPRESSIONS: named('impressions', 'own'),
  LANDING_PAGE_VIEWS: named('landing_page_views'),
  LEAD_GENERATION: action('onsite_conversion.lead_grouped'),
  LINK_CLICKS: named('link_clicks'),
  PAGE_LIKES: action('like'),
  POST_ENGAGEMENT: action('post_engagement'),
  REACH: named('reach', 'own'),
  THRUPLAY: named('thruplays', 'own'),
}

/** Goals that count the event of the ad set's promoted object. */
export const EVENT_GOALS: ReadonlySet<string> = new Set(['OFFSITE_CONVERSIONS', 'ONSITE_CONVERSIONS', 'VALUE'])

/**
 * Goals whose results have no documented action type, so that only Meta's own `results` can state their number. Meta counts some
 * of them in fields of their own (`total_profile_visits`, `conversion_leads`), and others not at all.
 */
export const GOALS_WITHOUT_TYPE: ReadonlySet<string> = new Set([
  'ADVERTISER_SILOED_VALUE',
  'AD_RECALL_LIFT',
  'APP_INSTALLS_AND_OFFSITE_CONVERSIONS',
  'AUTOMATIC_OBJECTIVE',
  'DERIVED_EVENTS',
  'ENGAGED_USERS',
  'IN_APP_VALUE',
  'MEANINGFUL_CALL_ATTEMPT',
  'MESSAGING_APPOINTMENT_CONVERSION',
  'MESSAGING_PURCHASE_CONVERSION',
  'NONE',
  'PROFILE_AND_PAGE_ENGAGEMENT',
  'PROFILE_VISIT',
  'QUALITY_CALL',
  'QUALITY_LEAD',
  'REMINDERS_SET',
  'SUBSCRIBERS',
  // Documented for ad sets, but missing in the SDK.
  'TWO_SECOND_CONTINUOUS_VIDEO_VIEWS',
  'VISIT_INSTAGRAM_PROFILE',
])

/** Where an event is counted: by a website's pixel, by an app, or by both together. */
export interface EventResult {
  readonly web?: ResultType
  readonly app?: ResultType
  readonly both?: ResultType
}

const everywhere = (type: ResultType): EventResult => ({ web: type, app: type, both: type })
const channels = (web: string | null, app: string | null, both: string | null): EventResult => ({
  ...(web === null ? {} : { web: action(`offsite_conversion.fb_pixel_${web}`) }),
  ...(app === null ? {} : { app: action(`app_custom_event.fb_mobile_${app}`) }),
  ...(both === null ? {} : { both: action(`omni_${both}`) }),
})
/** An event that has a separate name for each channel in `conversions`. */
const byChannel = (name: string): EventResult => ({
  web: conversion(`${name}_website`),
  app: conversion(`${name}_mobile_app`),
  both: conversion(`${name}_total`),
})

/** Events (`custom_event_type`) and their results by channel; a missing channel has no documented action type. */
export const EVENT_RESULTS: Readonly<Record<string, EventResult>> = {
  ACHIEVEMENT_UNLOCKED: channels(null, 'achievement_unlocked', 'achievement_unlocked'),
  ADD_PAYMENT_INFO: channels('add_payment_info', 'add_payment_info', null),
  ADD_TO_CART: everywhere(named('add_to_cart')),
  ADD_TO_WISHLIST: channels('add_to_wishlist', 'add_to_wishlist', null),
  COMPLETE_REGISTRATION: channels('complete_registration', 'complete_registration', 'complete_registration'),
  CONTACT: byChannel('contact'),
  CONTENT_VIEW: channels('view_content', 'content_view', 'view_content'),
  CUSTOMIZE_PRODUCT: byChannel('customize_product'),
  DONATE: byChannel('donate'),
  FIND_LOCATION: byChannel('find_location'),
  INITIATED_CHECKOUT: channels('initiate_checkout', 'initiated_checkout', 'initiated_checkout'),
  LEAD: channels('lead', null, null),
  LEVEL_ACHIEVED: channels(null, 'level_achieved', 'level_achieved'),
  MESSAGING_CONVERSATION_STARTED_7D: everywhere(named('messages')),
  PURCHASE: everywhere(named('purchases')),
  RATE: channels(null, 'rate', 'rate'),
  SCHEDULE: byChannel('schedule'),
  SEARCH: channels('search', 'search', 'search'),
  SPENT_CREDITS: channels(null, 'spent_credits', 'spend_credits'),
  START_TRIAL: byChannel('start_trial'),
  SUBMIT_APPLICATION: byChannel('submit_application'),
  SUBSCRIBE: byChannel('subscribe'),
  TUTORIAL_COMPLETION: channels(null, 'tutorial_completion', 'tutorial_completion'),
}

/** Events without a documented action type. `OTHER` is a custom event; the rest of the promoted object names it. */
export const EVENTS_WITHOUT_TYPE: ReadonlySet<string> = new Set([
  'AD_IMPRESSION',
  'D2_RETENTION',
  'D7_RETENTION',
  'LISTING_INTERACTION',
  'OTHER',
  'SERVICE_BOOKING_REQUEST',
])

/** Returns the result type of a custom conversion (`custom_conversion_id`), counted in `actions`. */
export const customConversion = (id: string): ResultType => action(`offsite_conversion.custom.${id}`)

/** Returns the result type of a website's custom event (`custom_event_str`), counted in `conversions`. */
export const customEvent = (name: string): ResultType => conversion(`offsite_conversion.fb_pixel_custom.${name}`)
