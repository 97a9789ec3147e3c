import { expect, test } from 'vitest'

import { RESULTS_DIFFERENCE, resultsOfDay, saidMeasure, withResults } from './meta-results.js'

const CONTACT = 'action:contact_total'
const VISITS = 'goal:PROFILE_VISIT'

test('Meta’s own number counts where it gives one, and the difference is kept', () => {
  const day = { [CONTACT]: 14, [saidMeasure('conversions:contact_website')]: 12 }
  expect(withResults(day, CONTACT)).toMatchObject({ results: 12, [RESULTS_DIFFERENCE]: -2 })
  expect(withResults({ ...day, [CONTACT]: 12 }, CONTACT)).not.toHaveProperty([RESULTS_DIFFERENCE])
})

test('an indicator without a number says nothing over what the row’s own actions say', () => {
  const day = { [saidMeasure('conversions:contact_website')]: 0 }
  expect(resultsOfDay({ ...day, [CONTACT]: 3 }, CONTACT)).toBe(3)
  expect(resultsOfDay(day, CONTACT)).toBe(0)
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
