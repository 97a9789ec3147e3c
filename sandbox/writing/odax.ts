/**
 * The performance goals, destinations and promoted objects that each objective supports. Source: Marketing API, Ad Campaign
 * Group, "ODAX mapping" and "Ad set restrictions".
 */

export const OBJECTIVES = [
  'OUTCOME_APP_PROMOTION',
  'OUTCOME_AWARENESS',
  'OUTCOME_ENGAGEMENT',
  'OUTCOME_LEADS',
  'OUTCOME_SALES',
  'OUTCOME_TRAFFIC',
] as const
export type Objective = (typeof OBJECTIVES)[number]

export interface OdaxRow {
  /** Null for a website or an app, which need not be named. */
  readonly destination: string | null
  readonly goals: readonly string[]
  /** Sets of keys, one of which the promoted object must have. */
  readonly promoted: readonly (readonly string[])[]
}

const PAGE = ['page_id']
const APP = ['application_id', 'object_store_url']
const PIXEL = ['pixel_id', 'custom_event_type']
const PRODUCTS = ['product_set_id', 'custom_event_type']
const NOTHING: readonly string[] = []

const row = (destination: string | null, goals: readonly string[], ...promoted: readonly (readonly string[])[]): OdaxRow => ({
  destination,
  goals,
  promoted,
})

export const ODAX: Readonly<Record<Objective, readonly OdaxRow[]>> = {
  OUTCOME_AWARENESS: [
    row(null, ['AD_RECALL_LIFT', 'IMPRESSIONS', 'THRUPLAY', 'TWO_SECOND_CONTINUOUS_VIDEO_VIEWS'], PAGE),
    row(null, ['REACH'], PAGE, ['place_page_set_id']),
  ],
  OUTCOME_TRAFFIC: [
    // Without a promoted object the clicks go to a website.
    row(null, ['LINK_CLICKS', 'REACH'], APP, NOTHING),
    row(null, ['LANDING_PAGE_VIEWS', 'IMPRESSIONS'], NOTHING),
    row('MESSENGER', ['LINK_CLICKS', 'REACH', 'IMPRESSIONS'], NOTHING),
    row('WHATSAPP', ['LINK_CLICKS', 'REACH', 'IMPRESSIONS'], PAGE),
    row('PHONE_CALL', ['QUALITY_CALL', 'LINK_CLICKS'], NOTHING),
  ],
  OUTCOME_ENGAGEMENT: [
    row('ON_POST', ['POST_ENGAGEMENT', 'REACH', 'IMPRESSIONS'], NOTHING),
    row('ON_PAGE', ['PAGE_LIKES'], PAGE),
    row('ON_EVENT', ['EVENT_RESPONSES', 'POST_ENGAGEMENT', 'REACH', 'IMPRESSIONS'], NOTHING),
    row('ON_VIDEO', ['THRUPLAY', 'TWO_SECOND_CONTINUOUS_VIDEO_VIEWS'], NOTHING),
    row('MESSENGER', ['CONVERSATIONS', 'LINK_CLICKS', 'LEAD_GENERATION'], PAGE),
    row('WHATSAPP', ['CONVERSATIONS', 'LINK_CLICKS'], PAGE),
    row(null, ['OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'REACH'], PIXEL, APP),
    row(null, ['LANDING_PAGE_VIEWS', 'IMPRESSIONS'], PIXEL),
  ],
  OUTCOME_LEADS: [
    row('ON_AD', ['LEAD_GENERATION', 'QUALITY_LEAD'], PAGE),
    row('LEAD_FROM_MESSENGER', ['LEAD_GENERATION'], PAGE),
    row('LEAD_FROM_IG_DIRECT', ['LEAD_GENERATION'], PAGE),
    row('PHONE_CALL', ['QUALITY_CALL'], PAGE),
    row(null, ['OFFSITE_CONVERSIONS', 'LINK_CLICKS', 'REACH'], PIXEL, APP),
    row(null, ['LANDING_PAGE_VIEWS', 'IMPRESSIONS'], PIXEL),
  ],
  OUTCOME_APP_PROMOTION: [row(null, ['LINK_CLICKS', 'OFFSITE_CONVERSIONS', 'APP_INSTALLS'], APP)],
  OUTCOME_SALES: [
    row(null, ['OFFSITE_CONVERSIONS'], PIXEL, APP),
    row('MESSENGER', ['CONVERSATIONS'], [...PAGE, ...PIXEL]),
    row('PHONE_CALL', ['QUALITY_CALL'], PAGE),
    row('WEBSITE', ['LINK_CLICKS'], PRODUCTS),
    row(null, ['VALUE', 'LANDING_PAGE_VIEWS', 'LINK_CLICKS', 'IMPRESSIONS', 'REACH'], PIXEL, APP, PRODUCTS),
  ],
}

export const OPTIMIZATION_GOALS: readonly string[] = [
  ...new Set(Object.values(ODAX).flatMap((rows) => rows.flatMap(({ goals }) => goals))),
]

/** Values of `destination_type` that mean a website or an app. */
export const PLAIN_DESTINATIONS = ['UNDEFINED', 'WEBSITE', 'APP', 'APPLINKS_AUTOMATIC']

export const DESTINATIONS: readonly string[] = [
  ...new Set([
    ...PLAIN_DESTINATIONS,
    ...Object.values(ODAX).flatMap((rows) => rows.flatMap(({ destination }) => destination ?? [])),
  ]),
]

/** How an ad set may be billed, by its goal: impressions always, and for some goals by what they count. */
export const BILLED_BY_GOAL: Readonly<Record<string, string>> = {
  LINK_CLICKS: 'LINK_CLICKS',
  THRUPLAY: 'THRUPLAY',
  POST_ENGAGEMENT: 'POST_ENGAGEMENT',
  PAGE_LIKES: 'PAGE_LIKES',
  APP_INSTALLS: 'APP_INSTALLS',
}
export const BILLING_EVENTS = ['IMPRESSIONS', ...Object.values(BILLED_BY_GOAL)]
