import { expect, it } from 'vitest'

import { IDENTITY } from '../base/identity.js'
import { Clock, type ErrorAnswer, start } from '../test-client.js'

type Client = Awaited<ReturnType<typeof start>>

const AUTOMATION = { advantage_audience: 0 }

async function adset(client: Client, version: string, objective: string, automation: object): Promise<unknown> {
  const account = `/${version}/act_${IDENTITY.accountId}`
  const campaign = await client.post<{ id: string }>(`${account}/campaigns`, {
    name: 'x',
    objective,
    special_ad_categories: [],
    is_adset_budget_sharing_enabled: false,
    status: 'PAUSED',
  })
  const { body } = await client.post<{ id?: string } & Partial<ErrorAnswer>>(`${account}/adsets`, {
    name: 'x',
    campaign_id: campaign.body.id,
    daily_budget: '50000',
    bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
    billing_event: 'IMPRESSIONS',
    optimization_goal: 'LINK_CLICKS',
    ...(objective === 'OUTCOME_SALES' ? { promoted_object: { pixel_id: IDENTITY.pixelId, custom_event_type: 'PURCHASE' } } : {}),
    targeting: { geo_locations: { countries: ['TR'] }, targeting_automation: automation },
    status: 'PAUSED',
  })
  if (body.id === undefined) return body.error?.code
  const read = await client.get<{ targeting: { targeting_automation: unknown } }>(`/${version}/${body.id}`, {
    fields: 'targeting',
  })
  return read.body.targeting.targeting_automation
}

it('since v27.0 a new sales ad set reaches people on other devices unless it opts out', async () => {
  const client = await start()
  const made = (version: string, objective: string, automation: object = AUTOMATION) =>
    adset(client, version, objective, automation)
  expect(await made('v27.0', 'OUTCOME_SALES')).toEqual({ ...AUTOMATION, individual_setting: { device: 1 } })
  const no = { ...AUTOMATION, individual_setting: { device: 0 } }
  expect(await made('v27.0', 'OUTCOME_SALES', no)).toEqual(no)
  expect(await made('v27.0', 'OUTCOME_TRAFFIC')).toEqual(AUTOMATION)
  expect(await made('v26.0', 'OUTCOME_SALES')).toEqual(AUTOMATION)
  expect(await made('v26.0', 'OUTCOME_SALES', no)).toBe(100)
})

it('since v27.0 a new creative may show products of a catalogue unless it opts out', async () => {
  const client = await start()
  const features = async (version: string, more: object) => {
    const account = `/${version}/act_${IDENTITY.accountId}`
    const { body } = await client.post<{ id: string }>(`${account}/adcreatives`, {
      name: 'x',
      object_story_spec: { page_id: IDENTITY.pageId, link_data: { link: 'https://modatr.example/', message: 'x' } },
      ...more,
    })
    const read = await client.get<{ degrees_of_freedom_spec?: { creative_features_spec: unknown } }>(`/${version}/${body.id}`, {
      fields: 'degrees_of_freedom_spec',
    })
    return read.body.degrees_of_freedom_spec?.creative_features_spec
  }
  const said = (enroll_status: string) => ({ product_extensions: { enroll_status } })
  expect(await features('v27.0', {})).toEqual(said('OPT_IN'))
  const no = { degrees_of_freedom_spec: { creative_features_spec: said('OPT_OUT') } }
  expect(await features('v27.0', no)).toEqual(said('OPT_OUT'))
  expect(await features('v26.0', {})).toBeUndefined()
})

it('a version works until its last day, and a path without a version means the newest', async () => {
  const clock = new Clock(Date.parse('2027-02-22T23:59:00Z'))
  const client = await start({ now: clock.now })
  const status = async (version: string) =>
    (await client.get<Partial<ErrorAnswer>>(`${version}/act_${IDENTITY.accountId}`)).body.error?.code
  for (const version of ['/v27.0', '/v26.0', '/v25.0', '']) expect(await status(version)).toBeUndefined()
  for (const version of ['/v24.0', '/v28.0']) expect(await status(version)).toBe(2635)
  clock.forward(60_000)
  expect(await status('/v25.0')).toBe(2635)
})

it('with Advantage+ audience a maximum age below 65 is refused, and 65 means no maximum', async () => {
  const client = await start()
  const made = async (age_max: number, advantage_audience: number) => {
    const { body } = await client.post<Partial<ErrorAnswer>>(`/v27.0/${await newest(client)}`, {
      targeting: { geo_locations: { countries: ['TR'] }, age_max, targeting_automation: { advantage_audience } },
    })
    return body.error?.error_subcode
  }
  expect(await made(64, 1)).toBe(1870189)
  expect(await made(65, 1)).toBeUndefined()
  expect(await made(44, 0)).toBeUndefined()
})

const newest = async (client: Client): Promise<string> =>
  (await client.get<{ data: { id: string }[] }>(`/v27.0/act_${IDENTITY.accountId}/adsets`)).body.data[0]!.id
