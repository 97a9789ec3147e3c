import { expect, it } from 'vitest'

import { DAY } from '../base/calendar.js'
import { IDENTITY } from '../base/identity.js'
import { outcomeOf } from '../delivery/outcome.js'
import { ACCOUNT, type Client, Clock, start } from '../test-client.js'
import { adsetId } from '../world/seed.js'
import type { ActionStats, ResultStats } from './columns.js'

interface Row {
  readonly actions?: ActionStats[]
  readonly conversions?: ActionStats[]
  readonly results?: ResultStats[]
  readonly spend: string
  readonly attribution_setting?: string
}

const PIXEL = { pixel_id: IDENTITY.pixelId }
const PAGE = { page_id: IDENTITY.pageId }
const HOURLY = 'hourly_stats_aggregated_by_advertiser_time_zone'

async function make(client: Client, edge: string, fields: Record<string, unknown>): Promise<string> {
  const { body } = await client.post<{ id?: string }>(`${ACCOUNT}/${edge}`, fields)
  if (body.id === undefined) throw new Error(JSON.stringify(body))
  return body.id
}

/** Creates an active ad set with an ad, and moves the clock on by five days. */
async function adset(client: Client, clock: Clock, objective: string, goal: Record<string, unknown>): Promise<string> {
  const campaign = await make(client, 'campaigns', {
    name: 'K',
    objective,
    special_ad_categories: [],
    is_adset_budget_sharing_enabled: false,
    status: 'ACTIVE',
  })
  const id = await make(client, 'adsets', {
    name: 'R',
    campaign_id: campaign,
    daily_budget: 50_000,
    billing_event: 'IMPRESSIONS',
    targeting: { geo_locations: { countries: ['TR'] } },
    ...goal,
  })
  const creative = { creative_id: await make(client, 'adcreatives', { name: 'G', object_story_id: `${IDENTITY.pageId}_1` }) }
  await make(client, 'ads', { name: 'A', adset_id: id, creative, status: 'ACTIVE' })
  clock.forward(5 * DAY)
  return id
}

const fields = 'spend,actions,conversions,results,attribution_setting'
const rows = async (client: Client, id: string, more: Record<string, unknown> = {}): Promise<Row[]> =>
  (await client.get<{ data: Row[] }>(`/v27.0/${id}/insights`, { fields, date_preset: 'last_3d', limit: '500', ...more })).body
    .data
const countOf = (list: readonly ActionStats[] | undefined, type: string): number =>
  Number(list?.find(({ action_type }) => action_type === type)?.value ?? 0)

it.each([
  ['INITIATED_CHECKOUT', 'actions', 'offsite_conversion.fb_pixel_initiate_checkout'],
  ['CONTENT_VIEW', 'actions', 'offsite_conversion.fb_pixel_view_content'],
  ['CONTACT', 'conversions', 'contact_total'],
  ['SUBMIT_APPLICATION', 'conversions', 'submit_application_total'],
])('an ad set that looks for %s reports it in %s as %s, and no purchases', async (custom_event_type, field, type) => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const goal = { optimization_goal: 'OFFSITE_CONVERSIONS', promoted_object: { ...PIXEL, custom_event_type } }
  const [row] = await rows(client, await adset(client, clock, 'OUTCOME_SALES', goal))
  const count = countOf(row?.[field as 'actions' | 'conversions'], type)
  expect(count).toBeGreaterThan(3)
  expect(countOf(row?.[field === 'actions' ? 'conversions' : 'actions'], type)).toBe(0)
  expect(countOf(row?.actions, 'omni_purchase')).toBe(0)
  const indicator = `${field}:${type.replace('_total', '_website')}`
  expect(row?.results?.[0]).toMatchObject({ indicator, values: [{ attribution_windows: ['default'] }] })
})

it.each([
  ['POST_ENGAGEMENT', 'ON_POST', 'actions:post_engagement'],
  ['PAGE_LIKES', 'ON_PAGE', 'actions:like'],
  ['THRUPLAY', 'ON_VIDEO', 'video_thruplay_watched_actions'],
])('the results of %s are counted by their own indicator', async (optimization_goal, destination_type, indicator) => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const goal = { optimization_goal, destination_type, promoted_object: PAGE }
  const [row] = await rows(client, await adset(client, clock, 'OUTCOME_ENGAGEMENT', goal))
  expect(row?.results?.[0]?.indicator).toBe(indicator)
  expect(Number(row?.results?.[0]?.values?.[0]?.value)).toBeGreaterThan(0)
})

