import { AdPromotedObject, AdSet } from 'facebook-nodejs-business-sdk'
import { describe, expect, test } from 'vitest'

import { EVENT_GOALS, EVENT_RESULTS, EVENTS_WITHOUT_TYPE, GOAL_RESULTS, GOALS_WITHOUT_TYPE } from './result-types.js'
import { resultOfGoal, uncountedGoal } from './result.js'

const PIXEL = { pixel_id: '774411225588330' }
const onSite = (promoted: Record<string, string>): string | null =>
  resultOfGoal({ goal: 'OFFSITE_CONVERSIONS', promoted: { ...PIXEL, ...promoted } })

describe('the table is complete compared with Meta’s own SDK', () => {
  const sorted = (names: Iterable<string>): string[] => [...names].sort()

  test('each optimisation goal has a result type, or is listed as having none', () => {
    // Documented for ad sets, and missing in the SDK.
    const beyond = ['ONSITE_CONVERSIONS', 'TWO_SECOND_CONTINUOUS_VIDEO_VIEWS']
    const known = [...Object.keys(GOAL_RESULTS), ...EVENT_GOALS, ...GOALS_WITHOUT_TYPE]
    expect(new Set(known).size).toBe(known.length)
    expect(sorted(known)).toEqual(sorted([...Object.values(AdSet.OptimizationGoal), ...beyond]))
  })

  test('each event has a result type, or is listed as having none', () => {
    const known = [...Object.keys(EVENT_RESULTS), ...EVENTS_WITHOUT_TYPE]
    expect(new Set(known).size).toBe(known.length)
    expect(sorted(known)).toEqual(sorted(Object.values(AdPromotedObject.CustomEventType)))
  })
})

describe('the measure of an ad set’s results', () => {
  test.each([
    ['PURCHASE', 'purchases'],
    ['LEAD', 'action:offsite_conversion.fb_pixel_lead'],
    ['ADD_TO_CART', 'add_to_cart'],
    ['INITIATED_CHECKOUT', 'action:offsite_conversion.fb_pixel_initiate_checkout'],
    ['CONTENT_VIEW', 'action:offsite_conversion.fb_pixel_view_content'],
    ['COMPLETE_REGISTRATION', 'action:offsite_conversion.fb_pixel_complete_registration'],
    ['CONTACT', 'action:contact_website'],
    ['SCHEDULE', 'action:schedule_website'],
    ['SUBSCRIBE', 'action:subscribe_website'],
    ['START_TRIAL', 'action:start_trial_website'],
    ['SUBMIT_APPLICATION', 'action:submit_application_website'],
    ['DONATE', 'action:donate_website'],
    ['FIND_LOCATION', 'action:find_location_website'],
    ['CUSTOMIZE_PRODUCT', 'action:customize_product_website'],
  ])('for the website event %s is %s', (custom_event_type, measure) => {
    expect(onSite({ custom_event_type })).toBe(measure)
  })

  test.each([
    ['POST_ENGAGEMENT', 'action:post_engagement'],
    ['PAGE_LIKES', 'action:like'],
    ['CONVERSATIONS', 'messages'],
    ['LEAD_GENERATION', 'action:onsite_conversion.lead_grouped'],
    ['THRUPLAY', 'thruplays'],
    ['REACH', 'reach'],
  ])('for the goal %s is %s', (goal, measure) => {
    expect(resultOfGoal({ goal, promoted: null })).toBe(measure)
  })

  test('differs between an event in an app and one in an app and a website together', () => {
    const app = { custom_event_type: 'INITIATED_CHECKOUT', application_id: '1' }
    const goal = 'OFFSITE_CONVERSIONS'
    expect(resultOfGoal({ goal, promoted: app })).toBe('action:app_custom_event.fb_mobile_initiated_checkout')
    expect(resultOfGoal({ goal, promoted: { ...app, ...PIXEL } })).toBe('action:omni_initiated_checkout')
  })

  test.each([
    'CONTACT',
    'SCHEDULE',
    'START_TRIAL',
    'SUBMIT_APPLICATION',
    'SUBSCRIBE',
    'DONATE',
    'FIND_LOCATION',
    'CUSTOMIZE_PRODUCT',
  ])('for %s is that of its channel, and the total only for a website and an app together', (custom_event_type) => {
    const app = { custom_event_type, application_id: '1' }
    const goal = 'OFFSITE_CONVERSIONS'
    const name = custom_event_type.toLowerCase()
    expect(resultOfGoal({ goal, promoted: app })).toBe(`action:${name}_mobile_app`)
    expect(resultOfGoal({ goal, promoted: { ...app, ...PIXEL } })).toBe(`action:${name}_total`)
  })

  test('is not known for leads of an app, which have no documented type', () => {
    const app = { custom_event_type: 'LEAD', application_id: '1' }
    for (const promoted of [app, { ...app, ...PIXEL }])
      expect(uncountedGoal(resultOfGoal({ goal: 'OFFSITE_CONVERSIONS', promoted })!)).toContain('LEAD')
  })

  test('is not known for a custom event in an app, which is not the pixel’s event of that name', () => {
    const own = { custom_event_type: 'OTHER', custom_event_str: 'level_10' }
    for (const promoted of [{ ...own, application_id: '1' }, { ...own, application_id: '1', ...PIXEL }, own])
      expect(uncountedGoal(resultOfGoal({ goal: 'OFFSITE_CONVERSIONS', promoted })!)).toBe('OFFSITE_CONVERSIONS for level_10')
  })

  test('is that of the id for a custom conversion, whatever event Meta also names, and that of the name for a custom event', () => {
    expect(onSite({ custom_conversion_id: '4711', custom_event_type: 'PURCHASE' })).toBe('action:offsite_conversion.custom.4711')
    expect(onSite({ custom_event_type: 'OTHER', custom_event_str: 'BookedVisit' })).toBe(
      'action:offsite_conversion.fb_pixel_custom.BookedVisit',
    )
  })

  test('is `goal:<name>` for a goal without a known action type, and not purchases', () => {
    for (const goal of [...GOALS_WITHOUT_TYPE, 'SOMETHING_NEW'])
      expect(uncountedGoal(resultOfGoal({ goal, promoted: null })!)).toBe(goal)
    for (const event of EVENTS_WITHOUT_TYPE) expect(uncountedGoal(onSite({ custom_event_type: event })!)).toContain(event)
    expect(uncountedGoal(onSite({})!)).toContain('OFFSITE_CONVERSIONS')
    expect(uncountedGoal('purchases')).toBeNull()
  })

  test('is null if no goal is known, as in an export, so that the account’s own result applies', () => {
    expect(resultOfGoal({ goal: null, promoted: null })).toBeNull()
  })
})
