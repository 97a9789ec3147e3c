import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { TickPlan } from '../../../activities/tick/contract.js'
import { requestedRules } from '../../../store/rules/evaluation-requests.js'
import { replaceRules } from '../../../store/rules/rules.js'
import { stopRules } from '../../../store/rules/stops.js'
import { ACCOUNT, NOW, SETTINGS, testApi } from '../../../test/support/api.js'
import { ruleOf } from '../../../test/support/rows.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../../test/support/workflow-room.js'
import { reconcileSchedules } from '../../temporal/schedules.js'
import { temporalAccess } from '../http/temporal-access.js'

const NOTHING_DUE: TickPlan = { due: [], insights: [], history: [] }

let room: WorkflowRoom

beforeAll(async () => {
  room = await openWorkflowRoom(['planTick'])
}, 120_000)
afterAll(async () => await room?.stop())

const setUp = async (account: string, rule: Parameters<typeof ruleOf>[0] = {}) => {
  const api = await testApi({
    temporal: temporalAccess(() => Promise.resolve(room.client)),
    settings: () => ({ ...SETTINGS, accounts: [{ ...ACCOUNT, name: account }] }),
  })
  await replaceRules(api.context.store, { rules: [ruleOf({ id: 'a', account, ...rule })], commitSha: null, loadedAt: NOW })
  return { ...api, evaluate: () => api.ask('/api/rules/a/evaluate', { method: 'POST' }) }
}

describe('evaluating a rule now', () => {
  test('starts a tick of its account with the rule marked as requested', async () => {
    const { evaluate, context } = await setUp('watched')
    const ticks: string[] = []
    room.give({
      planTick: ({ account }) => {
        ticks.push(account)
        return Promise.resolve(NOTHING_DUE)
      },
    })
    await reconcileSchedules(room.client, [{ account: 'watched', adAccount: 'act_1', every: 86_400_000, rules: ['a'] }], [])
    const response = await evaluate()
    expect([response.status, await response.json()]).toEqual([
      202,
      { rule: 'a', accounts: ['watched'], decisions: '/api/decisions?rule=a' },
    ])
    expect(await requestedRules(context.store, 'watched', NOW)).toEqual(new Set(['a']))
    await expect.poll(() => ticks).toEqual(['watched'])
  })

  test('answers 503 if the account has no schedule yet', async () => {
    const { evaluate } = await setUp('unwatched')
    const response = await evaluate()
    expect([response.status, await response.json()]).toEqual([503, expect.objectContaining({ type: 'urn:tetik:unavailable' })])
  })

  test('is refused if the account’s rules are stopped', async () => {
    const { evaluate, context } = await setUp('stopped')
    await stopRules(context.store, { account: 'stopped', reason: 'holiday', stoppedBy: 'owner', since: NOW })
    const response = await evaluate()
    expect([response.status, await response.json()]).toEqual([
      409,
      expect.objectContaining({ type: 'urn:tetik:rules-stopped', detail: expect.stringContaining('holiday') as string }),
    ])
  })

  test('covers every account for a rule with `account: all`, and is a 404 for an account that is not in tetik.yaml', async () => {
    const lacking = await setUp('here', { account: 'elsewhere' })
    expect((await lacking.evaluate()).status).toBe(404)
    const all = await setUp('everybody', { account: 'all' })
    await reconcileSchedules(room.client, [{ account: 'everybody', adAccount: 'act_2', every: 86_400_000, rules: ['a'] }], [])
    room.give({ planTick: () => Promise.resolve(NOTHING_DUE) })
    expect(await (await all.evaluate()).json()).toMatchObject({ accounts: ['everybody'] })
  })
})
