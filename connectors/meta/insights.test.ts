import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type ScriptedServer, startScriptedServer } from '../../test/conformance/scripted-server.js'
import { MetaError } from '../connector-error.js'
import type { MetaClient } from './client.js'
import { createMetaClient } from './create-client.js'
import type { InsightsRequest } from './insights.js'

let server: ScriptedServer
let client: MetaClient

beforeAll(async () => {
  server = await startScriptedServer()
  client = createMetaClient({ baseUrl: server.url, token: () => 'token' })
})
afterEach(() => {
  server.requests.length = 0
})
afterAll(async () => {
  await client.close()
  await server.close()
})

const REQUEST: InsightsRequest = {
  accountId: 'act_1',
  currency: 'TRY',
  level: 'adset',
  since: '2026-03-01',
  until: '2026-03-02',
  increment: 'day',
  attribution: ['7d_click', '1d_view'],
}

const ROW = {
  account_id: '1',
  campaign_id: '2',
  adset_id: '3',
  date_start: '2026-03-01',
  date_stop: '2026-03-01',
  spend: '47.23',
  impressions: '10000',
  clicks: '531',
  outbound_clicks: [{ action_type: 'outbound_click', value: '200' }],
  video_thruplay_watched_actions: [{ action_type: 'video_view', value: '31' }],
  actions: [
    { action_type: 'link_click', value: '233' },
    { action_type: 'purchase', value: '4', '7d_click': '3', '1d_view': '1' },
    { action_type: 'omni_purchase', value: '5', '7d_click': '4', '1d_view': '1', '1d_click': '2' },
    { action_type: 'offsite_conversion.fb_pixel_purchase', value: '4', '7d_click': '3', '1d_view': '1' },
    { action_type: 'onsite_conversion.lead_grouped', value: '2', '28d_click': '2' },
  ],
  action_values: [{ action_type: 'omni_purchase', value: '1850.5', '7d_click': '1500.25', '1d_view': '350.25' }],
}

async function rowOf(row: object, request: Partial<InsightsRequest> = {}) {
  server.answer({ json: { data: [row] } })
  const [read] = await client.readInsights({ ...REQUEST, ...request })
  if (read === undefined) throw new Error('there is no row')
  return read
}

