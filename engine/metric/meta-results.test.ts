import { expect, test } from 'vitest'

import { RESULTS_DIFFERENCE, resultsOfDay, saidMeasure, withResults } from './meta-results.js'
import { withoutOffMeta } from './off-meta.js'

const CONTACT = 'action:contact_total'
const VISITS = 'goal:PROFILE_VISIT'

test('Meta’s own number counts where it gives one, and the difference is kept', () => {
  const day = { [CONTACT]: 14, [saidMeasure('conversions:contact_website')]: 12 }
  expect(withResults(day, CONTACT)).toMatchObject({ results: 12, [RESULTS_DIFFERENCE]: -2 })
  expect(withResults({ ...day, [CONTACT]: 12 }, CONTACT)).not.toHaveProperty([RESULTS_DIFFERENCE])
})

test('Meta’s zero is the number of the action that it names, however many other types have', () => {
  const day = { [saidMeasure('conversions:contact_website')]: 0 }
  expect(resultsOfDay(day, CONTACT)).toBe(0)
  expect(withResults({ ...day, [CONTACT]: 3 }, CONTACT)).toMatchObject({ results: 0, [RESULTS_DIFFERENCE]: -3 })
  expect(resultsOfDay({ ...day, [CONTACT]: 3, 'action:contact_website': 2 }, CONTACT)).toBe(2)
  const forms = { leads: 5, 'action:lead': 5, [saidMeasure('actions:onsite_conversion.lead_grouped')]: 0 }
  expect(resultsOfDay(forms, 'leads')).toBe(0)
})

test('an indicator of no action without a number says nothing over the row’s own', () => {
  const day = { [saidMeasure('video_thruplay_watched_actions')]: 0 }
  expect(resultsOfDay({ ...day, thruplays: 3 }, 'thruplays')).toBe(3)
  expect(resultsOfDay(day, 'thruplays')).toBe(0)
})

test('results of a row that Meta left off-Meta actions out of are unknown, unless they happen on Meta', () => {
  const row = withoutOffMeta({ spend: 5, purchases: 0, link_clicks: 4 })
  expect(row).toEqual({ spend: 5, purchases: null, link_clicks: 4, 'off-meta': null })
  expect(withResults(row, 'purchases')['results']).toBeNull()
  expect(withResults(row, 'action:contact_website')['results']).toBeNull()
  expect(withResults(row, 'link_clicks')['results']).toBe(4)
})

test('a row that says nothing of results is counted by its actions', () => {
  expect(resultsOfDay({ purchases: 4 }, 'purchases')).toBe(4)
  expect(resultsOfDay({}, 'purchases')).toBe(0)
})

test('a goal without a known action type is known where Meta says its results, and never zero elsewhere', () => {
  expect(resultsOfDay({ [saidMeasure('total_profile_visits')]: 57 }, VISITS)).toBe(57)
  expect(resultsOfDay({ [saidMeasure('total_profile_visits')]: 0 }, VISITS)).toBeNull()
  expect(resultsOfDay({ purchases: 4 }, VISITS)).toBeNull()
  // Meta names an action that was asked for: what is not in the row did not happen.
  const calls = saidMeasure('actions:click_to_call_native_call_placed')
  expect(resultsOfDay({ [calls]: 0 }, 'goal:QUALITY_CALL')).toBe(0)
})
