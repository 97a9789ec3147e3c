import { expect, test } from 'vitest'

import { STEP_NAMES, STEPS } from '../../engine/rule/steps/steps.js'
import { CHANGES } from './proposed-change.js'

test('every kind of step that is carried out as a change has a proposal, and no other', () => {
  const changes = STEP_NAMES.filter((name) => STEPS[name].carriedOutAs === 'change')
  expect([...CHANGES].sort()).toEqual([...changes].sort())
})