describe('a row of insights', () => {
  it('has money in minor units, and counts each conversion once, by its broadest action type', async () => {
    expect(await rowOf(ROW)).toEqual({
      level: 'adset',
      entity_id: '3',
      campaign_id: '2',
      adset_id: '3',
      day: '2026-03-01',
      hour: null,
      spend: 4_723,
      impressions: 10_000,
      clicks: 531,
      measures: {
        link_clicks: 233,
        outbound_clicks: 200,
        landing_page_views: 0,
        video_3s_views: 0,
        thruplays: 31,
        purchases: 5,
        leads: 0,
        add_to_cart: 0,
        installs: 0,
        messages: 0,
        revenue: 185_050,
        'action:link_click': 233,
        'action:purchase': 4,
        'action:omni_purchase': 5,
        'action:offsite_conversion.fb_pixel_purchase': 4,
        'action:onsite_conversion.lead_grouped': 0,
        'value:omni_purchase': 185_050,
      },
    })
  })

  it('does not count purchases on Meta alone as all purchases, since an hourly row may lack those on a website', async () => {
    const actions = [{ action_type: 'onsite_conversion.purchase', value: '2', '7d_click': '2' }]
    const { measures } = await rowOf({ ...ROW, actions, action_values: [] })
    expect(measures).toMatchObject({ purchases: 0, 'action:onsite_conversion.purchase': 2 })
  })

  it('counts by the longest window of each kind, or by the ad set’s own setting if none is requested', async () => {
    const purchases = async (attribution: string[]) => (await rowOf(ROW, { attribution })).measures.purchases
    expect(await purchases(['1d_click'])).toBe(2)
    expect(await purchases(['1d_click', '7d_click'])).toBe(4)
    expect(await purchases(['1d_view'])).toBe(1)
    expect(server.requests.at(-1)?.query.get('action_attribution_windows')).toBe('["1d_view"]')
    expect(await purchases([])).toBe(5)
    expect(server.requests.at(-1)?.query.has('action_attribution_windows')).toBe(false)
  })

  it('has zero for counts that Meta leaves out', async () => {
    const { spend, impressions, clicks, actions, action_values, outbound_clicks, video_thruplay_watched_actions, ...bare } = ROW
    expect([spend, impressions, clicks, actions, action_values, outbound_clicks, video_thruplay_watched_actions]).toHaveLength(7)
    const row = await rowOf(bare)
    expect([row.spend, row.impressions, row.clicks, ...Object.values(row.measures)].every((number) => number === 0)).toBe(true)
  })

  it('has whole amounts in a currency without minor units', async () => {
    expect((await rowOf({ ...ROW, spend: '4723.00' }, { currency: 'JPY' })).spend).toBe(4_723)
  })

  it('with several attribution settings has unknown off-Meta conversions; actions on Meta are known', async () => {
    const own = { attribution: [] }
    const actions = [
      { action_type: 'link_click', value: '233' },
      { action_type: 'lead', value: '2' },
      { action_type: 'onsite_conversion.lead_grouped', value: '2' },
    ]
    const mixed = { ...ROW, actions, action_values: undefined, attribution_setting: 'mixed' }
    for (const level of ['campaign', 'account'] as const) {
      const { measures } = await rowOf(mixed, { ...own, level })
      expect(measures).toMatchObject({ purchases: null, revenue: null, leads: null, 'action:lead': null, 'off-meta': null })
      expect(measures).toMatchObject({ link_clicks: 233, thruplays: 31, 'action:onsite_conversion.lead_grouped': 2 })
      expect(server.requests.at(-1)?.query.get('fields')).toContain('attribution_setting')
      expect((await rowOf({ ...mixed, attribution_setting: '7d_click_1d_view' }, { ...own, level })).measures).toMatchObject({
        purchases: 0,
        leads: 2,
      })
      // If windows are requested, Meta includes them.
      expect((await rowOf(ROW, { level })).measures).toMatchObject({ purchases: 5 })
      expect(server.requests.at(-1)?.query.get('fields')).not.toContain('attribution_setting')
    }
  })

  it('has its hour if hours were requested', async () => {
    const hourly = { ...ROW, hourly_stats_aggregated_by_advertiser_time_zone: '13:00:00 - 13:59:59' }
    expect((await rowOf(hourly, { increment: 'hour' })).hour).toBe(13)
    expect(server.requests[0]?.query.get('breakdowns')).toBe('["hourly_stats_aggregated_by_advertiser_time_zone"]')
  })

  it.each([
    [{ spend: '47,23' }, 'data[0].spend'],
    [{ spend: 'NaN' }, 'data[0].spend'],
    [{ impressions: '1.5' }, 'data[0].impressions'],
    [{ clicks: '-1' }, 'data[0].clicks'],
    [{ date_stop: '2026-03-02' }, 'data[0].date_stop'],
    [{ date_start: '1 March' }, 'data[0].date_start'],
    [{ adset_id: undefined }, 'data[0].adset_id'],
    [{ actions: { purchase: 1 } }, 'data[0].actions'],
    [{ actions: [{ action_type: 'purchase', '7d_click': 'many' }] }, 'data[0].actions[0].7d_click'],
    [
      {
        actions: [
          { action_type: 'like', value: '1' },
          { action_type: 'like', value: '2' },
        ],
      },
      'data[0].actions[1].action_type',
    ],
    [{ action_values: [{ action_type: 'omni_purchase', '7d_click': '1e3' }] }, 'data[0].action_values[0].7d_click'],
  ])('with an unexpected shape gives an error that states the place: %o', async (change, path) => {
    server.answer({ json: { data: [{ ...ROW, ...change }] } })
    await expect(client.readInsights(REQUEST)).rejects.toMatchObject({ kind: 'unexpected-answer', path })
  })

  it('gives an error if hours were requested and it has none', async () => {
    for (const hour of [undefined, '24:00:00 - 24:59:59', '13:00:00 - 14:59:59', '13']) {
      const row = { ...ROW, hourly_stats_aggregated_by_advertiser_time_zone: hour }
      await expect(rowOf(row, { increment: 'hour' })).rejects.toMatchObject({ kind: 'unexpected-answer' })
    }
  })
})

