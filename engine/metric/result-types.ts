/**
 * Meta's optimisation goals and events, and what each is counted in: the measure, and the field of Insights that Meta puts it
 * in. The names follow no rule (`INITIATED_CHECKOUT` is `…initiate_checkout`, `CONTENT_VIEW` is `…view_content`), so that each
 * is written down here and none is built from another.
 *
 * Sources, read 2026-11:
 * - goals and events: `AdSet.OptimizationGoal` and `AdPromotedObject.CustomEventType` of Meta's own Node SDK 24.0.1; a test
 *   compares this file with them;
 * - action types: Marketing API, "Ads Action Stats" (`action_type`), whose list has `contact_total` to `subscribe_total`,
 *   `click_to_call_…`, `offsite_conversion.custom.<id>`, `omni_…`, `rsvp`;
 * - of events that the same list has by channel, `…_website` is the website's, `…_mobile_app` the app's, `…_total` of all channels;
 *   `results` of live accounts name `conversions:start_trial_mobile_app` and `conversions:submit_application_website`;
 * - `lead` is "all offsite leads plus all On-Facebook leads": `onsite_conversion.lead_grouped` has those of forms,
 *   `offsite_conversion.fb_pixel_lead` those of a website, which are the indicators of `results` too;
 * - that `contact_total` and its kin are in `conversions` and not in `actions`: Marketing API, "Insights", `conversions`; and
 *   answers in public connectors (Windsor's fields `conversions_schedule_total`, `conversions_contact_total`; dbt models that
 *   unnest `start_trial_total` from `conversions` and purchases from `actions`);
 * - custom pixel events as `offsite_conversion.fb_pixel_custom.<name>` in `conversions`: `results` of live accounts, whose
 *   indicator is `conversions:offsite_conversion.fb_pixel_custom.<name>`, quoted in public repositories.
 */

/** Where in a row of Insights the number is: a list by action type, or a field of its own. */
type InsightsField = 'actions' | 'conversions' | 'own'

export interface ResultType {
  /** As sums are asked for: a name of the catalogue, or `action:<type>`. */
  readonly measure: string
  readonly field: InsightsField
}

const named = (measure: string, field: InsightsField = 'actions'): ResultType => ({ measure, field })
const action = (type: string): ResultType => ({ measure: `action:${type}`, field: 'actions' })
const conversion = (type: string): ResultType => ({ measure: `action:${type}`, field: 'conversions' })

/** Goals that name what they count by themselves. */
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
 * Goals of Meta whose results have no action type that is documented, so that only Meta's own `results` can say how many there
 * were. Meta counts some of them in fields of their own (`total_profile_visits`, `conversion_leads`), some not at all.
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
  // In the documentation of the ad set, and not in the SDK.
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
/** Events that have names by channel in `conversions`. */
const byChannel = (name: string): EventResult => ({
  web: conversion(`${name}_website`),
  app: conversion(`${name}_mobile_app`),
  both: conversion(`${name}_total`),
})

/** Events (`custom_event_type`) by where they are counted; a channel that is left out has no documented action type. */
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

/** Events without a documented action type. `OTHER` is an event of the account's own, named by the rest of the promoted object. */
export const EVENTS_WITHOUT_TYPE: ReadonlySet<string> = new Set([
  'AD_IMPRESSION',
  'D2_RETENTION',
  'D7_RETENTION',
  'LISTING_INTERACTION',
  'OTHER',
  'SERVICE_BOOKING_REQUEST',
])

/** A conversion that the account defined (`custom_conversion_id`), counted in `actions`. */
export const customConversion = (id: string): ResultType => action(`offsite_conversion.custom.${id}`)

/** A website's event of the account's own name (`custom_event_str`), counted in `conversions`. */
export const customEvent = (name: string): ResultType => conversion(`offsite_conversion.fb_pixel_custom.${name}`)
