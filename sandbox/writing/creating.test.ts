import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { DAY } from '../base/calendar.js'
import { IDENTITY } from '../base/identity.js'
import { ACCOUNT, type Client, Clock, type ErrorAnswer, NEW_ADSET, NEW_CAMPAIGN, start } from '../test-client.js'

const CAMPAIGN = { ...NEW_CAMPAIGN, status: 'ACTIVE' }
const POST = { name: 'Gönderi', object_story_id: `${IDENTITY.pageId}_1` }

async function create(client: Client, edge: string, fields: Record<string, unknown>): Promise<string> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const { body } = await client.post<{ id?: string }>(`${ACCOUNT}/${edge}`, given)
  if (body.id === undefined) throw new Error(JSON.stringify(body))
  return body.id
}

async function read(client: Client, id: string, fields: string): Promise<Record<string, unknown>> {
  return (await client.get<Record<string, unknown>>(`/v27.0/${id}`, { fields })).body
}

/** Creates an active campaign, ad set and ad with these budgets. */
async function launch(client: Client, campaignMore: object = {}, adsetMore: object = {}) {
  const campaign = await create(client, 'campaigns', { ...CAMPAIGN, ...campaignMore })
  const adset = await create(client, 'adsets', { ...NEW_ADSET, campaign_id: campaign, ...adsetMore })
  const creative = { creative_id: await create(client, 'adcreatives', POST) }
  const ad = await create(client, 'ads', { name: 'Reklam', adset_id: adset, creative })
  return { campaign, adset, ad }
}

async function spent(client: Client, id: string): Promise<number> {
  const { body } = await client.get<{ data: { spend: string }[] }>(`/v27.0/${id}/insights`, {
    fields: 'spend',
    date_preset: 'maximum',
  })
  return Number(body.data[0]?.spend ?? 0)
}

it('accepts a form, JSON and multipart', async () => {
  const client = await start()
  const byForm = await create(client, 'campaigns', CAMPAIGN)
  const json = await client.send<{ id: string }>('POST', `${ACCOUNT}/campaigns`, { ...CAMPAIGN, access_token: IDENTITY.token })
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...CAMPAIGN, access_token: IDENTITY.token })) {
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  const response = await fetch(`${client.sandbox.url}${ACCOUNT}/campaigns/`, { method: 'POST', body: form })
  const byParts = (await response.json()) as { id: string }
  const fields = 'name,objective,special_ad_categories,is_adset_budget_sharing_enabled,status'
  const [one, two, three] = [
    await read(client, byForm, fields),
    await read(client, json.body.id, fields),
    await read(client, byParts.id, fields),
  ]
  expect({ ...two, id: byForm }).toEqual(one)
  expect({ ...three, id: byForm }).toEqual(one)
})

it('creates a second object if the call is repeated, and logs what each call created', async () => {
  const client = await start()
  const ids = [await create(client, 'campaigns', CAMPAIGN), await create(client, 'campaigns', CAMPAIGN)]
  expect(new Set(ids).size).toBe(2)
  const logged = await client.requests('?path=campaigns&effects=true')
  expect(logged.map(({ mutation }) => mutation)).toEqual(
    ids.map((object) => ({ object, field: 'created', before: null, after: { kind: 'campaign', parent: null, name: 'Yaz' } })),
  )
})

it('makes objects without a status active, and creates an ad’s inline creative', async () => {
  const client = await start()
  const { adset } = await launch(client, { status: undefined })
  const ad = await create(client, 'ads', { name: 'Satır içi', adset_id: adset, creative: POST })
  const { body } = await client.get<{ status: string; creative: { id: string; name: string } }>(`/v27.0/${ad}`, {
    fields: 'status,creative{id,name}',
  })
  expect([body.status, body.creative.name]).toEqual(['ACTIVE', 'Gönderi'])
})

it('spends nothing during review, starts right afterwards, and never spends if rejected', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  // Six lira per second, so that single seconds are visible.
  const { adset, ad } = await launch(client, {}, { daily_budget: 50_000_000 })
  const story = { page_id: IDENTITY.pageId, link_data: { link: 'https://shop.disapproved.example' } }
  const rejected = await create(client, 'ads', { name: 'Ret', adset_id: adset, creative: { object_story_spec: story } })
  clock.forward(5_000)
  expect([await spent(client, ad), (await read(client, ad, 'effective_status')).effective_status]).toEqual([0, 'PENDING_REVIEW'])
  clock.forward(60_000)
  expect(await spent(client, ad)).toBeGreaterThan(100)
  expect([await spent(client, rejected), (await read(client, rejected, 'effective_status')).effective_status]).toEqual([
    0,
    'DISAPPROVED',
  ])
})

