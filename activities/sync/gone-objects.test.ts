/** Deleted and archived objects, in the sandbox, which lists them as Meta does: their spend stays in the sums of their parents. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { Account } from '../../engine/account/account.js'
import { addDays, dayOf, HOUR } from '../../engine/clock/zone.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { Unknown } from '../../engine/value/value.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { adsetId, campaignIdAt } from '../../sandbox/world/seed.js'
import { findEntity } from '../../store/account/entities.js'
import { insightsAsOf } from '../../store/account/insights.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { type Sandbox, startSandbox } from '../../test/support/sandbox.js'
import { loadFacts } from '../facts/load-facts.js'
import { needsOf } from '../facts/rule-needs.js'
import { groupMonths } from '../guardrails/group-budgets.js'
import { planInsights } from './insights-plan.js'
import { storeInsightsReport, syncInsights } from './sync-insights.js'
import { syncStructure } from './sync-structure.js'

const NOW = Date.parse('2026-03-10T12:00:00+03:00')
const TODAY = dayOf(NOW, ACCOUNT.timezone)
const WEEK = { since: addDays(TODAY, -7), until: addDays(TODAY, -1) }
const CAMPAIGN = campaignIdAt(0)
const [ARCHIVED, DELETED] = [adsetId('kadin-genis'), adsetId('erkek-ilgi')]

let sandbox: Sandbox
let client: MetaClient & { close(): Promise<void> }
let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  room.clock.now = NOW
  sandbox = await startSandbox({ now: () => room.clock.now })
  client = createMetaClient({ baseUrl: sandbox.url, token: () => IDENTITY.token, appSecret: IDENTITY.appSecret })
  room = { ...room, dependencies: { ...room.dependencies, meta: () => client } }
})
afterEach(async () => {
  await client.close()
  await sandbox.stop()
})

/** Reads what a tick reads, in the same order. */
async function sync(): Promise<void> {
  const { dependencies, run, store } = room
  await run(syncStructure(dependencies), { account: 'moda-tr' })
  const needs = { ...needsOf([], NOW, ACCOUNT.timezone), ads: true, adsetHoursSince: addDays(TODAY, -1) }
  const { insights } = await planInsights(store, ACCOUNT, needs, room.clock.now)
  for (const request of insights) {
    const answer = await run(syncInsights(dependencies), request)
    if (!('report' in answer)) continue
    for (let look = 0; look < 3; look += 1) {
      try {
        await run(storeInsightsReport(dependencies), { ...request, ...answer })
        break
      } catch (error) {
        if (look === 2) throw error
      }
    }
  }
}

const facts = async (level: 'adset' | 'ad' = 'adset'): Promise<Facts> => {
  const at = room.clock.now
  const hoursSince = addDays(TODAY, -1)
  return (await loadFacts(room.store, ACCOUNT, { at, knownAt: at, level, days: true, hoursSince }))(HOUR)
}
const campaignOf = (given: Facts): FactEntity => given.entities('campaign').find(({ key }) => key === CAMPAIGN)!
const sums = (given: Facts, entity: FactEntity) =>
  ['spend', 'results', 'revenue', 'impressions'].map((measure) => given.total(entity, measure, WEEK))

/** Meta's own total of the week, in minor units. */
async function totalAtMeta(level: 'account' | 'campaign', id: string, measure: 'spend' | 'purchases'): Promise<number> {
  const request = {
    accountId: ACCOUNT.id,
    currency: 'TRY',
    level,
    ...WEEK,
    increment: 'day',
    attribution: ACCOUNT.attribution,
  } as const
  const rows = (await client.readInsights(request)).filter((row) => row.entity_id === id)
  return rows.reduce((sum, row) => sum + (measure === 'spend' ? row.spend : row.measures[measure]!), 0)
}

