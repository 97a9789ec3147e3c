/**
 * What Meta refuses to answer for a large account, and what a tick requests instead. Runs the workflow and its readings on the
 * sandbox.
 */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import { HOUR } from '../../engine/clock/zone.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { questionSize } from '../../store/account/question-sizes.js'
import { temporalNames } from '../../temporal.config.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom } from '../../test/support/activity-room.js'
import { type Sandbox, startSandbox } from '../../test/support/sandbox.js'
import { openWorkflowRoom, type WorkflowRoom } from '../../test/support/workflow-room.js'
import type { WatchAccountResult } from '../../workflows/base/contracts.js'
import type { Activities } from '../contracts.js'
import type { InsightsRequest } from '../facts/insights-request.js'
import { countCall, withCalls } from '../tick/count-calls.js'
import { storeInsightsReport, syncInsights } from './sync-insights.js'
import { syncStructure } from './sync-structure.js'

const NAMES = [
  'planTick',
  'syncStructure',
  'syncInsights',
  'storeInsightsReport',
  'evaluateRules',
  'composeSyncNotice',
  'findAnomalies',
  'makeSuggestions',
] as const satisfies (keyof Activities)[]

let temporal: WorkflowRoom
let room: ActivityRoom
let sandbox: Sandbox
let client: MetaClient

beforeAll(async () => {
  temporal = await openWorkflowRoom(NAMES)
})
afterAll(() => temporal.stop())

beforeEach(async () => {
  room = await openActivityRoom()
  sandbox = await startSandbox({ now: () => room.clock.now })
  client = createMetaClient({
    baseUrl: sandbox.url,
    token: () => IDENTITY.token,
    appSecret: IDENTITY.appSecret,
    onCall: (call) => countCall(room.store, ACCOUNT.name, call, room.clock.now),
  })
  Object.assign(room.dependencies, { meta: () => client })
})
afterEach(async () => {
  await client.close()
  await sandbox.stop()
  await room.store.close()
})

const rows: InsightsRequest = {
  account: ACCOUNT.name,
  level: 'adset',
  since: '2026-03-08',
  until: '2026-03-10',
  hourly: false,
}
const reach: InsightsRequest = { ...rows, reach: true, hourly: false }

async function play(...faults: object[]): Promise<void> {
  const body = JSON.stringify(faults)
  const response = await fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(200)
}

/** Runs a tick; returns the requests since the last time, such as `GET insights 500`, and the tick's error. */
async function tick(request: InsightsRequest) {
  const known = (await requests()).length
  const { dependencies } = room
  temporal.give({
    planTick: () => Promise.resolve({ due: ['a'], insights: [request], history: [] }),
    syncStructure: syncStructure(dependencies),
    syncInsights: syncInsights(dependencies),
    storeInsightsReport: storeInsightsReport(dependencies),
    evaluateRules: withCalls(dependencies, () => Promise.resolve({ evaluated: 0, fired: 0, carryOuts: [], messages: [] })),
    findAnomalies: withCalls(dependencies, () => Promise.resolve({ found: 0, opened: 0, resolved: 0, isSkipped: true })),
    composeSyncNotice: () => Promise.resolve({ send: null, note: '' }),
  })
  const { syncError, calls } = (await temporal.client.workflow.execute('watchAccount', {
    workflowId: `watch:${Math.random()}`,
    taskQueue: temporalNames('').queues.main,
    args: [{ account: ACCOUNT.name }],
  })) as WatchAccountResult
  return { asked: (await requests()).slice(known), syncError, calls: calls ?? [] }
}

