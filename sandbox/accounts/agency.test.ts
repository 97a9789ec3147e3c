/** The situation that each account of the agency demonstrates, read through Meta's API. */

import { describe, expect, it } from 'vitest'

import { DAY, HOUR } from '../base/calendar.js'
import type { Account } from '../delivery/account.js'
import { type Client, Clock, start } from '../test-client.js'
import { ACCOUNTS } from './accounts.js'
import { AYAKKABI } from './ayakkabi.js'
import { CANTA } from './canta.js'
import { DIL_KURSU } from './dil-kursu.js'
import { ESARP } from './esarp.js'
import { EV_TEKSTILI } from './ev-tekstili.js'
import { KLINIK } from './klinik.js'
import { KOZMETIK } from './kozmetik.js'
import { MOBILYA } from './mobilya.js'
import { SPOR_SALONU } from './spor-salonu.js'
import { TAKI } from './taki.js'

interface Stats {
  readonly action_type: string
  readonly value: string
}
type Row = Record<string, string> & { readonly actions?: readonly Stats[]; readonly conversions?: readonly Stats[] }

const path = ({ id }: Account): string => `/v27.0/act_${id}`
const node = async (client: Client, account: Account, fields: string): Promise<Record<string, unknown>> =>
  (await client.get<Record<string, unknown>>(path(account), { fields })).body
