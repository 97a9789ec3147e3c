import { expect, it } from 'vitest'

import { ACCOUNT, type Client, Clock, type ErrorAnswer, start } from '../test-client.js'
import { adsetId } from '../world/seed.js'
import { HOURLY } from './breakdowns.js'

type Row = Record<string, string> & { actions?: Array<{ action_type: string; value: string; '1d_view'?: string }> }

const FIELDS = ['spend', 'impressions', 'clicks', 'actions', 'adset_id']

async function rowsOf(client: Client, parameters: Record<string, unknown>, path = ACCOUNT): Promise<Row[]> {
  const { body } = await client.get<{ data: Row[] }>(`${path}/insights`, {
    fields: FIELDS,
    date_preset: 'last_3d',
    limit: '5000',
    ...parameters,
  })
  return body.data
}

const action = (row: Row | undefined, type: string): number =>
  Number(row?.actions?.find(({ action_type: each }) => each === type)?.value ?? 0)

/** Sums of minor units and whole numbers. */
const sums = (rows: readonly Row[]): Record<string, number> => ({
  spend: rows.reduce((sum, { spend = '' }) => sum + Math.round(100 * Number(spend)), 0),
  impressions: rows.reduce((sum, { impressions }) => sum + Number(impressions), 0),
  clicks: rows.reduce((sum, { clicks }) => sum + Number(clicks), 0),
  purchases: rows.reduce((sum, row) => sum + action(row, 'purchase'), 0),
})

it.each([
  ['age'],
  ['gender'],
  ['age,gender'],
  ['country'],
  ['region'],
  ['dma'],
  ['publisher_platform'],
  ['publisher_platform,platform_position'],
  ['publisher_platform,device_platform'],
  ['device_platform'],
  [HOURLY],
])('the parts by %s come to the whole, at each level and by each day', async (breakdowns) => {
  const client = await start({ now: new Clock().now })
  for (const more of [{}, { level: 'ad' }, { level: 'adset', time_increment: '1' }]) {
    const [parts, whole] = [await rowsOf(client, { ...more, breakdowns }), await rowsOf(client, more)]
    expect(sums(parts)).toEqual(sums(whole))
    for (const row of parts) for (const name of breakdowns.split(',')) expect(row[name]).toMatch(/./)
  }
})

it('a part of an account is the sum of the same part of its ad sets', async () => {
  const client = await start({ now: new Clock().now })
  const women = (rows: readonly Row[]): Row[] => rows.filter(({ gender }) => gender === 'female')
  const of = async (level: string): Promise<Record<string, number>> =>
    sums(women(await rowsOf(client, { level, breakdowns: 'gender' })))
  expect(await of('account')).toEqual(await of('adset'))
})

it('nobody outside of the targeting is reached', async () => {
  const client = await start({ now: new Clock().now })
  const rows = await rowsOf(client, { breakdowns: 'age,gender' }, `/v27.0/${adsetId('kadin-genis')}`)
  expect(new Set(rows.map(({ age }) => age))).toEqual(new Set(['25-34', '35-44']))
  expect(rows.some(({ gender }) => gender === 'male')).toBe(false)
})

it('breakdowns that cannot be combined are refused, and those that Meta may answer without rows get none', async () => {
  const client = await start({ now: new Clock().now })
  for (const breakdowns of ['age,country', 'impression_device', 'platform_position', `${HOURLY},age`]) {
    const { body } = await client.get<ErrorAnswer>(`${ACCOUNT}/insights`, { breakdowns, fields: 'spend' })
    expect([body.error.code, body.error.error_subcode], breakdowns).toEqual([2, 1504041])
  }
  for (const breakdowns of [
    'publisher_platform,impression_device',
    'hourly_stats_aggregated_by_audience_time_zone',
    'frequency_value',
    'product_id',
  ]) {
    expect(await rowsOf(client, { breakdowns }), breakdowns).toEqual([])
  }
})

it('actions have their destination, and can be filtered by type and number', async () => {
  const client = await start({ now: new Clock().now })
  const [row] = await rowsOf(client, { action_breakdowns: ['action_type', 'action_destination', 'action_target_id'] })
  expect(row?.actions?.[0]).toMatchObject({ action_destination: 'modatr.example', action_target_id: '1234567890' })
  const [links] = await rowsOf(client, { filtering: [{ field: 'action_type', operator: 'IN', value: ['link_click'] }] })
  expect(links?.actions?.map(({ action_type: type }) => type)).toEqual(['link_click'])
  const all = await rowsOf(client, { level: 'adset' })
  const most = Math.max(...all.map((each) => action(each, 'purchase')))
  const best = await rowsOf(client, {
    level: 'adset',
    filtering: [{ field: 'actions:purchase', operator: 'GREATER_THAN_OR_EQUAL', value: most }],
  })
  expect(best.map((each) => action(each, 'purchase'))).toEqual([most])
})

it('objects and rows can be filtered by label', async () => {
  const client = await start({ now: new Clock().now })
  const id = adsetId('kadin-genis')
  await client.post(`/v27.0/${id}/adlabels`, { adlabels: [{ name: 'yaz' }, { name: 'kadın' }] })
  const list = async (operator: string, value: readonly string[]): Promise<string[]> =>
    (
      await client.get<{ data: { id: string }[] }>(`${ACCOUNT}/adsets`, {
        filtering: [{ field: 'adlabels', operator, value }],
        limit: '100',
      })
    ).body.data.map((each) => each.id)
  expect(await list('ANY', ['yaz', 'kış'])).toEqual([id])
  expect(await list('ALL', ['yaz', 'kış'])).toEqual([])
  expect(await list('NONE', ['yaz'])).not.toContain(id)
  const rows = await rowsOf(client, { level: 'adset', filtering: [{ field: 'adset.adlabels', operator: 'ANY', value: ['yaz'] }] })
  expect(rows.map(({ adset_id: each }) => each)).toEqual([id])
})
