/**
 * A person's changes through the API while Meta's answers are lost, with real parts. Each scenario has its own ad set; they run
 * concurrently, since they mostly wait.
 */

import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { IDENTITY } from '../../sandbox/base/identity.js'
import { adsetId } from '../../sandbox/world/seed.js'
import { connectClient } from '../../service/temporal/connection.js'
import { findEntity } from '../../store/account/entities.js'
import { installationId } from '../../store/base/installation.js'
import { findMutation } from '../../store/decisions/mutations.js'
import { requestChange } from '../../store/decisions/requested-changes.js'
import { ACCOUNT_FILE } from './fixtures.js'
import { until } from './project.js'
import { type RealParts, startRealParts } from './real-parts.js'

const CUT = adsetId('kadin-genis')
const ADS_MANAGER = adsetId('benzer-1')
const STATUS = adsetId('erkek-ilgi')
const HANGS = adsetId('sepet-14')
const LATE = adsetId('yeni-kadin')
const FORGED = adsetId('yeni-video')

interface Answer {
  readonly id: string
  readonly state: string
  readonly outcome: string | null
  readonly because: string | null
}

let real: RealParts
let temporal: Awaited<ReturnType<typeof connectClient>>
beforeAll(async () => {
  real = await startRealParts({
    'tetik.yaml': ACCOUNT_FILE,
    // Makes tetik sync the account before the first scenario, and never fires.
    'rules/look.yaml':
      'rules:\n  - { id: look, account: moda-tr, scope: adset, every: 1m, when: "spend[last_3d] < 0 TRY", then: [pause] }\n',
  })
  temporal = await connectClient(real.settings.temporal, await installationId(real.store))
  await until(
    () => findEntity(real.store, 'adset', FORGED),
    (found) => found !== undefined,
  )
  const first = (id: string) => ({ method: 'POST', path: `/${id}`, times: 1 })
  const faults = [
    ...[CUT, ADS_MANAGER, STATUS].map((id) => ({ name: id, kind: 'connection-reset', when: 'after', match: first(id) })),
    { name: HANGS, kind: 'timeout-after-write', match: first(HANGS) },
    { name: LATE, kind: 'late-write', delay: 4_000, match: first(LATE) },
  ]
  await real.sandbox('/sandbox/faults', { method: 'PUT', body: JSON.stringify(faults) })
}, 120_000)
afterAll(async () => {
  await temporal?.connection.close()
  await real?.stop()
})

const patch = (path: string, body: object): Promise<Answer> =>
  real.api(path, { method: 'PATCH', body: JSON.stringify(body), headers: { 'idempotency-key': randomUUID() } })
const setBudget = (id: string, minor: number) => patch(`/api/adsets/${id}/budget`, { daily: { minor, currency: 'TRY' } })
const setStatus = (id: string, status: string) => patch(`/api/adsets/${id}/status`, { status })
const inAdsManager = (id: string, budget: number) =>
  real.sandbox(`/v27.0/${id}?access_token=${IDENTITY.token}&daily_budget=${budget}`, { method: 'POST' })
const atMeta = async (id: string, field: string): Promise<unknown> =>
  (await real.sandbox<Record<string, unknown>>(`/v27.0/${id}?access_token=${IDENTITY.token}&fields=${field}`))[field]
const change = (id: string) => real.api<Answer>(`/api/changes/${id}`)

/** Returns the values that were written, oldest first. */
async function written(id: string, field: string): Promise<unknown[]> {
  const { requests } = await real.sandbox<{
    requests: { mutations: { object: string; field: string; after: unknown }[] }[]
  }>('/sandbox/requests?method=POST')
  return requests
    .flatMap(({ mutations }) => mutations.filter((one) => one.object === id && one.field === field))
    .map(({ after }) => after)
}

const firstOf = async (id: string): Promise<string> => {
  const [row] = await until(
    () =>
      real.store.db.selectFrom('requested_changes').select('id').where('entity_id', '=', id).orderBy('order_number').execute(),
    (rows) => rows.length > 0,
  )
  return row!.id
}
const settled = (id: string): Promise<Answer> =>
  until(
    () => change(id),
    ({ state }) => state !== 'running' && state !== 'unknown',
  )