async function list(client: Client, account: Account, edge: string, more: Record<string, unknown>): Promise<Row[]> {
  const answer = await client.get<{ data: Row[] }>(`${path(account)}/${edge}`, { limit: '500', ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.data
}
const insights = (client: Client, account: Account, more: Record<string, unknown>): Promise<Row[]> =>
  list(client, account, 'insights', { fields: 'spend,actions,conversions,adset_name', ...more })
const spendOf = (rows: readonly Row[]): number => rows.reduce((sum, { spend }) => sum + Number(spend), 0)
const countOf = (rows: readonly Row[], type: string): number =>
  rows
    .flatMap(({ actions = [], conversions = [] }) => [...actions, ...conversions])
    .filter(({ action_type }) => action_type === type)
    .reduce((sum, { value }) => sum + Number(value), 0)

it('has a dozen accounts, which have all delivered and have results of their own goals', async () => {
  expect(ACCOUNTS.length).toBe(12)
  const client = await start({ now: new Clock().now })
  for (const account of ACCOUNTS) {
    const rows = await insights(client, account, { level: 'account', date_preset: 'last_7d' })
    expect(spendOf(rows), account.name).toBeGreaterThan(0)
  }
  const week = { level: 'account', date_preset: 'last_28d' }
  const [forms, chats, contacts] = await Promise.all([DIL_KURSU, MOBILYA, KLINIK].map((one) => insights(client, one, week)))
  expect(countOf(forms ?? [], 'onsite_conversion.lead_grouped')).toBeGreaterThan(100)
  expect(countOf(forms ?? [], 'offsite_conversion.fb_pixel_purchase')).toBe(0)
  expect(countOf(chats ?? [], 'onsite_conversion.messaging_conversation_started_7d')).toBeGreaterThan(500)
  expect(countOf(contacts ?? [], 'contact_website')).toBeGreaterThan(20)
  const leads = await insights(client, SPOR_SALONU, week)
  expect(countOf(leads, 'offsite_conversion.fb_pixel_lead')).toBeGreaterThan(100)
})

describe('money', () => {
  it('Çanta’s card was declined: the account is unsettled, its campaigns are active, and nothing has been delivered since', async () => {
    const clock = new Clock()
    const client = await start({ now: clock.now })
    expect(await node(client, CANTA, 'account_status,disable_reason')).toMatchObject({ account_status: 3, disable_reason: 0 })
    const statuses = await list(client, CANTA, 'adsets', { fields: 'effective_status' })
    expect(new Set(statuses.map(({ effective_status }) => effective_status))).toEqual(new Set(['ACTIVE']))
    const today = async (): Promise<number> => spendOf(await insights(client, CANTA, { level: 'account', date_preset: 'today' }))
    const before = await today()
    clock.forward(3 * HOUR)
    expect([before > 0, await today()]).toEqual([true, before])
  })

  it('Mobilya’s prepaid balance lasts about a day', async () => {
    const clock = new Clock()
    const client = await start({ now: clock.now })
    const text = async (): Promise<string> =>
      ((await node(client, MOBILYA, 'funding_source_details')).funding_source_details as { display_string: string })
        .display_string
    expect(await text()).toBe('Available Balance (₺3,150.00 TRY)')
    clock.forward(8 * HOUR)
    expect(await text()).not.toContain('₺0.00')
    clock.forward(DAY)
    expect(await text()).toBe('Available Balance (₺0.00 TRY)')
  })

  it('Kozmetik is close to its spending limit, and has a rejected ad', async () => {
    const client = await start({ now: new Clock().now })
    const { spend_cap: cap, amount_spent: spent } = await node(client, KOZMETIK, 'spend_cap,amount_spent')
    expect([Number(spent) / Number(cap) > 0.95, Number(spent) < Number(cap)]).toEqual([true, true])
    const rejected = await list(client, KOZMETIK, 'ads', { fields: 'name,issues_info', effective_status: ['DISAPPROVED'] })
    expect(rejected).toMatchObject([{ name: 'Serum | Öncesi ve sonrası', issues_info: [{ error_type: 'HARD_ERROR' }] }])
  })
})

describe('delivery', () => {
  it('Spor Salonu and Eşarp have active ad sets that no longer spend', async () => {
    const client = await start({ now: new Clock().now })
    for (const [account, name, days] of [
      [SPOR_SALONU, 'Kadıköy | 18-45', 2],
      [ESARP, 'LAL %3', 1],
    ] as const) {
      const rows = await insights(client, account, { level: 'adset', date_preset: 'last_7d', time_increment: '1' })
      expect(rows.filter(({ adset_name }) => adset_name === name).length).toBe(7 - days)
      const found = await list(client, account, 'adsets', { fields: 'name,effective_status' })
      expect(found.find((adset) => adset.name === name)?.effective_status).toBe('ACTIVE')
    }
  })

  it('Takı has just begun and is learning; Klinik is in limited learning', async () => {
    const client = await start({ now: new Clock().now })
    const stages = async (account: Account): Promise<Set<string>> => {
      const adsets = await list(client, account, 'adsets', { fields: 'learning_stage_info{status}' })
      return new Set(adsets.map(({ learning_stage_info: info }) => (info as unknown as { status: string }).status))
    }
    expect(await stages(TAKI)).toEqual(new Set(['LEARNING']))
    expect(await stages(KLINIK)).toEqual(new Set(['FAIL']))
    expect(await insights(client, TAKI, { level: 'adset', date_preset: 'last_7d', time_increment: '1' })).toHaveLength(3)
  })

  it('Ayakkabı spends more every two weeks; Ev Tekstili deleted and archived objects that had spent', async () => {
    const client = await start({ now: new Clock().now })
    const week = async (back: number): Promise<number> => {
      const day = (ago: number): string => new Date(new Clock().at - ago * DAY).toISOString().slice(0, 10)
      const range = { since: day(back + 6), until: day(back) }
      return spendOf(await insights(client, AYAKKABI, { level: 'account', time_range: range }))
    }
    const [last, middle, first] = [await week(1), await week(14), await week(28)]
    expect([last > 1.3 * middle, middle > 1.3 * first]).toEqual([true, true])

    const last28 = { date_preset: 'last_28d' }
    const whole = spendOf(await insights(client, EV_TEKSTILI, { ...last28, level: 'account' }))
    const listed = spendOf(await insights(client, EV_TEKSTILI, { ...last28, level: 'adset' }))
    expect(listed).toBeLessThan(0.8 * whole)
    const filtering = [{ field: 'adset.effective_status', operator: 'IN', value: ['DELETED', 'ARCHIVED'] }]
    const ended = await insights(client, EV_TEKSTILI, { ...last28, level: 'adset', filtering })
    expect(ended.map(({ adset_name: name }) => name).sort()).toEqual(
      ['Benzer %3', 'Havlu | Geniş', 'İlgi | Ev dekorasyonu'].sort(),
    )
  })
})
