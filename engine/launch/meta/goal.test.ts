import { describe, expect, it } from 'vitest'

import { OBJECTIVES } from '../../metric/attributes.js'
import { resolveGoal } from './goal.js'
import { GOAL_ROWS, goalsOf, OPTIMIZATION_GOALS } from './odax.js'

const all = OBJECTIVES.flatMap((objective) => GOAL_ROWS[objective].map((row) => ({ objective, ...row })))

describe('the goal of an ad set', () => {
  it.each(all)('$objective, $goal, $destination with $promoted is valid', ({ objective, goal, destination, promoted }) => {
    expect(resolveGoal({ objective, goal, destination, promoted, hasPage: false })).toEqual({
      fault: null,
      destination: null,
      promotesPage: false,
    })
  })

  it.each(OBJECTIVES)('%s does not accept the goals of other objectives', (objective) => {
    for (const goal of OPTIMIZATION_GOALS.filter((goal) => !goalsOf(objective).includes(goal))) {
      const { fault } = resolveGoal({
        objective,
        goal,
        destination: null,
        promoted: ['pixel_id', 'custom_event_type', 'page_id'],
        hasPage: true,
      })
      expect(fault?.at).toBe('optimization_goal')
    }
  })

  it('gets its destination filled in if there is only one, and needs it in the file if there are several', () => {
    const ask = (goal: string) =>
      resolveGoal({ objective: 'OUTCOME_LEADS', goal, destination: null, promoted: ['page_id'], hasPage: false })
    expect(ask('QUALITY_CALL')).toMatchObject({ fault: null, destination: 'PHONE_CALL' })
    expect(ask('LEAD_GENERATION')).toMatchObject({
      fault: { at: 'destination_type', hint: 'one of `ON_AD`, `LEAD_FROM_MESSENGER`, `LEAD_FROM_IG_DIRECT`' },
    })
  })

  it('names every promoted object that would be valid if a key is missing', () => {
    const { fault } = resolveGoal({
      objective: 'OUTCOME_SALES',
      goal: 'OFFSITE_CONVERSIONS',
      destination: null,
      promoted: ['pixel_id'],
      hasPage: true,
    })
    expect(fault).toEqual({
      at: 'promoted_object',
      message:
        '`OFFSITE_CONVERSIONS` of `OUTCOME_SALES` needs a `promoted_object` with `pixel_id` and `custom_event_type`, or `application_id` and `object_store_url`',
      hint: 'for example `promoted_object: { pixel_id: "1234567890", custom_event_type: PURCHASE }`',
    })
  })

  it('promotes the page of its ads if only a page is missing', () => {
    const ask = (hasPage: boolean) =>
      resolveGoal({ objective: 'OUTCOME_AWARENESS', goal: 'REACH', destination: null, promoted: [], hasPage })
    expect(ask(true)).toMatchObject({ fault: null, promotesPage: true })
    expect(ask(false)).toMatchObject({ fault: { at: 'promoted_object' } })
  })

  it('does not need a promoted object to lead to a website', () => {
    for (const goal of ['LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'REACH']) {
      expect(
        resolveGoal({ objective: 'OUTCOME_TRAFFIC', goal, destination: 'WEBSITE', promoted: [], hasPage: false }).fault,
      ).toBeNull()
    }
  })

  it('leads to an app only if it promotes one', () => {
    const ask = (promoted: readonly string[]) =>
      resolveGoal({ objective: 'OUTCOME_SALES', goal: 'OFFSITE_CONVERSIONS', destination: 'APP', promoted, hasPage: false })
    expect(ask(['application_id', 'object_store_url']).fault).toBeNull()
    expect(ask(['pixel_id', 'custom_event_type']).fault).not.toBeNull()
  })
})
