/** The activity log contains the authors of the accounts' initial problems. */

import { expect, it } from 'vitest'

import { ACCOUNTS } from '../accounts/accounts.js'
import { CANTA } from '../accounts/canta.js'
import { ESARP } from '../accounts/esarp.js'
import { EV_TEKSTILI } from '../accounts/ev-tekstili.js'
import { KOZMETIK } from '../accounts/kozmetik.js'
import { MOBILYA } from '../accounts/mobilya.js'
import { SPOR_SALONU } from '../accounts/spor-salonu.js'
import { TAKI } from '../accounts/taki.js'
import type { Account } from '../delivery/account.js'
import { Clock, start } from '../test-client.js'
import { adsetId, campaignIdAt } from './seed.js'

interface Entry {
  readonly event_time: string
  readonly event_type: string
  readonly actor_name: string
  readonly application_name?: string
  readonly object_id: string
  readonly object_name: string
  readonly extra_data: string
}

async function open(clock = new Clock()) {
  const client = await start({ now: clock.now })
  const seconds = (at: number): string => String(Math.floor(at / 1000))
  return async ({ id }: Account, days = 60): Promise<Entry[]> => {
    const { body } = await client.get<{ data: Entry[] }>(`/v27.0/act_${id}/activities`, {
      fields: 'event_time,event_type,actor_name,application_name,object_id,object_name,extra_data',
      since: seconds(clock.at - days * 86_400_000),
      until: seconds(clock.at + 1_000),
      limit: '500',
    })
    return body.data
  }
}

const summarized = (entries: readonly Entry[]): unknown[] =>
  entries.map(({ event_type: type, actor_name: actor, application_name: tool, object_name: name }) => [type, name, actor, tool])
const PERSON = ['Ayşe Yılmaz', 'Ads Manager'] as const

it('deletions and archivings have an author and a time', async () => {
  const log = await open()
  const entries = await log(EV_TEKSTILI)
  expect(summarized(entries)).toEqual([
    ['update_ad_set_run_status', 'İlgi | Ev dekorasyonu', ...PERSON],
    ['update_ad_run_status', 'Nevresim | Eski fiyat', ...PERSON],
    ['update_ad_set_run_status', 'Benzer %3', ...PERSON],
    ['update_campaign_run_status', 'Satış | Havlu | Ekim kampanyası', 'Ayşe Yılmaz', 'AdPilot'],
  ])
  expect(entries[0]).toMatchObject({
    event_time: '2026-03-08T12:00:00+0000',
    object_id: adsetId('nevresim-ilgi', EV_TEKSTILI),
    extra_data: '{"old_value":"Active","new_value":"Deleted","type":"run_status"}',
  })
  expect(entries[3]?.object_id).toBe(campaignIdAt(1, EV_TEKSTILI))
})

it('a declined card, a prepaid balance and a spending limit are in the log', async () => {
  const log = await open()
  expect(summarized(await log(CANTA))).toEqual([
    ['ad_account_update_status', 'Çanta', 'Meta', undefined],
    ['ad_account_billing_charge_failed', 'Çanta', 'Meta', undefined],
  ])
  expect((await log(CANTA))[0]?.event_time).toBe('2026-03-11T08:30:00+0000')
  const [funded] = await log(MOBILYA)
  expect(funded).toMatchObject({ event_type: 'funding_event_successful', actor_name: 'Ayşe Yılmaz' })
  expect(JSON.parse(funded!.extra_data)).toMatchObject({ currency: 'TRY', new_value: 4_000_000 })
  expect(summarized(await log(KOZMETIK))).toEqual([
    ['ad_review_declined', 'Serum | Öncesi ve sonrası', 'Meta', undefined],
    ['ad_account_update_spend_limit', 'Kozmetik', ...PERSON],
  ])
})

it('a launch has an author, and Meta reviewed its ads', async () => {
  const log = await open()
  const entries = await log(TAKI)
  const count = (type: string): number => entries.filter(({ event_type: each }) => each === type).length
  expect(['create_campaign_group', 'create_ad_set', 'create_ad', 'ad_review_approved'].map(count)).toEqual([1, 3, 6, 6])
  expect(
    new Set(entries.filter(({ event_type: type }) => type.startsWith('create_')).map(({ actor_name: name }) => name)),
  ).toEqual(new Set(['Ayşe Yılmaz']))
})

it('ad sets that stopped spending or saturated their audience had their targeting changed before', async () => {
  const log = await open()
  expect(summarized(await log(ESARP))).toEqual([
    ['update_ad_set_target_spec', 'LAL %3', ...PERSON],
    ['update_ad_set_target_spec', 'İlgi | Muhafazakâr moda', ...PERSON],
  ])
  expect(summarized(await log(SPOR_SALONU))).toEqual([['update_ad_set_target_spec', 'Kadıköy | 18-45', 'Ayşe Yılmaz', 'AdPilot']])
})

it('no entry is in the future, and none is older than what Meta keeps', async () => {
  // A minute after midnight: yesterday ended a minute ago.
  const clock = new Clock(Date.parse('2026-03-11T00:01:00+03:00'))
  const log = await open(clock)
  for (const account of ACCOUNTS) {
    for (const { event_time: time } of await log(account, 200)) {
      expect(Date.parse(time.replace('+0000', 'Z'))).toBeLessThanOrEqual(clock.at)
      expect(Date.parse(time.replace('+0000', 'Z'))).toBeGreaterThanOrEqual(clock.at - 90 * 86_400_000)
    }
  }
})
