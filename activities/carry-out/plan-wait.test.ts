/** How long a carry-out waits: `wait: until` uses the same time zone as the rule's schedule. */

import { beforeEach, describe, expect, it } from 'vitest'

import { MINUTE } from '../../engine/clock/zone.js'
import type { Cadence } from '../../engine/rule/rule.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { replaceRules } from '../../store/rules/rules.js'
import { type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { planWait } from './plan-wait.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

/** Waits until 07:20, from 07:18 in New York, which is 14:18 in Istanbul. */
async function waitOf(cadence: Cadence) {
  const rule = ruleOf({
    cadence,
    then: [{ kind: 'pause' }, { kind: 'wait-until', time: '07:20' }, { kind: 'start', any: false }],
  })
  await replaceRules(room.store, { rules: [rule], commitSha: null, loadedAt: 1 })
  await recordTick(room.store, { states: [], decisions: [decisionRow({ progress: 'running' })], evaluated: [] })
  return await room.run(planWait(room.dependencies), { decision: 'd', step: 1, from: Date.parse('2026-03-10T07:18:00-04:00') })
}

describe('wait: until', () => {
  it('uses the time zone of the rule’s `at`, and names it', async () => {
    const zone = 'America/New_York'
    const found = { duration: 2 * MINUTE, title: 'Waits until 2026-03-10 07:20 (America/New_York)' }
    expect(await waitOf({ kind: 'at', times: ['07:18'], timezone: zone })).toEqual(found)
  })

  it('uses that of a cron expression as well', async () => {
    expect(await waitOf({ kind: 'cron', expression: '18 7 * * *', timezone: 'America/New_York' })).toMatchObject({
      duration: 2 * MINUTE,
    })
  })

  it('uses the account’s if the rule names none', async () => {
    const found = { duration: (17 * 60 + 2) * MINUTE, title: 'Waits until 2026-03-11 07:20' }
    expect(await waitOf({ kind: 'at', times: ['14:18'], timezone: null })).toEqual(found)
    expect(await waitOf({ kind: 'every', interval: MINUTE })).toEqual(found)
  })
})