it('spends about its daily budget, and stops when it is paused', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const { campaign, adset, ad } = await launch(client)
  clock.forward(4 * DAY)
  const fourDays = await spent(client, ad)
  expect(fourDays).toBeGreaterThan(4 * 500 * 0.75)
  expect(fourDays).toBeLessThan(4 * 500 * 1.25)
  expect(await spent(client, campaign)).toBe(fourDays)
  await client.post(`/v27.0/${adset}`, { status: 'PAUSED' })
  clock.forward(2 * DAY)
  expect(await spent(client, ad)).toBe(fourDays)
})

it('respects its start and end, and a later change of the end', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const at = (days: number): string => new Date(clock.at + days * DAY).toISOString()
  const { adset } = await launch(client, {}, { start_time: at(2), end_time: at(5) })
  const end = at(10)
  clock.forward(2 * DAY)
  expect(await spent(client, adset)).toBe(0)
  clock.forward(2 * DAY)
  const soFar = await spent(client, adset)
  expect(soFar).toBeGreaterThan(0)
  await client.post(`/v27.0/${adset}`, { end_time: end })
  expect(await spent(client, adset)).toBe(soFar)
  clock.forward(5 * DAY)
  const later = await spent(client, adset)
  expect(later).toBeGreaterThan(5 * 500)
  clock.forward(5 * DAY)
  expect(await spent(client, adset)).toBeLessThan(8 * 500 * 1.25)
  expect((await client.post<ErrorAnswer>(`/v27.0/${adset}`, { start_time: at(3) })).body.error.code).toBe(100)
})

it('spreads a campaign’s lifetime budget over the time that its ad sets run', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const end_time = new Date(clock.at + 10 * DAY).toISOString()
  const budget = { is_adset_budget_sharing_enabled: undefined, lifetime_budget: 1_000_000 }
  const { campaign } = await launch(client, budget, { daily_budget: undefined, end_time })
  clock.forward(12 * DAY)
  const all = await spent(client, campaign)
  expect(all).toBeGreaterThan(10_000 * 0.75)
  expect(all).toBeLessThan(10_000 * 1.2)
})

it('gets hardly any purchases but far more impressions if the ad set is optimised for reach', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const awareness = { objective: 'OUTCOME_AWARENESS' }
  const reach = { optimization_goal: 'REACH', promoted_object: { page_id: IDENTITY.pageId } }
  const [sales, known] = [await launch(client), await launch(client, awareness, reach)]
  clock.forward(10 * DAY)
  const impressions = async (id: string) => {
    const { body } = await client.get<{ data: { impressions: string }[] }>(`/v27.0/${id}/insights`, { fields: 'impressions' })
    return Number(body.data[0]?.impressions)
  }
  expect(await impressions(known.adset)).toBeGreaterThan(1.5 * (await impressions(sales.adset)))
})

it('learns from the day that the ad set first runs, and again after a change of audience', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const { adset } = await launch(client, {}, { status: 'PAUSED' })
  const stage = async () => (await read(client, adset, 'learning_stage_info')).learning_stage_info as { last_sig_edit_ts: number }
  clock.forward(DAY)
  expect(await stage()).toBeUndefined()
  await client.post(`/v27.0/${adset}`, { status: 'ACTIVE' })
  expect((await stage()).last_sig_edit_ts).toBe(Math.floor(clock.at / 1000))
  clock.forward(DAY)
  await client.post(`/v27.0/${adset}`, { targeting: { geo_locations: { countries: ['TR'] }, genders: [1] } })
  expect((await stage()).last_sig_edit_ts).toBe(Math.floor(clock.at / 1000))
})