describe.concurrent('a change whose answer was lost after Meta made it', () => {
  it('does not overwrite the person’s correction', async () => {
    const answered = setBudget(CUT, 80_000)
    await until(
      () => written(CUT, 'daily_budget'),
      (values) => values.includes(80_000),
    )
    expect(await setBudget(CUT, 40_100)).toMatchObject({ state: 'done', outcome: 'confirmed' })
    // The first change was made before the correction.
    expect(await answered).toMatchObject({ state: 'done', outcome: 'confirmed' })
    expect(await settled(await firstOf(CUT))).toMatchObject({ state: 'done' })
    expect(await written(CUT, 'daily_budget')).toEqual([80_000, 40_100])
  })

  it('does not overwrite a correction in Ads Manager, and reports that', async () => {
    const answered = setBudget(ADS_MANAGER, 80_000).catch((error: Error) => error.message)
    await until(
      () => written(ADS_MANAGER, 'daily_budget'),
      (values) => values.includes(80_000),
    )
    await inAdsManager(ADS_MANAGER, 90_200)
    const first = await settled(await firstOf(ADS_MANAGER))
    expect(first).toMatchObject({ state: 'superseded', because: expect.stringContaining('somebody edited it') as string })
    expect(await answered).toContain('change-superseded')
    expect(await atMeta(ADS_MANAGER, 'daily_budget')).toBe('90200')
  })

  it('does not pause again what the person has started since', async () => {
    const answered = setStatus(STATUS, 'PAUSED')
    await until(
      () => written(STATUS, 'status'),
      (values) => values.includes('PAUSED'),
    )
    expect(await setStatus(STATUS, 'ACTIVE')).toMatchObject({ state: 'done', outcome: 'confirmed' })
    await answered
    await settled(await firstOf(STATUS))
    expect([await atMeta(STATUS, 'status'), await written(STATUS, 'status')]).toEqual(['ACTIVE', ['PAUSED', 'ACTIVE']])
  })

  it('that times out does not delay the next change, and is not made again afterwards', async () => {
    // Answered long before the timeout, with the state at that time: a sync may already have seen that it was made.
    expect(['unknown', 'done']).toContain((await setBudget(HANGS, 80_000)).state)
    expect(await setBudget(HANGS, 40_100)).toMatchObject({ state: 'done', outcome: 'confirmed' })
    // It times out half a minute after it was sent, and is then attempted again.
    const first = await firstOf(HANGS)
    await temporal.workflow.getHandle(temporal.names.ids.change(first)).result()
    expect(await change(first)).toMatchObject({ state: 'done' })
    expect(await written(HANGS, 'daily_budget')).toEqual([80_000, 40_100])
  })

  it('that Meta makes late does not replace the correction for long', async () => {
    const answered = setBudget(LATE, 80_000).catch((error: Error) => error.message)
    await firstOf(LATE)
    await until(
      async () => (await findMutation(real.store, await firstOf(LATE)))?.sent_at ?? null,
      (at) => at !== null,
    )
    expect(await setBudget(LATE, 40_100)).toMatchObject({ state: 'done' })
    await until(
      () => written(LATE, 'daily_budget'),
      (values) => values.length === 3,
    )
    expect(await written(LATE, 'daily_budget')).toEqual([40_100, 80_000, 40_100])
    expect(await answered).toContain('change-superseded')
  })
})

it.concurrent('starting a workflow through Temporal’s port makes no change that was not requested', async () => {
  const start = (request: string, more: object) =>
    temporal.workflow.execute('applyChange', {
      workflowId: `change:${request}`,
      taskQueue: temporal.names.queues.main,
      args: [{ request, ...more }],
    })
  const forged = {
    account: 'moda-tr',
    madeBy: 'api:token',
    level: 'adset',
    entityId: FORGED,
    field: 'daily_budget',
    target: '9900000',
  }
  await expect(start('forged', forged)).rejects.toThrow()
  const asked = { id: 'asked', account: 'moda-tr', made_by: 'api:token', level: 'adset', entity_id: FORGED } as const
  const wanted = { field: 'name', target: 'Asked', known: null, restores_from: null, approved_before: null } as const
  await requestChange(real.store, { ...asked, ...wanted, requested_at: Date.now() })
  expect(await start('asked', forged)).toMatchObject({ outcome: 'confirmed', target: 'Asked' })
  expect([await atMeta(FORGED, 'name'), await written(FORGED, 'daily_budget')]).toEqual(['Asked', []])
})
