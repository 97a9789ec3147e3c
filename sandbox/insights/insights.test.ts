import { expect, it } from 'vitest'

import { ACCOUNT, type Client, Clock, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'
import type { ActionStats } from './columns.js'

type Row = Record<string, string> & { actions?: ActionStats[]; action_values?: ActionStats[] }
interface Rows {
  data: Row[]
  paging?: { next?: string }
}

const FIELDS = 'campaign_id,adset_id,ad_id,spend,impressions,clicks,actions,action_values'
const HOURLY = 'hourly_stats_aggregated_by_advertiser_time_zone'

const rows = async (client: Client, parameters: Record<string, unknown>, path = ACCOUNT): Promise<Row[]> =>
  (await client.get<Rows>(`${path}/insights`, { fields: FIELDS, limit: '5000', ...parameters })).body.data

const actionOf = (list: ActionStats[] | undefined, type: string, key = 'value'): number =>
  Number(list?.find(({ action_type }) => action_type === type)?.[key] ?? 0)

/** Sums of spend in kuruş, impressions, clicks, purchases and their value in kuruş. */
const sums = (list: readonly Row[]): number[] =>
  list.reduce(
    (sum, row) => [
      sum[0]! + Math.round(Number(row.spend) * 100),
      sum[1]! + Number(row.impressions),
      sum[2]! + Number(row.clicks),
      sum[3]! + actionOf(row.actions, 'omni_purchase'),
      sum[4]! + Math.round(actionOf(row.action_values, 'omni_purchase') * 100),
    ],
    [0, 0, 0, 0, 0],
  )

it.each(['today', 'yesterday', 'last_7d', 'last_30d'])(
  '%s adds up to the same at every level, by day, and by hour',
  async (date_preset) => {
    const client = await start({ now: new Clock().now })
    const account = sums(await rows(client, { date_preset, level: 'account' }))
    expect(account.every((value) => value > 0)).toBe(true)
    for (const level of ['campaign', 'adset', 'ad'])
      expect(sums(await rows(client, { date_preset, level })), level).toEqual(account)
    for (const time_increment of ['1', '3', 'monthly']) {
      expect(sums(await rows(client, { date_preset, level: 'adset', time_increment })), time_increment).toEqual(account)
    }
    expect(sums(await rows(client, { date_preset, level: 'campaign', breakdowns: HOURLY }))).toEqual(account)
  },
)

it('a deleted or archived object has no rows of its own, unless its status is requested, and counts in its parents', async () => {
  const client = await start({ now: new Clock().now })
  const day = { date_preset: 'last_7d', time_increment: '1' }
  const campaign = `/v27.0/${campaignIdAt(1)}`
  const whole = sums(await rows(client, { ...day, level: 'campaign' }, campaign))
  const [deleted = '', archived = ''] = (await rows(client, { date_preset: 'last_7d', level: 'adset' }, campaign)).map(
    ({ adset_id }) => adset_id!,
  )
  await client.send('DELETE', `/v27.0/${deleted}?access_token=sandbox-token`)
  await client.post(`/v27.0/${archived}`, { status: 'ARCHIVED' })
  for (const level of ['account', 'campaign'])
    expect(sums(await rows(client, { ...day, level }, level === 'account' ? ACCOUNT : campaign))[0]).toBeGreaterThanOrEqual(
      whole[0]!,
    )
  expect(sums(await rows(client, { ...day, level: 'campaign' }, campaign))).toEqual(whole)

  const adsets = await rows(client, { ...day, level: 'adset' }, campaign)
  expect(adsets.map(({ adset_id }) => adset_id)).not.toContain(deleted)
  expect(adsets.map(({ adset_id }) => adset_id)).not.toContain(archived)
  expect(sums(adsets)[0]).toBeLessThan(whole[0]!)
  // Children inherit the status.
  expect((await rows(client, { ...day, level: 'ad' }, campaign)).map(({ adset_id }) => adset_id)).not.toContain(archived)

  const all = (level: string) => ({
    ...{ ...day, level },
    filtering: [{ field: `${level}.effective_status`, operator: 'IN', value: ['ACTIVE', 'PAUSED', 'ARCHIVED', 'DELETED'] }],
  })
  expect(sums(await rows(client, all('adset'), campaign))).toEqual(whole)
  expect(sums(await rows(client, all('ad'), campaign))[0]).toBe(whole[0])
  const only = [{ field: 'adset.effective_status', operator: 'IN', value: ['ARCHIVED'] }]
  const ids = (await rows(client, { ...day, level: 'adset', filtering: only }, campaign)).map(({ adset_id }) => adset_id)
  expect(new Set(ids)).toEqual(new Set([archived]))
  expect((await rows(client, day, `/v27.0/${deleted}`)).length).toBeGreaterThan(0)

  await client.faults({ kind: 'deleted-rows-left-out' })
  const unlisted = (await rows(client, all('adset'), campaign)).map(({ adset_id }) => adset_id)
  expect(unlisted).not.toContain(deleted)
  expect(unlisted).toContain(archived)
})

it('a purchase appears under overlapping types, each with the same count, and by window', async () => {
  const client = await start({ now: new Clock().now })
  const [row] = await rows(client, {
    date_preset: 'last_30d',
    action_attribution_windows: ['1d_click', '7d_click', '28d_click', '1d_view'],
  })
  const omni = row?.actions?.find(({ action_type }) => action_type === 'omni_purchase')
  for (const type of ['purchase', 'offsite_conversion.fb_pixel_purchase']) {
    expect({ ...row?.actions?.find(({ action_type }) => action_type === type), action_type: 'omni_purchase' }).toEqual(omni)
  }
  const count = (key: string): number => Number(omni?.[key])
  expect(count('value')).toBe(count('7d_click') + count('1d_view'))
  expect(count('1d_click')).toBeLessThan(count('7d_click'))
  expect(count('7d_click')).toBeLessThanOrEqual(count('28d_click'))
})

it('rows are text with their ids and days, and an object without delivery has no rows', async () => {
  const client = await start({ now: new Clock().now })
  const list = await rows(client, { level: 'adset', date_preset: 'yesterday', time_increment: '1' })
  expect(list.length).toBe(11)
  expect(list.map(({ adset_id }) => adset_id)).not.toContain(adsetId('streetwear'))
  for (const row of list) {
    expect(row).toMatchObject({ date_start: '2026-03-10', date_stop: '2026-03-10' })
    expect(row.spend).toMatch(/^\d+(\.\d{1,2})?$/)
    expect(row).not.toHaveProperty('ad_id')
  }
  const older = await rows(client, { level: 'adset', time_range: { since: '2025-12-01', until: '2025-12-01' } })
  expect(older.map(({ adset_id }) => adset_id)).not.toContain(adsetId('yeni-kadin'))
})

it('there are at least 120 days of history', async () => {
  const client = await start({ now: new Clock().now })
  expect((await rows(client, { level: 'account', date_preset: 'maximum', time_increment: '1' })).length).toBeGreaterThan(120)
})

it('reach does not add up, and is never more than impressions', async () => {
  const client = await start({ now: new Clock().now })
  const fields = 'reach,impressions,frequency'
  const [week] = await rows(client, { fields, date_preset: 'last_7d' })
  const days = await rows(client, { fields, date_preset: 'last_7d', time_increment: '1' })
  expect(Number(week?.reach)).toBeLessThan(days.reduce((sum, { reach }) => sum + Number(reach), 0))
  for (const row of [...days, week!]) expect(Number(row.reach)).toBeLessThanOrEqual(Number(row.impressions))
})

it('filters, sorts, sums up, and returns only rows below the requested node', async () => {
  const client = await start({ now: new Clock().now })
  const sorted = await rows(client, { level: 'adset', date_preset: 'last_7d', sort: 'spend_descending' })
  const spends = sorted.map(({ spend }) => Number(spend))
  expect(spends).toEqual([...spends].sort((a, b) => b - a))
  const filtering = [
    { field: 'adset.id', operator: 'IN', value: [adsetId('broad'), adsetId('followers')] },
    { field: 'ad.spend', operator: 'GREATER_THAN', value: 2000 },
  ]
  expect((await rows(client, { level: 'adset', date_preset: 'last_7d', filtering })).map(({ adset_id }) => adset_id)).toEqual([
    adsetId('broad'),
  ])
  const under = await rows(client, { level: 'ad', date_preset: 'last_7d' }, `/v27.0/${campaignIdAt(1)}`)
  expect(new Set(under.map(({ campaign_id }) => campaign_id))).toEqual(new Set([campaignIdAt(1)]))
  const { body } = await client.get<Rows & { summary: Row }>(`${ACCOUNT}/insights`, {
    level: 'adset',
    fields: FIELDS,
    summary: 'spend',
    limit: '2',
  })
  const [whole] = await rows(client, {})
  expect(body.summary.spend).toBe(whole?.spend)
  expect(body.paging?.next).toContain('after=')
})

it('a report advances with each poll, and returns the same rows as a direct call, in pages', async () => {
  const client = await start({ now: new Clock().now })
  const parameters = { level: 'adset', fields: FIELDS, date_preset: 'last_30d', time_increment: 1 }
  const started = await client.post<{ report_run_id: string }>(`${ACCOUNT}/insights`, parameters)
  const run = `/v27.0/${started.body.report_run_id}`
  expect((await client.get(`${run}/insights`)).status).toBe(400)
  const states: unknown[] = []
  for (let look = 0; look < 4; look++) {
    const { body } = await client.get<Record<string, unknown>>(run)
    states.push([body.async_status, body.async_percent_completion])
  }
  expect(states).toEqual([
    ['Job Started', 0],
    ['Job Running', 60],
    ['Job Completed', 100],
    ['Job Completed', 100],
  ])
  const collected: Row[] = []
  let { body } = await client.get<Rows>(`${run}/insights`, { limit: '100' })
  collected.push(...body.data)
  while (body.paging?.next !== undefined) {
    body = (await (await fetch(body.paging.next)).json()) as Rows
    collected.push(...body.data)
  }
  expect(collected).toEqual(await rows(client, parameters))
})

it('a report accepts queries that are too large for a direct call', async () => {
  const client = await start({ now: new Clock().now })
  const started = await client.post<{ report_run_id: string }>(`${ACCOUNT}/insights`, {
    level: 'ad',
    date_preset: 'maximum',
    time_increment: 1,
  })
  for (let look = 0; look < 3; look++) await client.get(`/v27.0/${started.body.report_run_id}`)
  const { body } = await client.get<Rows>(`/v27.0/${started.body.report_run_id}/insights`, { limit: '5000' })
  expect(body.data.length).toBeGreaterThan(2000)
})
