import { expect, test } from 'vitest'

import { RESULTS_DIFFERENCE, resultsOfDay, saidMeasure, withResults } from './meta-results.js'
import { withoutOffMeta } from './off-meta.js'

const CONTACT = 'action:contact_total'
const VISITS = 'goal:PROFILE_VISIT'

test('Meta’s own number takes precedence, and the difference from the actions is kept', () => {
  const day = { [CONTACT]: 14, [saidMeasure('conversions:contact_website')]: 12 }
  expect(withResults(day, CONTACT)).toMatchObject({ results: 12, [RESULTS_DIFFERENCE]: -2 })
  expect(withResults({ ...day, [CONTACT]: 12 }, CONTACT)).not.toHaveProperty([RESULTS_DIFFERENCE])
})

test('if Meta gives no number, the action that its indicator names counts, whatever other types have', () => {
  const day = { [saidMeasure('conversions:contact_website')]: 0 }
  expect(resultsOfDay(day, CONTACT)).toBe(0)
  expect(withResults({ ...day, [CONTACT]: 3 }, CONTACT)).toMatchObject({ results: 0, [RESULTS_DIFFERENCE]: -3 })
  expect(resultsOfDay({ ...day, [CONTACT]: 3, 'action:contact_website': 2 }, CONTACT)).toBe(2)
  const forms = { leads: 5, 'action:lead': 5, [saidMeasure('actions:onsite_conversion.lead_grouped')]: 0 }
  expect(resultsOfDay(forms, 'leads')).toBe(0)
})

test('an indicator without a number that names no action leaves the row’s own count', () => {
  const day = { [saidMeasure('video_thruplay_watched_actions')]: 0 }
  expect(resultsOfDay({ ...day, thruplays: 3 }, 'thruplays')).toBe(3)
  expect(resultsOfDay(day, 'thruplays')).toBe(0)
})

test('results of a row without off-Meta actions are unknown, unless they happen on Meta', () => {
  const row = withoutOffMeta({ spend: 5, purchases: 0, link_clicks: 4 })
  expect(row).toEqual({ spend: 5, purchases: null, link_clicks: 4, 'off-meta': null })
  expect(withResults(row, 'purchases')['results']).toBeNull()
  expect(withResults(row, 'action:contact_website')['results']).toBeNull()
  expect(withResults(row, 'link_clicks')['results']).toBe(4)
})

test('a row without Meta’s own results is counted by its actions', () => {
  expect(resultsOfDay({ purchases: 4 }, 'purchases')).toBe(4)
  expect(resultsOfDay({}, 'purchases')).toBe(0)
})

test('results of a goal without a known action type are known only if Meta states them, and otherwise never zero', () => {
  expect(resultsOfDay({ [saidMeasure('total_profile_visits')]: 57 }, VISITS)).toBe(57)
  expect(resultsOfDay({ [saidMeasure('total_profile_visits')]: 0 }, VISITS)).toBeNull()
  expect(resultsOfDay({ purchases: 4 }, VISITS)).toBeNull()
  // Meta names an action that was requested: since it is not in the row, it did not happen.
  const calls = saidMeasure('actions:click_to_call_native_call_placed')
  expect(resultsOfDay({ [calls]: 0 }, 'goal:QUALITY_CALL')).toBe(0)
})
