import { expect, test } from 'vitest'

import { STEP_NAMES, STEPS } from '../../engine/rule/steps/steps.js'
import { CHANGES } from './proposed-change.js'

test('exactly the kinds of steps that are carried out as changes have a proposal', () => {
  const changes = STEP_NAMES.filter((name) => STEPS[name].carriedOutAs === 'change')
  expect([...CHANGES].sort()).toEqual([...changes].sort())
})
