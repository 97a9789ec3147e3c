import { expect, it } from 'vitest'

import { GraphError } from '../protocol/errors.js'
import type { GraphObject } from '../state/objects.js'
import { readGoal } from './goal.js'
import { type Objective, OBJECTIVES, ODAX, OPTIMIZATION_GOALS } from './odax.js'

const VALUES: Readonly<Record<string, string>> = {
  custom_event_type: 'PURCHASE',
  object_store_url: 'https://apps.example/1',
}
const promoted = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, VALUES[key] ?? '1']))
const campaign = (objective: Objective): GraphObject => ({
  id: '1',
  kind: 'campaign',
  parent: null,
  createdTime: 0,
  updatedTime: 0,
  fields: { objective },
})

it('accepts every combination in Meta’s table, with and without naming the destination', () => {
  for (const objective of OBJECTIVES) {
    for (const { destination, goals, promoted: sets } of ODAX[objective]) {
      for (const goal of goals) {
        for (const keys of sets) {
          const parameters = { optimization_goal: goal, billing_event: 'IMPRESSIONS', promoted_object: promoted(keys) }
          expect(readGoal(parameters, campaign(objective)).optimization_goal).toBe(goal)
          const named = { ...parameters, destination_type: destination ?? 'WEBSITE' }
          expect(readGoal(named, campaign(objective)).destination_type).toBe(destination ?? 'WEBSITE')
        }
      }
    }
  }
})

it('refuses every goal that an objective does not support, whatever is promoted', () => {
  const everything = promoted([...new Set(Object.values(ODAX).flatMap((rows) => rows.flatMap((row) => row.promoted.flat())))])
  for (const objective of OBJECTIVES) {
    const its = ODAX[objective].flatMap(({ goals }) => goals)
    for (const goal of OPTIMIZATION_GOALS.filter((one) => !its.includes(one))) {
      const parameters = { optimization_goal: goal, billing_event: 'IMPRESSIONS', promoted_object: everything }
      expect(() => readGoal(parameters, campaign(objective)), `${objective} ${goal}`).toThrowError(GraphError)
    }
  }
})