const send = (method: string, path: string, body?: unknown) =>
  fetch(`${sandbox.url}${path}${path.includes('/sandbox/') ? '' : `?access_token=${IDENTITY.token}`}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })

async function remove(): Promise<void> {
  await send('POST', `/v27.0/${ARCHIVED}`, { status: 'ARCHIVED' })
  await send('DELETE', `/v27.0/${DELETED}`)
  room.clock.now += 10 * 60_000
}

async function expectWhole(given: Facts): Promise<void> {
  const [account] = given.entities('account')
  for (const [level, entity, id] of [
    ['campaign', campaignOf(given), CAMPAIGN],
    ['account', account!, ACCOUNT.id],
  ] as const) {
    expect(given.total(entity, 'spend', WEEK), level).toBe(await totalAtMeta(level, id, 'spend'))
    expect(given.total(entity, 'purchases', WEEK), level).toBe(await totalAtMeta(level, id, 'purchases'))
  }
}

describe('after one ad set was archived and another deleted', () => {
  it('sums of campaign and account still equal Meta’s own totals, and rules see neither ad set', async () => {
    await sync()
    const before = await facts()
    const [campaign, account] = [campaignOf(before), before.entities('account')[0]!]
    const spent = sums(before, campaign)
    const ofAccount = sums(before, account)
    expect(spent.every((value) => typeof value === 'number' && value > 0)).toBe(true)
    await remove()
    await sync()
    for (const level of ['adset', 'ad'] as const) {
      const after = await facts(level)
      expect(sums(after, campaignOf(after)), level).toEqual(spent)
      expect(sums(after, after.entities('account')[0]!), level).toEqual(ofAccount)
      await expectWhole(after)
      const keys = after.entities('adset').map(({ key }) => key)
      expect(keys).toHaveLength(before.entities('adset').length - 2)
      expect(keys).not.toContain(ARCHIVED)
      expect(keys).not.toContain(DELETED)
      expect(after.entities('ad').some((ad) => after.owner(ad, 'adset')?.key === DELETED)).toBe(false)
    }
  })

  it('each is read once by its id, and keeps its name, goal and campaign', async () => {
    await sync()
    await remove()
    const since = Number(
      ((await (await fetch(`${sandbox.url}/sandbox/requests?limit=1`)).json()) as { requests: { id: number }[] }).requests[0]!.id,
    )
    await sync()
    await sync()
    const found = await findEntity(room.store, 'adset', DELETED)
    expect(found).toMatchObject({ status: 'DELETED', campaignId: CAMPAIGN, name: 'Erkek 25-54 | İlgi alanları' })
    expect(found?.fields['optimization_goal']).toBe('OFFSITE_CONVERSIONS')
    expect(await findEntity(room.store, 'adset', ARCHIVED)).toMatchObject({ status: 'ARCHIVED' })
    const { requests } = (await (await fetch(`${sandbox.url}/sandbox/requests?since=${since}&limit=500`)).json()) as {
      requests: { path: string }[]
    }
    for (const id of [ARCHIVED, DELETED]) expect(requests.filter(({ path }) => path.endsWith(`/${id}`))).toHaveLength(1)
  })

  it('the group’s month includes what they spent', async () => {
    const group = {
      name: 'all',
      account: 'moda-tr',
      campaigns: ['TR | *'],
      monthlyBudget: { value: 1, unit: 'money', currency: 'TRY' },
    } as const
    const spent = async () => (await groupMonths(room.store, ACCOUNT, [group], room.clock.now))[0]?.spent
    await sync()
    const before = await spent()
    expect(before).toBeGreaterThan(0)
    await remove()
    await sync()
    expect(await spent()).toBe(before)
  })

  it('their rows stay even if Meta no longer lists deleted objects under any filter', async () => {
    await sync()
    const before = await facts()
    const spent = sums(before, campaignOf(before))
    await send('PUT', '/sandbox/faults', [{ kind: 'deleted-rows-left-out' }])
    await remove()
    room.clock.now += HOUR
    await sync()
    const after = await facts()
    expect(sums(after, campaignOf(after))).toEqual(spent)
    await expectWhole(after)
  })
})

describe('what was deleted before tetik first read the account', () => {
  beforeEach(remove)

  it('is listed by its status, and counts in its campaign and the account', async () => {
    await sync()
    const now = await facts()
    await expectWhole(now)
    expect(await findEntity(room.store, 'adset', DELETED)).toMatchObject({
      status: 'DELETED',
      name: 'Erkek 25-54 | İlgi alanları',
    })
    expect(now.total(campaignOf(now), 'results', WEEK)).toBe(await totalAtMeta('campaign', CAMPAIGN, 'purchases'))
    expect(await facts('ad').then((ads) => sums(ads, campaignOf(ads)))).toEqual(sums(now, campaignOf(now)))
  })

  it('is the difference between parents and children if Meta does not list it at all', async () => {
    await send('PUT', '/sandbox/faults', [{ kind: 'deleted-rows-left-out' }])
    await sync()
    const rows = await insightsAsOf(room.store, { account: 'moda-tr', level: 'adset', ...WEEK, resolution: 'day' })
    expect(rows.map(({ entityId }) => entityId)).not.toContain(DELETED)
    for (const level of ['adset', 'ad'] as const) {
      const now = await facts(level)
      await expectWhole(now)
      expect(now.entities('adset').every(({ id, name }) => id !== null && name !== null)).toBe(true)
      // All ad sets count purchases, and so does the unlisted one.
      expect(now.total(campaignOf(now), 'results', WEEK)).toBe(await totalAtMeta('campaign', CAMPAIGN, 'purchases'))
      expect(now.total(campaignOf(now), 'results', WEEK)).not.toBeInstanceOf(Unknown)
    }
    const hours = { from: Date.parse(`${addDays(TODAY, -1)}T00:00:00+03:00`), to: Date.parse(`${TODAY}T00:00:00+03:00`) }
    const now = await facts()
    const yesterday = { since: addDays(TODAY, -1), until: addDays(TODAY, -1) }
    const [account] = now.entities('account')
    expect(now.hourlyTotal(account!, 'spend', hours)).toBe(now.total(account!, 'spend', yesterday))
  })

  it('is missing completely if its status is not requested', async () => {
    const plain = await fetch(
      `${sandbox.url}/v27.0/${ACCOUNT.id}/insights?access_token=${IDENTITY.token}&level=adset&fields=adset_id&date_preset=last_7d`,
    )
    const { data } = (await plain.json()) as { data: { adset_id: string }[] }
    expect(data.length).toBeGreaterThan(0)
    for (const id of [ARCHIVED, DELETED]) expect(data.map(({ adset_id }) => adset_id)).not.toContain(id)
  })
})

describe('if the ad sets of a campaign have several attribution settings, and the account names none', () => {
  const OWN: Account = { ...ACCOUNT, attribution: [] }
  const YESTERDAY = { since: addDays(TODAY, -1), until: addDays(TODAY, -1) }
  const hours = { from: Date.parse(`${YESTERDAY.since}T00:00:00+03:00`), to: Date.parse(`${TODAY}T00:00:00+03:00`) }

  beforeEach(async () => {
    room = { ...room, dependencies: { ...room.dependencies, settings: () => ({ ...SETTINGS, accounts: [OWN] }) } }
    await send('POST', `/v27.0/${adsetId('benzer-1')}`, { attribution_spec: [{ event_type: 'CLICK_THROUGH', window_days: 1 }] })
    room.clock.now += 60_000
  })

  const rowsOf = async (level: 'account' | 'campaign', resolution: 'day' | 'hour') =>
    await insightsAsOf(room.store, { account: 'moda-tr', level, ...YESTERDAY, resolution })

  it('conversions of the account’s own rows are unknown by day and by hour, and what happens on Meta is known', async () => {
    await sync()
    for (const resolution of ['day', 'hour'] as const) {
      const [row] = await rowsOf('account', resolution)
      expect(row?.measures).toMatchObject({ purchases: null, revenue: null, 'off-meta': null })
      expect(row?.measures['link_clicks']).toBeGreaterThan(0)
    }
  })

  it('the sums of ad sets count, if there is no remainder', async () => {
    await sync()
    for (const level of ['adset', 'ad'] as const) {
      const now = await facts(level)
      for (const entity of [campaignOf(now), ...now.entities('account')]) {
        for (const value of sums(now, entity)) expect(value, level).toBeGreaterThan(0)
        const adsets = now
          .entities('adset')
          .filter((adset) => entity.scope === 'account' || now.owner(adset, 'campaign') === campaignOf(now))
        expect(now.total(entity, 'purchases', WEEK)).toBe(
          adsets.reduce((sum, adset) => sum + (now.total(adset, 'purchases', WEEK) as number), 0),
        )
      }
    }
    const now = await facts()
    const [account] = now.entities('account')
    expect(now.hourlyTotal(account!, 'purchases', hours)).toBe(now.total(account!, 'purchases', YESTERDAY))
    expect(now.hourlyTotal(account!, 'purchases', hours)).toBeGreaterThan(0)
  })

  it('conversions of a remainder are unknown, and so are those of campaign and account; spend and clicks are complete', async () => {
    await send('PUT', '/sandbox/faults', [{ kind: 'deleted-rows-left-out' }])
    await remove()
    await sync()
    for (const level of ['adset', 'ad'] as const) {
      const now = await facts(level)
      const [account] = now.entities('account')
      for (const [of, entity, id] of [
        ['campaign', campaignOf(now), CAMPAIGN],
        ['account', account!, ACCOUNT.id],
      ] as const) {
        expect(now.total(entity, 'spend', WEEK), of).toBe(await totalAtMeta(of, id, 'spend'))
        expect(now.total(entity, 'link_clicks', WEEK), of).toBeGreaterThan(0)
        for (const measure of ['results', 'purchases', 'revenue', 'action:offsite_conversion.fb_pixel_purchase', 'action:new']) {
          const value = now.total(entity, measure, WEEK)
          expect(value, `${of} ${measure}`).toBeInstanceOf(Unknown)
          expect(value).toMatchObject({ reason: expect.stringContaining('different attribution settings') as string })
        }
      }
    }
    const now = await facts()
    const [account] = now.entities('account')
    expect(now.hourlyTotal(account!, 'purchases', hours)).toBeInstanceOf(Unknown)
    expect(now.hourlyTotal(account!, 'spend', hours)).toBe(now.total(account!, 'spend', YESTERDAY))
    // Each ad set by itself is still known, by day and by hour.
    const adset = now.entities('adset').find(({ key }) => key === adsetId('benzer-1'))!
    expect(now.total(adset, 'results', WEEK)).toBeGreaterThan(0)
    expect(now.hourlyTotal(adset, 'results', hours)).toBe(now.total(adset, 'results', YESTERDAY))
  })
})
