/**
 * The results of an ad set by its goal, with the names under which Meta reports them. An ad set for contacts produces contacts
 * and no purchases; each kind has its own list in insights, and its own indicator in `results`.
 */

export interface Outcome {
  /** Identifies the kind of result. */
  readonly kind: string
  /** The list in a row of insights; null where it is only in `results`. */
  readonly field: 'actions' | 'conversions' | null
  /** The overlapping action types, each with the same count. */
  readonly types: readonly string[]
  /** `indicator` of `results`. */
  readonly indicator: string
  /** Happens on a website or in an app: Meta may leave it out of hourly rows. */
  readonly offMeta: boolean
  /** Actions that also occur but are not results of the ad set: website leads of an ad set for forms. */
  readonly besides?: Outcome
}

const pixel = (kind: string, name: string, ...more: readonly string[]): Outcome => ({
  kind,
  field: 'actions',
  types: [`offsite_conversion.fb_pixel_${name}`, ...more],
  indicator: `actions:offsite_conversion.fb_pixel_${name}`,
  offMeta: true,
})
/** Counted per channel and in total. An ad set for one channel also produces some in the other. */
const conversion = (kind: string, name: string, channel: 'website' | 'mobile_app' = 'website'): Outcome => {
  const by = (of: string): Outcome => ({
    kind: of === 'website' ? kind : `${kind} in ${of}`,
    field: 'conversions',
    types: [`${name}_total`, `${name}_${of}`],
    indicator: `conversions:${name}_${of}`,
    offMeta: true,
  })
  return { ...by(channel), besides: by(channel === 'website' ? 'mobile_app' : 'website') }
}
const onMeta = (kind: string, type: string, ...more: readonly string[]): Outcome => ({
  kind,
  field: 'actions',
  types: [type, ...more],
  indicator: `actions:${type}`,
  offMeta: false,
})
/** Counted only in `results`. */
const untyped = (kind: string, indicator: string): Outcome => ({ kind, field: null, types: [], indicator, offMeta: false })

export const PURCHASE: Outcome = pixel('PURCHASE', 'purchase', 'purchase', 'omni_purchase')

/** What Meta counts by channel: the event, and how its action types begin. */
const CHANNELS: Readonly<Record<string, string>> = {
  CONTACT: 'contact',
  CUSTOMIZE_PRODUCT: 'customize_product',
  DONATE: 'donate',
  FIND_LOCATION: 'find_location',
  SCHEDULE: 'schedule',
  START_TRIAL: 'start_trial',
  SUBMIT_APPLICATION: 'submit_application',
  SUBSCRIBE: 'subscribe',
}
const LEAD: Outcome = pixel('LEAD', 'lead', 'lead')

const EVENTS: Readonly<Record<string, Outcome>> = Object.fromEntries(
  [
    PURCHASE,
    pixel('ADD_PAYMENT_INFO', 'add_payment_info', 'add_payment_info'),
    pixel('ADD_TO_CART', 'add_to_cart', 'add_to_cart', 'omni_add_to_cart'),
    pixel('ADD_TO_WISHLIST', 'add_to_wishlist', 'add_to_wishlist'),
    pixel('COMPLETE_REGISTRATION', 'complete_registration', 'complete_registration', 'omni_complete_registration'),
    pixel('CONTENT_VIEW', 'view_content', 'view_content', 'omni_view_content'),
    pixel('INITIATED_CHECKOUT', 'initiate_checkout', 'initiate_checkout', 'omni_initiated_checkout'),
    LEAD,
    pixel('SEARCH', 'search', 'search', 'omni_search'),
    ...Object.entries(CHANNELS).map(([kind, name]) => conversion(kind, name)),
  ].map((outcome) => [outcome.kind, outcome]),
)

/** Goals whose results occur on Meta itself. */
const GOALS: Readonly<Record<string, Outcome>> = {
  APP_INSTALLS: { ...onMeta('APP_INSTALLS', 'mobile_app_install', 'omni_app_install', 'app_install'), offMeta: true },
  CONVERSATIONS: onMeta('CONVERSATIONS', 'onsite_conversion.messaging_conversation_started_7d'),
  EVENT_RESPONSES: onMeta('EVENT_RESPONSES', 'rsvp'),
  LEAD_GENERATION: { ...onMeta('LEAD_GENERATION', 'onsite_conversion.lead_grouped', 'lead', 'leadgen_grouped'), besides: LEAD },
  PAGE_LIKES: onMeta('PAGE_LIKES', 'like'),
  QUALITY_CALL: onMeta('QUALITY_CALL', 'click_to_call_native_call_placed'),
  PROFILE_VISIT: untyped('PROFILE_VISIT', 'total_profile_visits'),
  QUALITY_LEAD: untyped('QUALITY_LEAD', 'conversion_leads:conversion_lead'),
}

/** Returns an ad set's kind of result from its fields; purchases if it is optimised for clicks, reach and the like. */
export function outcomeOf(fields: Readonly<Record<string, unknown>>): Outcome {
  const goal = String(fields.optimization_goal)
  const own = GOALS[goal]
  if (own) return own
  if (goal !== 'OFFSITE_CONVERSIONS' && goal !== 'VALUE') return PURCHASE
  const promoted = (fields.promoted_object ?? {}) as Record<string, unknown>
  const { custom_conversion_id: custom, custom_event_type: event, custom_event_str: name } = promoted
  if (typeof custom === 'string') return onSite(`offsite_conversion.custom.${custom}`, 'actions')
  const isOfApp = typeof promoted.application_id === 'string' && typeof promoted.pixel_id !== 'string'
  if (typeof name === 'string') {
    return isOfApp
      ? onSite('app_custom_event.other', 'actions')
      : onSite(`offsite_conversion.fb_pixel_custom.${name}`, 'conversions')
  }
  const byChannel = CHANNELS[String(event)]
  if (isOfApp && byChannel !== undefined) return conversion(String(event), byChannel, 'mobile_app')
  return EVENTS[String(event)] ?? PURCHASE
}

const onSite = (type: string, field: 'actions' | 'conversions'): Outcome => ({
  kind: type,
  field,
  types: [type],
  indicator: `${field}:${type}`,
  offMeta: true,
})

/** Days for which a click or a view counts, from an ad set's `attribution_spec`; 0 if it does not count at all. */
export interface Attribution {
  readonly click: number
  readonly view: number
}

export const DEFAULT_ATTRIBUTION: Attribution = { click: 7, view: 1 }

export function attributionOf(spec: unknown): Attribution {
  if (!Array.isArray(spec) || spec.length === 0) return DEFAULT_ATTRIBUTION
  const days = (event: string): number =>
    Math.max(
      0,
      ...spec
        .filter((window: Record<string, unknown>) => window.event_type === event)
        .map((window: Record<string, unknown>) => Number(window.window_days)),
    )
  return { click: days('CLICK_THROUGH'), view: days('VIEW_THROUGH') }
}

/** Returns the attribution as in insights: `7d_click_1d_view`. */
export const attributionText = ({ click, view }: Attribution): string =>
  [...(click > 0 ? [`${click}d_click`] : []), ...(view > 0 ? [`${view}d_view`] : [])].join('_')