async function requests(): Promise<string[]> {
  const response = await fetch(`${sandbox.url}/sandbox/requests?limit=9999`)
  const { requests: all } = (await response.json()) as {
    requests: { id: number; method: string; path: string; parameters: Record<string, string> }[]
  }
  return all
    .sort((a, b) => a.id - b.id)
    .filter(({ path }) => /(insights|campaigns|adsets|ads)$/.test(path))
    .map(({ method, path, parameters }) => {
      const what = /act_\d+/.test(path) ? '' : 'report '
      return `${method} ${what}${path.replace(/.*\//, '')} ${parameters.limit ?? parameters.time_range ?? ''}`.trim()
    })
}
const insightsOf = (asked: string[]): string[] => asked.filter((one) => one.includes('insights'))
const startsOf = (asked: string[]): string[] => insightsOf(asked).filter((one) => one.startsWith('POST'))
const size = (question: string) => questionSize(room.store, ACCOUNT.name, question)
const stored = async () =>
  (await room.store.db.selectFrom('insights').select('entity_id').where('day', '=', '2026-03-09').execute()).length
const startOf = (since: string, until: string): string =>
  `POST insights ${JSON.stringify({ since: `2026-03-${since}`, until: `2026-03-${until}` })}`
const RANGE = '{"since":"2026-03-08","until":"2026-03-10"}'

describe('a page that is too large', () => {
  it('is halved until it is answered, and later ticks start with the smaller page', async () => {
    await play({ kind: 'page-too-large', rows: 130, match: { path: '/insights' } })
    const first = await tick(rows)
    expect(first.syncError).toBeNull()
    expect(insightsOf(first.asked)).toEqual(['GET insights 500', 'GET insights 250', 'GET insights 125'])
    expect(await stored()).toBeGreaterThan(0)
    expect(first.calls).toContainEqual({ kind: 'adset insights by day', calls: 3, failed: 2 })
    expect(first.calls.map(({ kind }) => kind)).toEqual([
      'account',
      'activities',
      'ads',
      'adset insights by day',
      'adsets',
      'campaigns',
      'minimum_budgets',
    ])
    expect(insightsOf((await tick(rows)).asked)).toEqual(['GET insights 125'])
    room.clock.now += 3 * HOUR
    await play()
    expect(insightsOf((await tick(rows)).asked)).toEqual(['GET insights 250'])
  })

  it('becomes a report if the smallest page is too large, for rows and for reach', async () => {
    await play({ kind: 'page-too-large', rows: 100, match: { path: '*act_*/insights' } })
    for (const request of [rows, reach]) {
      const first = await tick(request)
      expect(first.syncError).toBeNull()
      const asked = [
        'GET insights 500',
        'GET insights 250',
        'GET insights 125',
        `POST insights ${RANGE}`,
        'GET report insights 500',
      ]
      expect(insightsOf(first.asked)).toEqual(asked)
      expect(insightsOf((await tick(request)).asked)).toEqual(asked.slice(3))
    }
    expect(await stored()).toBeGreaterThan(0)
  })

  it('of campaigns, ad sets or ads is halved too, each separately, and even across several activities', async () => {
    await play({ kind: 'page-too-large', rows: 30, match: { path: '/ads' } })
    const { asked, syncError } = await tick(rows)
    expect(syncError).toBeNull()
    const pages = (list: string) => asked.filter((one) => one.startsWith(`GET ${list} `)).map((one) => Number(one.split(' ')[2]))
    expect(pages('adsets').slice(0, 4)).toEqual([200, 100, 50, 25])
    expect(pages('ads').slice(-1)).toEqual([25])
    expect(await size('ads')).toMatchObject({ page: 25 })
    expect(await size('campaigns')).toBeNull()
  })
})

describe('insights that are too much for one call', () => {
  it('are requested as a report, at once and in later ticks', async () => {
    await play({ kind: 'too-much-data', match: { path: '/act_' } })
    const first = await tick(rows)
    expect(first.syncError).toBeNull()
    expect(insightsOf(first.asked)).toEqual(['GET insights 500', `POST insights ${RANGE}`, 'GET report insights 500'])
    expect(insightsOf((await tick(rows)).asked)).toEqual([`POST insights ${RANGE}`, 'GET report insights 500'])
  })

  it('and too much for a report are requested for fewer days', async () => {
    await play(
      { kind: 'too-much-data', match: { path: '/act_', times: 1 } },
      { kind: 'report-failed', code: -3, subcode: 1504045, match: { times: 1 } },
    )
    const { asked, syncError } = await tick(rows)
    expect(syncError).toBeNull()
    expect(insightsOf(asked)).toEqual(['GET insights 500', `POST insights ${RANGE}`, 'GET insights 500', 'GET insights 500'])
    expect(await stored()).toBeGreaterThan(0)
  })
})

