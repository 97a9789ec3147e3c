import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Database from 'better-sqlite3'
import { expect, it } from 'vitest'

import { Clock, type ErrorAnswer, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'
import { ACCOUNTS } from './accounts.js'
import { BERLIN } from './berlin.js'
import { MODA } from './moda.js'

const DE = `/v27.0/act_${BERLIN.id}`
const TR = `/v27.0/act_${MODA.id}`

type List = { data: Array<Record<string, string>>; paging?: { next?: string } }

it('one token sees all accounts, each by its own name, currency and clock', async () => {
  const client = await start({ now: new Clock().now })
  const fields = 'id,name,currency,timezone_name,timezone_offset_hours_utc'
  const { body } = await client.get<List>('/v27.0/me/adaccounts', { fields, limit: '100' })
  expect(body.data.map(({ id }) => id)).toEqual(ACCOUNTS.map(({ id }) => `act_${id}`))
  expect(new Set(body.data.map(({ name }) => name)).size).toBe(ACCOUNTS.length)
  expect(body.data[0]).toMatchObject({ name: 'Moda TR', currency: 'TRY', timezone_offset_hours_utc: 3 })
  expect(body.data.find(({ id }) => id === `act_${BERLIN.id}`)).toMatchObject({
    currency: 'EUR',
    timezone_name: 'Europe/Berlin',
    timezone_offset_hours_utc: 1,
  })
  const page = await client.get<List>('/v27.0/me/adaccounts', { limit: '1' })
  expect([page.body.data.length, page.body.paging?.next?.includes('after=')]).toEqual([1, true])
})

it('objects belong to one account: only its edges list them', async () => {
  const client = await start({ now: new Clock().now })
  const owners = new Map<string, string>()
  for (const { id: account } of ACCOUNTS) {
    for (const edge of ['campaigns', 'adsets', 'ads', 'adcreatives']) {
      const { body } = await client.get<List>(`/v27.0/act_${account}/${edge}`, { fields: 'id,account_id', limit: '1000' })
      for (const object of body.data) {
        expect([object.account_id, owners.has(object.id ?? '')]).toEqual([account, false])
        owners.set(object.id ?? '', account)
      }
    }
  }
  expect(new Set(owners.values()).size).toBe(ACCOUNTS.length)
})

it('a reference to an object of another account is refused, and nothing is created', async () => {
  const client = await start({ now: new Clock().now })
  const adset = { name: 'Yabancı', billing_event: 'IMPRESSIONS', optimization_goal: 'OFFSITE_CONVERSIONS', daily_budget: '50000' }
  const targeting = { geo_locations: { countries: ['TR'] } }
  const foreign = await client.post<ErrorAnswer>(`${DE}/adsets`, { ...adset, campaign_id: campaignIdAt(0), targeting })
  expect([foreign.status, foreign.body.error.code]).toEqual([400, 100])
  const copy = await client.post<ErrorAnswer>(`/v27.0/${adsetId('kadin-genis')}/copies`, {
    campaign_id: campaignIdAt(0, BERLIN),
  })
  expect([copy.status, copy.body.error.code]).toEqual([400, 100])
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const uploaded = await client.post<{ images: { bytes: { hash: string } } }>(`${TR}/adimages`, { bytes: png.toString('base64') })
  const { hash } = uploaded.body.images.bytes
  const creative = {
    name: 'Yabancı görsel',
    object_story_spec: {
      page_id: BERLIN.page.id,
      link_data: { link: 'https://modade.example', message: 'x', image_hash: hash },
    },
  }
  expect((await client.post(`${DE}/adcreatives`, creative)).status).toBe(400)
  expect((await client.get<List>(`${DE}/adimages`)).body.data).toEqual([])
  expect((await client.requests('?effects=true')).filter(({ path }) => path.startsWith(DE))).toEqual([])
})

it('the account abroad uses its own currency and its own days', async () => {
  // Half past midnight in Istanbul, half past ten in the evening in Berlin.
  const clock = new Clock(Date.parse('2026-03-11T00:30:00+03:00'))
  const client = await start({ now: clock.now })
  const today = async (account: string): Promise<Record<string, string> | undefined> =>
    (await client.get<List>(`${account}/insights`, { date_preset: 'today', fields: 'spend,account_currency,account_id' })).body
      .data[0]
  expect(await today(TR)).toMatchObject({ date_start: '2026-03-11', account_currency: 'TRY', account_id: MODA.id })
  expect(await today(DE)).toMatchObject({ date_start: '2026-03-10', account_currency: 'EUR', account_id: BERLIN.id })
  const { body } = await client.get<List>(`${DE}/minimum_budgets`)
  expect(body.data[0]).toMatchObject({ currency: 'EUR', min_daily_budget_imp: 93 })
  const low = await client.post<ErrorAnswer>(`/v27.0/${adsetId('frauen-breit', BERLIN)}`, { daily_budget: '100' })
  expect(low.body.error).toMatchObject({
    code: 100,
    error_subcode: 1885272,
    error_user_msg: 'The budget must be more than €2.33.',
  })
  const created = (await client.get<Record<string, string>>(`/v27.0/${campaignIdAt(0, BERLIN)}`, { fields: 'created_time' })).body
  expect(created.created_time).toMatch(/^2025-11-30T09:00:00\+0100$/)
})

it('the hours of a day on which the clocks change add up to its total', async () => {
  for (const [date, missing] of [
    ['2026-03-29', '02'],
    ['2026-10-25', null],
  ] as const) {
    const client = await start({ now: new Clock(Date.parse(`${date}T12:00:00Z`) + 86_400_000).now })
    const read = async (more: Record<string, string>): Promise<List['data']> =>
      (await client.get<List>(`${DE}/insights`, { date_preset: 'yesterday', fields: 'impressions', limit: '100', ...more })).body
        .data
    const hours = await read({ breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone' })
    const names = hours.map((row) => row.hourly_stats_aggregated_by_advertiser_time_zone?.slice(0, 2))
    expect(names).toEqual([...Array(24).keys()].map((hour) => String(hour).padStart(2, '0')).filter((hour) => hour !== missing))
    const sum = hours.reduce((total, { impressions }) => total + Number(impressions), 0)
    expect(sum).toBe(Number((await read({}))[0]?.impressions))
  }
})

it('each account has its own rate limits', async () => {
  const client = await start({ accessTier: 'development_access' })
  let last = 200
  for (let call = 0; call < 61 && last === 200; call++) last = (await client.get(TR)).status
  expect([last, (await client.get(DE)).status]).toEqual([400, 200])
})

it('a state from before there were several accounts becomes the first account’s, and the others are added', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
  const stateFile = join(folder, 'sandbox.db')
  try {
    const now = new Clock().now
    const first = await start({ stateFile, now })
    await first.post(`/v27.0/${adsetId('kadin-genis')}`, { status: 'PAUSED' })
    await first.sandbox.stop()
    const database = new Database(stateFile)
    database.exec(`
      delete from objects where account <> '${MODA.id}';
      create table plain (id text primary key, kind text not null, parent text, created_time integer not null,
        updated_time integer not null, fields text not null) without rowid;
      insert into plain select id, kind, parent, created_time, updated_time, fields from objects;
      drop table objects; alter table plain rename to objects;
      drop table images; create table images (hash text primary key, name text not null, width integer not null,
        height integer not null, bytes integer not null, created_time integer not null, status text not null) without rowid;
      insert into images values ('abc', 'a.png', 1, 1, 10, 0, 'ACTIVE');`)
    database.close()
    const second = await start({ stateFile, now })
    expect((await second.get(`/v27.0/${adsetId('kadin-genis')}`, { fields: 'status' })).body).toMatchObject({ status: 'PAUSED' })
    expect((await second.get<List>(`${TR}/adimages`)).body.data).toMatchObject([{ hash: 'abc' }])
    expect((await second.get<List>(`${DE}/campaigns`)).body.data.length).toBe(BERLIN.campaigns.length)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
