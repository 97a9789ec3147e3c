/** Reach and frequency from Meta (the sandbox) to the rule that uses them. */

import { readFileSync } from 'node:fs'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import { DAY, HOUR } from '../../engine/clock/zone.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { type Sandbox, startSandbox } from '../../test/support/sandbox.js'
import type { InsightsRequest } from '../facts/insights-request.js'
import { storeInsightsReport, syncInsights } from '../sync/sync-insights.js'
import { syncStructure } from '../sync/sync-structure.js'
import type { TickResult } from './contract.js'
import { evaluateRules } from './evaluate-rules.js'
import { planTick } from './plan-tick.js'

let room: ActivityRoom
let sandbox: Sandbox
let client: MetaClient

beforeEach(async () => {
  room = await openActivityRoom()
  sandbox = await startSandbox({ now: () => room.clock.now })
  client = createMetaClient({ baseUrl: sandbox.url, token: () => IDENTITY.token, appSecret: IDENTITY.appSecret })
  Object.assign(room.dependencies, { meta: () => client })
})
afterEach(async () => {
  await client.close()
  await sandbox.stop()
  await room.store.close()
})

async function load(...rules: string[]) {
  const { rules: loaded, diagnostics } = loadRules([{ path: 'r.yaml', text: `rules:\n${rules.join('')}` }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules: loaded, commitSha: null, loadedAt: NOON - DAY })
}
const rule = (scope: string, when: string, id: string = scope) =>
  `  - { id: ${id}, account: moda-tr, scope: ${scope}, every: 1h, when: "${when}", then: [{ whatsapp: { to: owner, text: seen } }] }\n`

/** Runs the activities in the order of `watchAccount`. */
async function tick(at: number): Promise<{ reach: readonly InsightsRequest[]; result: TickResult }> {
  room.clock.now = at
  const plan = await room.run(planTick(room.dependencies), { account: ACCOUNT.name, at })
  await room.run(syncStructure(room.dependencies), { account: ACCOUNT.name })
  for (const request of plan.insights) {
    const answer = await room.run(syncInsights(room.dependencies), request)
    if (!('report' in answer)) continue
    for (let done = false; !done;) {
      const poll = room.run(storeInsightsReport(room.dependencies), { ...request, ...answer })
      done = await poll.then(
        () => true,
        () => false,
      )
    }
  }
  const result = await room.run(evaluateRules(room.dependencies), {
    account: ACCOUNT.name,
    at,
    rules: plan.due,
    tick: `tick ${at}`,
  })
  return { reach: plan.insights.filter(({ reach }) => reach), result }
}

async function traces(): Promise<{ entity: string; outcome: string; left: unknown; because: string | null }[]> {
  const decisions = await room.store.db.selectFrom('decisions').selectAll().orderBy('at').execute()
  return decisions.map(({ entity_key: entity, outcome, trace_json }) => {
    const [leaf] = JSON.parse(trace_json) as { left: unknown; because?: string }[]
    return { entity, outcome, left: leaf?.left, because: leaf?.because ?? null }
  })
}

it('a fatigue rule fires on the frequency that Meta reports for the window', async () => {
  await load(rule('adset', 'frequency[last_7d] > 1.2'))
  const { reach, result } = await tick(NOON)
  expect(reach).toEqual([
    { account: 'moda-tr', level: 'adset', since: '2026-03-03', until: '2026-03-09', hourly: false, reach: true },
  ])
  expect(result.fired).toBeGreaterThan(0)
  const rows = await client.readReach({ accountId: ACCOUNT.id, level: 'adset', since: '2026-03-03', until: '2026-03-09' })
  const above = rows.filter(({ frequency }) => frequency! > 1.2)
  expect(above.length).toBeLessThan(rows.length)
  const fired = (await traces()).filter(({ outcome }) => outcome === 'fire')
  expect(new Map(fired.map(({ entity, left }) => [entity, left]))).toEqual(
    new Map(above.map(({ entity_id, frequency }) => [entity_id, frequency])),
  )
})

it('the example’s fatigue rule fires, and the frequency of every ad set is known', async () => {
  const text = readFileSync(new URL('../../examples/rules/fatigue.yaml', import.meta.url), 'utf8')
  const { rules } = loadRules(
    [{ path: 'fatigue.yaml', text: text.replace('> 3\n', '> 1.01\n').replace('75%', '200%') }],
    SETTINGS,
  )
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON - DAY })
  const { reach, result } = await tick(Date.parse('2026-03-10T09:00:00+03:00'))
  expect(reach).toMatchObject([{ level: 'adset', since: '2026-03-03', until: '2026-03-09' }])
  expect(result.fired).toBeGreaterThan(0)
  // A new ad set's click rate of the previous week is unknown; every ad set's frequency is known.
  for (const { left } of await traces()) expect(left).toBeTypeOf('number')
})

describe('a window', () => {
  it('that has ended is read once after its end, one that includes today at each sync', async () => {
    await load(rule('adset', 'frequency[last_7d] > 99'), rule('campaign', 'reach[7d] > 1'))
    const asked = async (at: number) => (await tick(at)).reach.map(({ level, since, until }) => `${level} ${since} ${until}`)
    expect(await asked(NOON)).toEqual(['adset 2026-03-03 2026-03-09', 'campaign 2026-03-04 2026-03-10'])
    expect(await asked(NOON + HOUR)).toEqual(['campaign 2026-03-04 2026-03-10'])
    expect(await asked(NOON + DAY)).toEqual(['adset 2026-03-04 2026-03-10', 'campaign 2026-03-05 2026-03-11'])
  })

  it.each(['ad', 'adset', 'campaign', 'account'])('is known for every %s with delivery', async (scope) => {
    await load(rule(scope, 'reach[last_3d] > 0'))
    const { reach, result } = await tick(NOON)
    expect(reach).toMatchObject([{ level: scope, since: '2026-03-07', until: '2026-03-09' }])
    const rows = await client.readReach({ accountId: ACCOUNT.id, level: scope as 'ad', since: '2026-03-07', until: '2026-03-09' })
    expect(result.fired).toBe(rows.length)
  })

  it('that an ad set’s rule uses for its campaign and account is read at their levels', async () => {
    await load(rule('adset', 'campaign.frequency[yesterday] + account.frequency[yesterday] > 1'))
    const { reach, result } = await tick(NOON)
    expect(reach.map(({ level }) => level)).toEqual(['campaign', 'account'])
    expect(result.fired).toBeGreaterThan(0)
  })

  it('that could not be read is unknown, with the reason', async () => {
    await load(rule('adset', 'frequency[last_7d] > 0'))
    room.clock.now = NOON
    const plan = await room.run(planTick(room.dependencies), { account: ACCOUNT.name, at: NOON })
    await room.run(syncStructure(room.dependencies), { account: ACCOUNT.name })
    for (const request of plan.insights) if (!request.reach) await room.run(syncInsights(room.dependencies), request)
    const result = await room.run(evaluateRules(room.dependencies), {
      account: ACCOUNT.name,
      at: NOON,
      rules: plan.due,
      tick: '1',
    })
    expect(result.fired).toBe(0)
    expect(new Set((await traces()).map(({ because }) => because))).toEqual(
      new Set(['reach and frequency of 2026-03-03 to 2026-03-09 were not read from Meta']),
    )
  })
})