it('keeps created objects, their delivery and a half-finished upload across a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tetik-sandbox-'))
  const options = { stateFile: join(folder, 'sandbox.db'), now: new Clock().now }
  try {
    const first = await start(options)
    const { adset, ad } = await launch(first)
    const upload = await first.post<{ upload_session_id: string; video_id: string }>(`${ACCOUNT}/advideos`, {
      upload_phase: 'start',
      file_size: 12,
    })
    const send = async (client: Client, at: number, text: string) => {
      const form = new FormData()
      form.set('access_token', IDENTITY.token)
      form.set('upload_phase', 'transfer')
      form.set('upload_session_id', upload.body.upload_session_id)
      form.set('start_offset', String(at))
      form.set('video_file_chunk', new Blob([text]), 'chunk')
      const response = await fetch(`${client.sandbox.url}${ACCOUNT}/advideos`, { method: 'POST', body: form })
      return (await response.json()) as Record<string, unknown>
    }
    expect(await send(first, 0, '\u0000ftyp.')).toEqual({ start_offset: '6', end_offset: '12' })
    await first.sandbox.stop()

    const second = await start(options)
    expect(await read(second, ad, 'name,adset_id')).toEqual({ id: ad, name: 'Reklam', adset_id: adset })
    expect(await send(second, 0, '\u0000ftyp.')).toMatchObject({
      error: { error_subcode: 1363037, error_data: { start_offset: '6', end_offset: '12' } },
    })
    expect(await send(second, 6, 'moov..')).toEqual({ start_offset: '12', end_offset: '12' })
    expect(await create(second, 'campaigns', CAMPAIGN)).not.toBe(upload.body.video_id)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

it('refuses a video by URL with an explanation, and recommendations without `validate_only`', async () => {
  const client = await start()
  const video = await client.post<ErrorAnswer>(`${ACCOUNT}/advideos`, { file_url: 'https://modatr.example/hero.mp4' })
  expect(video.body.error).toMatchObject({ code: 389, message: '(#389) Unable to fetch video file from URL.' })
  const options = { execution_options: ['include_recommendations'] }
  expect((await client.post<ErrorAnswer>(`${ACCOUNT}/campaigns`, { ...CAMPAIGN, ...options })).body.error.code).toBe(100)
})

it('accepts an image as base64 under its own key, and deletes one that no creative uses', async () => {
  const client = await start()
  const bytes = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
  const { body } = await client.post<{ images: Record<string, { hash: string; width: number }> }>(`${ACCOUNT}/adimages`, {
    bytes,
  })
  const hash = body.images.bytes?.hash ?? ''
  expect(body.images.bytes).toMatchObject({ width: 1, height: 1 })
  const story = { page_id: IDENTITY.pageId, link_data: { link: 'https://modatr.example', image_hash: hash } }
  const creative = await create(client, 'adcreatives', { object_story_spec: story })
  const remove = () => client.send<ErrorAnswer>('DELETE', `${ACCOUNT}/adimages?hash=${hash}&access_token=${IDENTITY.token}`)
  expect((await remove()).body.error.code).toBe(100)
  await client.send('DELETE', `/v27.0/${creative}?access_token=${IDENTITY.token}`)
  expect((await remove()).body).toEqual({ success: true })
  const left = await client.get<{ data: unknown[] }>(`${ACCOUNT}/adimages`, {})
  expect(left.body.data).toEqual([])
})

it('accepts at most 100 writes per second', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  for (let write = 0; write < 100; write += 1) await create(client, 'campaigns', CAMPAIGN)
  const { body } = await client.post<ErrorAnswer>(`${ACCOUNT}/campaigns`, CAMPAIGN)
  expect(body.error).toMatchObject({ code: 613, error_subcode: 5044001 })
  clock.forward(1_000)
  await create(client, 'campaigns', CAMPAIGN)
})

it('accepts 200 ad sets in a campaign, not counting deleted ones', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const campaign_id = await create(client, 'campaigns', CAMPAIGN)
  let last = ''
  for (let count = 0; count < 200; count += 1) {
    clock.forward(20)
    last = await create(client, 'adsets', { ...NEW_ADSET, campaign_id })
  }
  const { body } = await client.post<ErrorAnswer>(`${ACCOUNT}/adsets`, { ...NEW_ADSET, campaign_id })
  expect(body.error).toMatchObject({ code: 100, error_user_title: 'Too many objects' })
  await client.send('DELETE', `/v27.0/${last}?access_token=${IDENTITY.token}`)
  await create(client, 'adsets', { ...NEW_ADSET, campaign_id })
})