describe('insights that are too large for a direct answer', () => {
  const tooLarge = (code: number, subcode?: number) => ({
    status: 400,
    json: { error: { message: 'Please reduce the amount of data', code, error_subcode: subcode, fbtrace_id: 'x' } },
  })

  it.each([
    [100, 1487534],
    [2, 1504038],
    [100, 1504018],
  ])('(%i/%i) need a report, which the client does not start by itself', async (code, subcode) => {
    server.answer(tooLarge(code, subcode))
    await expect(client.readInsights(REQUEST, { page: 500 })).rejects.toMatchObject({ kind: 'too-much-data', code, subcode })
    expect(server.requests).toHaveLength(1)
  })

  it.each([undefined, 2])('(1/%o) need a smaller page, if the caller can reduce it', async (subcode) => {
    const answer = tooLarge(1, subcode)
    server.answer(answer, answer, answer)
    await expect(client.readInsights(REQUEST, { page: 250 })).rejects.toMatchObject({ kind: 'page-too-large', retryable: true })
    expect(server.requests[0]?.query.get('limit')).toBe('250')
    await expect(client.listAds('act_1', { page: 50 })).rejects.toMatchObject({ kind: 'page-too-large' })
    // For callers that cannot reduce the page, it is an outage like any other.
    await expect(client.listAds('act_1')).rejects.toMatchObject({ kind: 'temporarily-unavailable', retryable: true })
  })

  it('(1/99) means a wrong level, for which fewer rows or days do not help', async () => {
    server.answer(tooLarge(1, 99), tooLarge(1, 99))
    await expect(client.readInsights(REQUEST, { page: 250 })).rejects.toMatchObject({ kind: 'temporarily-unavailable' })
    await expect(client.startInsightsReport(REQUEST)).rejects.toMatchObject({ kind: 'temporarily-unavailable' })
  })

  it('(1) means too many days if a report is refused or fails with it', async () => {
    server.answer(tooLarge(1))
    const tooMuch = { kind: 'too-much-data', retryable: false }
    await expect(client.startInsightsReport(REQUEST)).rejects.toMatchObject(tooMuch)
    const failed = (error_code: number) => ({
      json: { id: '9', async_status: 'Job Failed', async_percent_completion: 60, error_code, error_subcode: 99 },
    })
    server.answer(failed(1), failed(-2))
    await expect(client.pollReport('9', REQUEST)).rejects.toMatchObject(tooMuch)
    await expect(client.pollReport('9', REQUEST)).rejects.toMatchObject({ kind: 'report-failed' })
  })

  it.each([
    ['copies', () => client.listCopies('campaign', '1')],
    ['parts', () => client.listParts('campaign', '1')],
    ['activities', () => client.listActivities('act_1', { since: 0, until: 1 })],
  ])('(1) the list of %s is requested in smaller pages, until a refusal of the smallest counts as an outage', async (_, list) => {
    server.answer(tooLarge(1), tooLarge(1), { json: { data: [] } })
    expect(await list()).toEqual([])
    const sizes = () => server.requests.map(({ query }) => query.get('limit'))
    expect(sizes()).toEqual(['200', '100', '50'])
    server.requests.length = 0
    server.answer(...Array.from({ length: 6 }, () => tooLarge(1)))
    await expect(list()).rejects.toMatchObject({ kind: 'temporarily-unavailable' })
    expect(sizes()).toEqual(['200', '100', '50', '25', '12'])
  })

  it('are requested as a report, whose id may be a text, a number or a plain value', async () => {
    for (const json of [{ report_run_id: '60239201490501234' }, { report_run_id: 6023920149050 }, 6023920149050]) {
      server.answer({ json })
      const id = typeof json === 'number' ? String(json) : String(json.report_run_id)
      expect(await client.startInsightsReport(REQUEST)).toBe(id)
    }
    const form = new URLSearchParams(server.requests[1]?.body)
    expect(form.get('time_range')).toBe('{"since":"2026-03-01","until":"2026-03-02"}')
    expect(form.get('time_increment')).toBe('1')
  })

  it('are polled until the rows are ready; a report that is completed below 100% is not ready', async () => {
    const state = (async_status: string, async_percent_completion: number) => ({
      json: { id: '9', async_status, async_percent_completion },
    })
    for (const answer of [state('Job Not Started', 0), state('Job Running', 50), state('Job Completed', 99)]) {
      server.answer(answer)
      await expect(client.pollReport('9', REQUEST)).rejects.toMatchObject({ kind: 'not-ready', retryable: true })
    }
    server.answer(state('Job Completed', 100), { json: { data: [ROW] } })
    expect(await client.pollReport('9', REQUEST)).toMatchObject([{ entity_id: '3', spend: 4_723 }])
    expect(server.requests.at(-1)?.path).toBe('/v27.0/9/insights')
  })

  it.each([
    [{ async_status: 'Job Failed', error_code: -2, error_subcode: 2490547 }, 'report-failed'],
    [{ async_status: 'Job Failed', error_code: -3, error_subcode: 1504045, error_message: 'Too large' }, 'too-much-data'],
    [{ async_status: 'Job Failed' }, 'report-failed'],
    [{ async_status: 'Job Skipped' }, 'report-failed'],
    [{ async_status: 'Job Undone' }, 'unexpected-answer'],
  ])('that failed at Meta are not to be polled again: %o', async (answer, kind) => {
    server.answer({ json: { id: '9', ...answer } })
    await expect(client.pollReport('9', REQUEST)).rejects.toMatchObject({ kind, retryable: false })
  })

  it('are not those that are refused for another reason', async () => {
    server.answer({ status: 400, json: { error: { message: 'no', code: 100, fbtrace_id: 'x' } } })
    await expect(client.readInsights(REQUEST)).rejects.toBeInstanceOf(MetaError)
    expect(server.requests).toHaveLength(1)
  })
})

