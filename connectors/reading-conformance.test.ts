/** Reads of the clients against the sandbox, which was written independently from the same contract. */

import { describe, expect, it } from 'vitest'

import { WHATSAPP } from '../sandbox/base/identity.js'
import { ACCOUNT, days, failure, meta, rowsOf, whatsapp } from '../test/support/connector-sandbox.js'
import type { ConnectorError } from './connector-error.js'

describe('reading structure', () => {
  it('returns the account with its currency and time zone', async () => {
    expect(await meta().readAccount(ACCOUNT)).toMatchObject({
      id: ACCOUNT,
      name: 'Moda TR',
      currency: 'TRY',
      timezone_name: 'Europe/Istanbul',
      account_status: 1,
    })
  })

  it('returns campaigns, ad sets and ads with consistent ids, each the same as when read alone', async () => {
    const client = meta()
    const [campaigns, adsets, ads] = [
      await client.listCampaigns(ACCOUNT),
      await client.listAdsets(ACCOUNT),
      await client.listAds(ACCOUNT),
    ]
    expect(campaigns.length).toBeGreaterThan(0)
    const campaignIds = new Set(campaigns.map(({ id }) => id))
    const adsetIds = new Set(adsets.map(({ id }) => id))
    expect(adsets.every(({ campaign_id }) => campaignIds.has(campaign_id))).toBe(true)
    expect(ads.every(({ adset_id }) => adsetIds.has(adset_id))).toBe(true)
    expect(await client.readEntity('campaign', campaigns[0]?.id ?? '')).toEqual(campaigns[0])
    expect(await client.readEntity('adset', adsets[0]?.id ?? '')).toEqual(adsets[0])
    expect(await client.readEntity('ad', ads[0]?.id ?? '')).toEqual(ads[0])
    for (const adset of adsets) {
      const owner = campaigns.find(({ id }) => id === adset.campaign_id)
      const budgets = [adset.daily_budget, adset.lifetime_budget, owner?.daily_budget, owner?.lifetime_budget]
      expect(budgets.filter((budget) => budget !== null && budget !== undefined)).toHaveLength(1)
    }
  })

  it('returns the minimum budgets', async () => {
    const [minimum] = await meta().readMinimumBudgets(ACCOUNT)
    expect(minimum?.currency).toBe('TRY')
    expect(minimum?.min_daily_budget_imp).toBeGreaterThan(0)
  })
})

describe('reading insights', () => {
  it('returns whole minor units by day, and the sum over ad sets is the account’s', async () => {
    const rows = await rowsOf(days('2026-11-10', '2026-11-19'))
    const account = await rowsOf(days('2026-11-10', '2026-11-19', { level: 'account' }))
    const sum = (list: typeof rows) => list.reduce((total, { spend }) => total + spend, 0)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.every(({ spend }) => Number.isSafeInteger(spend))).toBe(true)
    expect(sum(account)).toBe(sum(rows))
    expect(new Set(account.map(({ day }) => day)).size).toBe(10)
  })

  it('returns the hours of today, which add up to the day', async () => {
    const today = await rowsOf(days('2026-11-23', '2026-11-23'))
    const hours = await rowsOf(days('2026-11-23', '2026-11-23', { increment: 'hour' }))
    expect(hours.every(({ hour }) => hour !== null && hour >= 0 && hour <= 14)).toBe(true)
    for (const day of today) {
      const spends = hours.filter(({ entity_id }) => entity_id === day.entity_id).map(({ spend }) => spend)
      expect(spends.reduce((total, spend) => total + spend, 0)).toBe(day.spend)
    }
  })

  it('counts the same conversions by the account’s windows as by the ad sets’ own setting, if both are equal', async () => {
    const windows = await rowsOf(days('2026-11-10', '2026-11-12'))
    const own = await rowsOf(days('2026-11-10', '2026-11-12', { attribution: [] }))
    const shown = (rows: typeof own) =>
      rows.map(({ entity_id, day, measures }) => [entity_id, day, measures.purchases, measures.revenue])
    expect(shown(windows)).toEqual(shown(own))
    const purchases = (rows: typeof own) => rows.reduce((total, { measures }) => total + (measures.purchases ?? 0), 0)
    const short = await rowsOf(days('2026-11-10', '2026-11-12', { attribution: ['1d_click'] }))
    expect(purchases(short)).toBeLessThan(purchases(windows))
  })

  it('returns the same rows from a report as from a direct answer', async () => {
    const client = meta()
    const request = days('2026-11-15', '2026-11-16')
    const report = await client.startInsightsReport(request)
    const polls: string[] = []
    let rows
    for (let poll = 0; rows === undefined && poll < 10; poll += 1) {
      rows = await client.pollReport(report, request).catch((error: ConnectorError) => void polls.push(error.kind))
    }
    expect(new Set(polls)).toEqual(new Set(['not-ready']))
    const key = (row: { entity_id: string; day: string }) => `${row.day} ${row.entity_id}`
    const sorted = (list: Awaited<ReturnType<typeof rowsOf>>) => [...list].sort((a, b) => key(a).localeCompare(key(b)))
    expect(sorted(rows ?? [])).toEqual(sorted(await rowsOf(request)))
  })

  it('returns reach of a window, which is not the sum of the reach of its days', async () => {
    const request = { accountId: ACCOUNT, level: 'adset', since: '2026-11-10', until: '2026-11-16' } as const
    const rows = await meta().readReach(request)
    expect(rows.length).toBeGreaterThan(0)
    for (const { reach, frequency } of rows) {
      expect(reach).toBeGreaterThan(0)
      expect(frequency).toBeGreaterThanOrEqual(1)
    }
    const byDay = (await rowsOf(days(request.since, request.until))).filter(({ entity_id }) => entity_id === rows[0]?.entity_id)
    const impressions = byDay.reduce((sum, row) => sum + row.impressions, 0)
    expect(rows[0]?.frequency).toBeCloseTo(impressions / (rows[0]?.reach ?? 0), 2)
  })
})

describe('the business at WhatsApp', () => {
  it('has a number, and a template in each of its languages', async () => {
    const client = whatsapp()
    expect(await client.readPhone()).toEqual({ verifiedName: WHATSAPP.verifiedName, status: 'CONNECTED', quality: 'GREEN' })
    const templates = await client.listTemplates(WHATSAPP.businessAccountId, 'tetik_alert')
    expect(templates.map(({ language, status }) => `${language} ${status}`).sort()).toEqual(['en APPROVED', 'tr APPROVED'])
    expect(await client.listTemplates(WHATSAPP.businessAccountId, 'no_such')).toEqual([])
  })

  it('cannot be read with a wrong token or an invalid id', async () => {
    expect(await failure(whatsapp('wrong').readPhone())).toMatchObject({ kind: 'authentication' })
    const foreign = whatsapp(WHATSAPP.token, {}, 'the secret of another app')
    expect(await failure(foreign.readPhone())).toMatchObject({ kind: 'invalid-request', code: 100 })
    expect(await failure(whatsapp().listTemplates('../1', 'tetik_alert'))).toMatchObject({ reason: 'malformed-id' })
  })
})