it('an ad set for forms also gets leads on the website, which do not count as its results, and on some days only those', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const form = { optimization_goal: 'LEAD_GENERATION', destination_type: 'ON_AD', promoted_object: PAGE, daily_budget: 11_000 }
  const id = await adset(client, clock, 'OUTCOME_LEADS', form)
  clock.forward(20 * DAY)
  const days = await rows(client, id, { date_preset: 'last_28d', time_increment: '1' })
  const sum = (type: string): number => days.reduce((total, row) => total + countOf(row.actions, type), 0)
  const [ofForms, ofPixel] = [sum('onsite_conversion.lead_grouped'), sum('offsite_conversion.fb_pixel_lead')]
  expect(ofForms).toBeGreaterThan(0)
  expect(ofPixel).toBeGreaterThan(0)
  expect(sum('lead')).toBe(ofForms + ofPixel)
  for (const { actions, results } of days) {
    const own = countOf(actions, 'onsite_conversion.lead_grouped')
    expect(results?.[0]?.indicator).toBe('actions:onsite_conversion.lead_grouped')
    expect(Number(results?.[0]?.values?.[0]?.value ?? 0)).toBe(own)
  }
  // Meta names the action without a number, although the row has leads of another kind.
  expect(days.some(({ actions, results }) => results?.[0]?.values === undefined && countOf(actions, 'lead') > 0)).toBe(true)
})

it('an event on a website is counted by channel, and the total of all channels includes the app’s events', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const goal = { optimization_goal: 'OFFSITE_CONVERSIONS', promoted_object: { ...PIXEL, custom_event_type: 'CONTACT' } }
  const [row] = await rows(client, await adset(client, clock, 'OUTCOME_SALES', goal))
  const [site, app] = ['contact_website', 'contact_mobile_app'].map((type) => countOf(row?.conversions, type))
  expect(site).toBeGreaterThan(0)
  expect(app).toBeGreaterThan(0)
  expect(countOf(row?.conversions, 'contact_total')).toBe(site! + app!)
  expect(row?.results?.[0]).toMatchObject({ indicator: 'conversions:contact_website', values: [{ value: String(site) }] })
})

it('an event in an app has the app’s type, and a custom one the type of all other events', () => {
  const app = { application_id: '1' }
  const of = (promoted_object: Record<string, string>) =>
    outcomeOf({ optimization_goal: 'OFFSITE_CONVERSIONS', promoted_object }).indicator
  expect(of({ ...app, custom_event_type: 'CONTACT' })).toBe('conversions:contact_mobile_app')
  expect(of({ ...app, custom_event_type: 'OTHER', custom_event_str: 'level_10' })).toBe('actions:app_custom_event.other')
  expect(of({ ...PIXEL, custom_event_type: 'OTHER', custom_event_str: 'Booked' })).toBe(
    'conversions:offsite_conversion.fb_pixel_custom.Booked',
  )
})

it('counts by the ad set’s own attribution, and returns that setting', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const goal = {
    optimization_goal: 'OFFSITE_CONVERSIONS',
    promoted_object: { ...PIXEL, custom_event_type: 'PURCHASE' },
    attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 1 }],
  }
  const id = await adset(client, clock, 'OUTCOME_SALES', goal)
  clock.forward(10 * DAY)
  const windows = { action_attribution_windows: ['1d_click', '7d_click', '1d_view'], date_preset: 'last_14d' }
  const [row] = await rows(client, id, windows)
  const purchase = row?.actions?.find(({ action_type }) => action_type === 'omni_purchase')
  expect(row?.attribution_setting).toBe('1d_click')
  expect(purchase?.value).toBe(purchase?.['1d_click'])
  expect(Number(purchase?.['7d_click'])).toBeGreaterThan(Number(purchase?.value))
})

it('can omit results outside of Meta, or all rows, from hourly answers', async () => {
  const client = await start({ now: new Clock().now })
  const ask = async (more: Record<string, unknown>): Promise<Row[]> =>
    (await client.get<{ data: Row[] }>(`${ACCOUNT}/insights`, { fields, date_preset: 'yesterday', level: 'adset', ...more })).body
      .data
  const purchases = (list: readonly Row[]): number => list.reduce((sum, row) => sum + countOf(row.actions, 'omni_purchase'), 0)
  const hours = { breakdowns: HOURLY, limit: '500' }
  expect(purchases(await ask(hours))).toBe(purchases(await ask({})))
  await client.faults({ kind: 'hours-without-conversions', match: { path: '/insights' } })
  const without = await ask(hours)
  expect(purchases(without)).toBe(0)
  expect(without.reduce((sum, row) => sum + countOf(row.actions, 'link_click'), 0)).toBeGreaterThan(0)
  expect(purchases(await ask({}))).toBeGreaterThan(0)
  await client.faults({ kind: 'hours-without-rows', match: { path: '/insights' } })
  expect(await ask(hours)).toEqual([])
})

it('returns no conversions across ad sets with several attribution settings, unless windows are named', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const one = { attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 1 }] }
  await client.post(`/v27.0/${adsetId('benzer-1')}`, one)
  const ask = async (more: Record<string, unknown>): Promise<Row | undefined> =>
    (await client.get<{ data: Row[] }>(`${ACCOUNT}/insights`, { fields, date_preset: 'last_7d', ...more })).body.data[0]
  const whole = await ask({})
  expect([whole?.attribution_setting, countOf(whole?.actions, 'omni_purchase')]).toEqual(['mixed', 0])
  expect(countOf(whole?.actions, 'link_click')).toBeGreaterThan(0)
  const windows = { action_attribution_windows: ['7d_click', '1d_view'] }
  expect(countOf((await ask(windows))?.actions, 'omni_purchase')).toBeGreaterThan(0)
})
