/**
 * The valid combinations of objective, destination, optimization goal and promoted object. Source: Marketing API, campaign reference,
 * "ODAX mapping", as of v26.0; the other goals of sales are in the restrictions of the ad set reference.
 */

import type { Objective } from '../../metric/attributes.js'

/** `destination` null: the website or the app of the promoted object. `promoted`: keys that the promoted object must have. */
export interface GoalRow {
  readonly goal: string
  readonly destination: string | null
  readonly promoted: readonly string[]
}

const PIXEL = ['pixel_id', 'custom_event_type']
const APP = ['application_id', 'object_store_url']
const PRODUCTS = ['product_set_id', 'custom_event_type']
const PAGE = ['page_id']

const rows = (goals: string, destination: string | null, ...promoted: readonly (readonly string[])[]): readonly GoalRow[] =>
  goals.split(' ').flatMap((goal) => promoted.map((keys) => ({ goal, destination, promoted: keys })))

export const GOAL_ROWS: Readonly<Record<Objective, readonly GoalRow[]>> = {
  OUTCOME_AWARENESS: [
    ...rows('AD_RECALL_LIFT REACH IMPRESSIONS THRUPLAY TWO_SECOND_CONTINUOUS_VIDEO_VIEWS', null, PAGE),
    ...rows('REACH', null, ['place_page_set_id']),
  ],
  OUTCOME_TRAFFIC: [
    // Only an app needs a promoted object here; a website does not.
    ...rows('LINK_CLICKS REACH', null, [], APP),
    ...rows('LANDING_PAGE_VIEWS IMPRESSIONS', null, []),
    ...rows('LINK_CLICKS REACH IMPRESSIONS', 'MESSENGER', []),
    ...rows('LINK_CLICKS REACH IMPRESSIONS', 'WHATSAPP', PAGE),
    ...rows('QUALITY_CALL LINK_CLICKS', 'PHONE_CALL', []),
  ],
  OUTCOME_ENGAGEMENT: [
    ...rows('POST_ENGAGEMENT REACH IMPRESSIONS', 'ON_POST', []),
    ...rows('PAGE_LIKES', 'ON_PAGE', PAGE),
    ...rows('EVENT_RESPONSES POST_ENGAGEMENT REACH IMPRESSIONS', 'ON_EVENT', []),
    ...rows('THRUPLAY TWO_SECOND_CONTINUOUS_VIDEO_VIEWS', 'ON_VIDEO', []),
    ...rows('CONVERSATIONS LINK_CLICKS LEAD_GENERATION', 'MESSENGER', PAGE),
    ...rows('CONVERSATIONS LINK_CLICKS', 'WHATSAPP', PAGE),
    ...rows('OFFSITE_CONVERSIONS LINK_CLICKS REACH', null, PIXEL, APP),
    ...rows('LANDING_PAGE_VIEWS IMPRESSIONS', null, PIXEL),
  ],
  OUTCOME_LEADS: [
    ...rows('LEAD_GENERATION QUALITY_LEAD', 'ON_AD', PAGE),
    ...rows('LEAD_GENERATION', 'LEAD_FROM_MESSENGER', PAGE),
    ...rows('LEAD_GENERATION', 'LEAD_FROM_IG_DIRECT', PAGE),
    ...rows('QUALITY_CALL', 'PHONE_CALL', PAGE),
    ...rows('OFFSITE_CONVERSIONS LINK_CLICKS REACH', null, PIXEL, APP),
    ...rows('LANDING_PAGE_VIEWS IMPRESSIONS', null, PIXEL),
  ],
  OUTCOME_APP_PROMOTION: rows('LINK_CLICKS OFFSITE_CONVERSIONS APP_INSTALLS', null, APP),
  OUTCOME_SALES: [
    ...rows('OFFSITE_CONVERSIONS', null, PIXEL, APP),
    ...rows('CONVERSATIONS', 'MESSENGER', ['page_id', ...PIXEL]),
    ...rows('QUALITY_CALL', 'PHONE_CALL', PAGE),
    ...rows('LINK_CLICKS', 'WEBSITE', PRODUCTS),
    ...rows('VALUE LANDING_PAGE_VIEWS LINK_CLICKS IMPRESSIONS REACH', null, PIXEL, APP, PRODUCTS),
  ],
}

const ALL_ROWS = Object.values(GOAL_ROWS).flat()

/** The goals of all objectives. */
export const OPTIMIZATION_GOALS: readonly string[] = [...new Set(ALL_ROWS.map(({ goal }) => goal))].sort()

/** The destinations of all objectives. `WEBSITE` and `APP` may be written for a row whose destination is null. */
export const DESTINATIONS: readonly string[] = [
  ...new Set(['APP', 'WEBSITE', ...ALL_ROWS.flatMap(({ destination }) => destination ?? [])]),
].sort()

export const goalsOf = (objective: Objective): readonly string[] => [...new Set(GOAL_ROWS[objective].map(({ goal }) => goal))]