describe('reach', () => {
  it('is requested for one window, and rows of another one are refused', async () => {
    const row = { account_id: '1', campaign_id: '2', adset_id: '3', date_start: '2026-03-01', date_stop: '2026-03-07' }
    server.answer({ json: { data: [{ ...row, reach: '900', impressions: '1800', frequency: '2' }] } })
    const request = { accountId: 'act_1', level: 'adset', since: '2026-03-01', until: '2026-03-07' } as const
    expect(await client.readReach(request)).toEqual([
      { entity_id: '3', since: '2026-03-01', until: '2026-03-07', reach: 900, frequency: 2 },
    ])
    expect(server.requests[0]?.query.get('fields')).toBe('adset_id,reach,frequency')
    expect(server.requests[0]?.query.get('time_increment')).toBe('all_days')
    await expect(client.readReach({ ...request, until: '2026-03-08' })).rejects.toMatchObject({ kind: 'unexpected-answer' })
  })

  it('is null and not zero if Meta leaves it out of a row', async () => {
    server.answer({ json: { data: [{ adset_id: '3', date_start: '2026-03-01', date_stop: '2026-03-07' }] } })
    const request = { accountId: 'act_1', level: 'adset', since: '2026-03-01', until: '2026-03-07' } as const
    expect(await client.readReach(request)).toMatchObject([{ entity_id: '3', reach: null, frequency: null }])
  })
})
