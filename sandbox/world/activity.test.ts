import { expect, it } from 'vitest'

import { ACCOUNT, Clock, type ErrorAnswer, start } from '../test-client.js'
import { adsetId, campaignIdAt } from './seed.js'

const ADSET = adsetId('kadin-genis')
const DAY = 86_400_000
const FIELDS =
  'event_time,date_time_in_timezone,event_type,actor_name,application_name,object_id,object_type,object_name,extra_data'

type Entry = Record<string, string>
interface Log {
  readonly data: readonly Entry[]
  readonly paging?: { readonly cursors: { readonly after: string }; readonly next?: string }
}

async function open() {
  const clock = new Clock()
  const client = await start({ now: clock.now })
  const begun = new Date(clock.at).toISOString()
  /** Without the scene's history. */
  const log = async (parameters: Record<string, string> = {}): Promise<Log> => {
    const { body } = await client.get<Log>(`${ACCOUNT}/activities`, { fields: FIELDS, ...parameters })
    return { ...body, data: body.data.filter(({ event_time: time = '' }) => time >= begun.slice(0, 19)) }
  }
  const edit = (body: object) => client.send<{ error?: string }>('POST', '/sandbox/edits', body)
  return { clock, client, log, edit }
}

it('contains every edit with its author: the token’s app, a person, another app, and Meta if allowed', async () => {
  const { client, log, edit } = await open()
  await client.post(`/v27.0/${ADSET}`, { daily_budget: '130000' })
  await client.post(`/v27.0/${ADSET}`, { daily_budget: '130000' })
  expect((await edit({ object: ADSET, by: 'person', status: 'PAUSED' })).status).toBe(201)
  expect((await edit({ object: campaignIdAt(1), by: 'app', daily_budget: '500000' })).status).toBe(201)
  expect((await edit({ object: ADSET, by: 'meta', status: 'ACTIVE' })).body.error).toContain('are off')
  await client.send('PUT', '/sandbox/adjustments', { on: true })
  expect((await edit({ object: ADSET, by: 'meta', status: 'ACTIVE' })).status).toBe(201)
  const { data } = await log()
  expect(data.map((entry) => [entry.event_type, entry.actor_name, entry.application_name, entry.object_type])).toEqual([
    ['update_ad_set_run_status', 'Meta', undefined, 'CAMPAIGN'],
    ['update_campaign_budget', 'Ayşe Yılmaz', 'AdPilot', 'CAMPAIGN_GROUP'],
    ['update_ad_set_run_status', 'Ayşe Yılmaz', 'Ads Manager', 'CAMPAIGN'],
    // The second write sets the value that was already set.
    ['update_ad_set_budget', 'Sandbox system user', 'Sandbox app', 'CAMPAIGN'],
  ])
  expect(data[3]).toMatchObject({
    event_time: '2026-03-11T11:30:00+0000',
    object_id: ADSET,
    object_name: 'Kadın 25-44 | Geniş',
    extra_data: JSON.stringify({
      old_value: { old_value: 120_000, type: 'Per day' },
      new_value: { new_value: 130_000, type: 'Per day' },
      type: 'payment_amount',
    }),
  })
})

it('can be filtered by time and category, is paged, and goes back ninety days', async () => {
  const { clock, client, log, edit } = await open()
  const first = clock.at
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    if (index > 0) clock.forward(DAY)
    await client.post(`/v27.0/${ADSET}`, { name })
  }
  await edit({ object: ADSET, daily_budget: '130000' })
  expect((await log()).data).toHaveLength(4)
  expect((await log({ category: 'BUDGET' })).data.map((entry) => entry.event_type)).toEqual(['update_ad_set_budget'])
  const seconds = (at: number) => String(Math.floor(at / 1000))
  const between = await log({ since: seconds(first + DAY), until: seconds(first + 2 * DAY) })
  expect(between.data.map((entry) => entry.extra_data)).toEqual(['{"old_value":"a","new_value":"b"}'])
  const page = await log({ limit: '3' })
  expect([page.data.length, page.paging?.next?.includes('after=')]).toEqual([3, true])
  expect((await log({ limit: '3', after: page.paging!.cursors.after })).data.map((entry) => entry.extra_data)).toEqual([
    '{"old_value":"Kadın 25-44 | Geniş","new_value":"a"}',
  ])
  // A week by default, and never more than is kept.
  clock.forward(8 * DAY)
  expect((await log()).data).toEqual([])
  expect((await log({ since: seconds(first - DAY) })).data).toHaveLength(4)
  clock.forward(81 * DAY)
  expect((await log({ since: seconds(first - DAY) })).data).toHaveLength(3)
  const wrong = await client.get<ErrorAnswer>(`${ACCOUNT}/activities`, { category: 'EVERYTHING' })
  expect(wrong.body.error.code).toBe(100)
})

it('a person’s edit is refused if Graph refuses it, or if the object does not exist', async () => {
  const { log, edit } = await open()
  expect((await edit({ object: ADSET, daily_budget: '1' })).body.error).toContain('budget')
  expect((await edit({ object: '42', status: 'PAUSED' })).status).toBe(400)
  expect((await edit({ object: ADSET, by: 'somebody', status: 'PAUSED' })).status).toBe(400)
  expect((await edit({ object: ADSET })).status).toBe(400)
  expect((await log()).data).toEqual([])
})