describe('a report that Meta abandons', () => {
  it('is started again within the tick', async () => {
    await play({ kind: 'too-much-data', match: { path: '/act_' } }, { kind: 'report-failed', match: { times: 2 } })
    const { asked, syncError } = await tick(rows)
    expect(syncError).toBeNull()
    const start = `POST insights ${RANGE}`
    expect(insightsOf(asked)).toEqual(['GET insights 500', start, start, start, 'GET report insights 500'])
    expect(await stored()).toBeGreaterThan(0)
  })

  it('three times is requested for fewer days, with one start each; if it covers a single day, the tick stops reading', async () => {
    await play({ kind: 'too-much-data', match: { path: '/act_' } }, { kind: 'report-failed', match: {} })
    const { asked, syncError } = await tick({ ...rows, since: '2026-03-09' })
    expect(syncError).toContain('could not prepare it')
    expect(startsOf(asked)).toEqual([...Array<string>(3).fill(startOf('09', '10')), startOf('09', '09')])
  })

  it('with code 1 is requested for fewer days at once, because the same report would fail again', async () => {
    await play(
      { kind: 'too-much-data', match: { path: '/act_' } },
      { kind: 'report-failed', code: 1, subcode: 99, match: { times: 1 } },
    )
    const { asked, syncError } = await tick(rows)
    expect(syncError).toBeNull()
    expect(startsOf(asked)).toEqual([startOf('08', '10'), startOf('08', '09'), startOf('10', '10')])
    expect(await stored()).toBeGreaterThan(0)
  })

  it('with code 1 is not requested again for reach, whose days cannot be split', async () => {
    await play({ kind: 'too-much-data', match: { path: '/act_' } }, { kind: 'report-failed', code: 1, subcode: 99, match: {} })
    const { asked, syncError } = await tick(reach)
    expect(syncError).toContain('could not prepare it')
    expect(startsOf(asked)).toEqual([startOf('08', '10')])
  })
})

describe('a report that Meta does not even accept', () => {
  it('is requested for fewer days', async () => {
    await play(
      { name: 'rows', kind: 'too-much-data', match: { path: '/act_' } },
      { name: 'report', kind: 'too-much-data', code: 1, match: { method: 'POST', times: 1 } },
    )
    const { asked, syncError } = await tick(rows)
    expect(syncError).toBeNull()
    expect(startsOf(asked)).toEqual([startOf('08', '10'), startOf('08', '09'), startOf('10', '10')])
    expect(await stored()).toBeGreaterThan(0)
  })

  it('for a single day makes the tick stop reading', async () => {
    await play(
      { name: 'rows', kind: 'too-much-data', match: { path: '/act_' } },
      { name: 'report', kind: 'too-much-data', code: 1, match: { method: 'POST' } },
    )
    const { asked, syncError } = await tick(rows)
    expect(syncError).toContain('reduce the amount of data')
    expect(startsOf(asked)).toEqual([startOf('08', '10'), startOf('08', '09'), startOf('08', '08')])
  })
})

describe('the activity log of a large account', () => {
  it('is read in smaller pages', async () => {
    await play({ kind: 'page-too-large', rows: 60, match: { path: '/activities' } })
    const { syncError } = await tick(rows)
    expect(syncError).toBeNull()
    const response = await fetch(`${sandbox.url}/sandbox/requests?limit=9999`)
    const { requests: all } = (await response.json()) as {
      requests: { path: string; status: number; parameters: Record<string, string> }[]
    }
    const asked = all.filter(({ path }) => path.endsWith('/activities')).map((one) => [one.parameters['limit'], one.status])
    expect(asked).toEqual([
      ['200', 500],
      ['100', 500],
      ['50', 200],
    ])
  })
})
