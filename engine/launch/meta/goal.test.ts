import { describe, expect, it } from 'vitest'

import { OBJECTIVES } from '../../metric/attributes.js'
import { judgeGoal } from './goal.js'
import { GOAL_ROWS, goalsOf, OPTIMIZATION_GOALS } from './odax.js'

const judge = judgeGoal
const all = OBJECTIVES.flatMap((objective) => GOAL_ROWS[objective].map((row) => ({ objective, ...row })))

describe('the goal of an ad set', () => {
  it.each(all)('$objective, $goal, $destination with $promoted fits', ({ objective, goal, destination, promoted }) => {
    expect(judge({ objective, goal, destination, promoted, hasPage: false })).toEqual({
      fault: null,
      destination: null,
      promotesPage: false,
    })
  })

  it.each(OBJECTIVES)('%s has no goal but its own, and the fault names these', (objective) => {
    for (const goal of OPTIMIZATION_GOALS.filter((goal) => !goalsOf(objective).includes(goal))) {
      const { fault } = judge({
        objective,
        goal,
        destination: null,
        promoted: ['pixel_id', 'custom_event_type', 'page_id'],
        hasPage: true,
      })
      expect(fault?.at).toBe('optimization_goal')
    }
  })

  it('leads where it leads alone, and asks where there are several places', () => {
    const ask = (goal: string) =>
      judge({ objective: 'OUTCOME_LEADS', goal, destination: null, promoted: ['page_id'], hasPage: false })
    expect(ask('QUALITY_CALL')).toMatchObject({ fault: null, destination: 'PHONE_CALL' })
    expect(ask('LEAD_GENERATION')).toMatchObject({
      fault: { at: 'destination_type', hint: 'one of `ON_AD`, `LEAD_FROM_MESSENGER`, `LEAD_FROM_IG_DIRECT`' },
    })
  })

  it('says what the promoted object lacks, in every way that would do', () => {
    const { fault } = judge({
      objective: 'OUTCOME_SALES',
      goal: 'OFFSITE_CONVERSIONS',
      destination: null,
      promoted: ['pixel_id'],
      hasPage: true,
    })
    expect(fault).toEqual({
      at: 'promoted_object',
      message:
        '`OFFSITE_CONVERSIONS` of `OUTCOME_SALES` wants a `promoted_object` with `pixel_id` and `custom_event_type`, or `application_id` and `object_store_url`',
      hint: 'for example `promoted_object: { pixel_id: "1234567890", custom_event_type: PURCHASE }`',
    })
  })

  it('takes the page of its ads where a page is all that lacks', () => {
    const ask = (hasPage: boolean) =>
      judge({ objective: 'OUTCOME_AWARENESS', goal: 'REACH', destination: null, promoted: [], hasPage })
    expect(ask(true)).toMatchObject({ fault: null, promotesPage: true })
    expect(ask(false)).toMatchObject({ fault: { at: 'promoted_object' } })
  })

  it('needs nothing promoted to lead to a website', () => {
    for (const goal of ['LINK_CLICKS', 'LANDING_PAGE_VIEWS', 'REACH']) {
      expect(judge({ objective: 'OUTCOME_TRAFFIC', goal, destination: 'WEBSITE', promoted: [], hasPage: false }).fault).toBeNull()
    }
  })

  it('leads to an app only with one', () => {
    const ask = (promoted: readonly string[]) =>
      judge({ objective: 'OUTCOME_SALES', goal: 'OFFSITE_CONVERSIONS', destination: 'APP', promoted, hasPage: false })
    expect(ask(['application_id', 'object_store_url']).fault).toBeNull()
    expect(ask(['pixel_id', 'custom_event_type']).fault).not.toBeNull()
  })
})
