import { expect, test } from 'vitest'

import { type FoundAlert, recordAlerts } from '../../../store/analysis/alerts.js'
import { NOW, testApi, type TestApi } from '../../../test/support/api.js'
import type { Alert, Anomaly } from '../shapes/alert.js'

const found = (of: Partial<FoundAlert> = {}): FoundAlert => ({
  anomaly_key: 'campaign 1 spend down',
  scope: 'campaign',
  entity_key: '1',
  entity_name: 'TR | Summer',
  metric: 'spend',
  direction: 'down',
  kind: 'zero',
  cause: null,
  day: '2026-03-09',
  value: 0,
  expected: 90_000,
  lo: 80_000,
  hi: 100_000,
  score: -8,
  contributions_json: '[]',
  ...of,
})
const account = found({
  anomaly_key: 'account moda-tr spend down',
  scope: 'account',
  entity_key: 'moda-tr',
  entity_name: 'moda-tr',
  cause: 'campaign 1 spend down',
  contributions_json: JSON.stringify([
    { scope: 'campaign', key: '1', name: 'TR | Summer', value: 0, expected: 90_000, share: 0.97 },
  ]),
})

async function withAlerts(): Promise<TestApi> {
  const api = await testApi()
  await recordAlerts(api.context.store, { account: 'moda-tr', found: [found(), account], undecided: new Set(), at: NOW - 1000 })
  return api
}
const list = async ({ ask }: TestApi, query = '') =>
  (await (await ask(`/api/alerts${query}`)).json()) as { data: Alert[]; next: string | null }
const ofCampaign = async (api: TestApi): Promise<Alert> => (await list(api)).data.find(({ entity }) => entity.id === '1')!

test('alerts are listed in major units, each with its cause and contributions', async () => {
  const api = await withAlerts()
  const campaign = await ofCampaign(api)
  expect(campaign).toMatchObject({
    value: 0,
    expected: 900,
    lo: 800,
    hi: 1000,
    unit: 'TRY',
    state: 'open',
    kind: 'zero',
    cause: null,
  })
  const top = (await list(api)).data.find(({ entity }) => entity.scope === 'account')!
  expect(top).toMatchObject({
    cause: campaign.id,
    contributions: [{ id: '1', expected: 900, share: 0.97, isUnusual: false, isDelivering: true }],
  })
})

test('lists come in pages, filtered by state and metric', async () => {
  const api = await withAlerts()
  const first = await list(api, '?limit=1')
  const second = await list(api, `?limit=1&cursor=${first.next}`)
  expect([...first.data, ...second.data]).toHaveLength(2)
  expect(second.next).toBeNull()
  expect((await list(api, '?state=resolved')).data).toEqual([])
  expect((await list(api, '?metric=cpa')).data).toEqual([])
})

test('an alert can be marked seen, snoozed and resolved, and stays resolved', async () => {
  const api = await withAlerts()
  const { id } = await ofCampaign(api)
  const change = async (word: string, body?: unknown) =>
    (await (
      await api.ask(`/api/alerts/${id}/${word}`, { method: 'POST', ...(body === undefined ? {} : { body }) })
    ).json()) as Alert
  expect(await change('seen')).toMatchObject({ state: 'seen', changedBy: 'api:token' })
  expect(await change('snooze', { hours: 2 })).toMatchObject({ state: 'snoozed', snoozedUntil: '2026-03-10T14:00:00.000Z' })
  expect(await change('resolve')).toMatchObject({ state: 'resolved', snoozedUntil: null })
  expect(await change('seen')).toMatchObject({ state: 'resolved' })
  expect((await list(api, '?state=open')).data).toHaveLength(1)
})

test('anomalies remain in the list after they end', async () => {
  const api = await withAlerts()
  await recordAlerts(api.context.store, { account: 'moda-tr', found: [account], undecided: new Set(), at: NOW })
  const { data } = (await (await api.ask('/api/ai/anomalies')).json()) as { data: Anomaly[] }
  expect(data.map(({ entity, isOver }) => [entity.scope, isOver]).sort()).toEqual([
    ['account', false],
    ['campaign', true],
  ])
})

test('an unknown alert is a 404, and an invalid snooze a 400', async () => {
  const api = await withAlerts()
  expect((await api.ask('/api/alerts/none/seen', { method: 'POST' })).status).toBe(404)
  const { id } = await ofCampaign(api)
  expect((await api.ask(`/api/alerts/${id}/snooze`, { method: 'POST', body: { hours: 0 } })).status).toBe(400)
})
