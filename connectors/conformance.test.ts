/**
 * The clients against the sandbox, which was written independently from the same contract: each must accept what the other sends,
 * and every fault that can be switched on must lead to the error that describes what really happened.
 */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { IDENTITY, WHATSAPP } from '../sandbox/base/identity.js'
import { failureOf } from '../test/support/failure.js'
import { type Sandbox, startSandbox } from '../test/support/sandbox.js'
import { ConnectorError } from './connector-error.js'
import type { MetaClient } from './meta/client.js'
import { createMetaClient } from './meta/create-client.js'
import type { InsightsRequest } from './meta/insights.js'
import type { Timeouts } from './options.js'
import type { WhatsAppClient } from './whatsapp/client.js'
import { createWhatsAppClient } from './whatsapp/create-client.js'

const NOW = Date.UTC(2026, 10, 23, 11, 30)
const ACCOUNT = `act_${IDENTITY.accountId}`
/** For calls that get no answer because of a fault; all others may take as long as a busy machine needs. */
const IMPATIENT = { headers: 400, body: 400 }
const SILENT = ['timeout-before-write', 'timeout-after-write', 'slow']
const timeoutsFor = ({ kind }: { kind: string }) => (SILENT.includes(kind) ? IMPATIENT : {})

let sandbox: Sandbox
let clients: { close(): Promise<void> }[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => NOW })
})
afterEach(async () => {
  await control('PUT', 'faults', [])
  await Promise.all(clients.map((client) => client.close()))
  clients = []
})
afterAll(() => sandbox.stop())

/** A new client for each test, so that usage headers of earlier tests do not slow it down. */
function meta(token: string = IDENTITY.token, appSecret: string = IDENTITY.appSecret, timeouts: Timeouts = {}): MetaClient {
  const client = createMetaClient({ baseUrl: sandbox.url, token: () => token, appSecret, timeouts })
  clients.push(client)
  return client
}

function whatsapp(
  token: string = WHATSAPP.token,
  timeouts: Timeouts = {},
  appSecret: string = WHATSAPP.appSecret,
): WhatsAppClient {
  const options = { baseUrl: sandbox.url, phoneId: WHATSAPP.phoneNumberId, token: () => token, timeouts, appSecret }
  const client = createWhatsAppClient(options)
  clients.push(client)
  return client
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  expect(response.ok, `${method} /sandbox/${path} answered ${response.status}`).toBe(true)
  return await response.json()
}

const failure = (work: Promise<unknown>) => failureOf(work, ConnectorError)

const days = (since: string, until: string, more: Partial<InsightsRequest> = {}): InsightsRequest => ({
  accountId: ACCOUNT,
  currency: 'TRY',
  level: 'adset',
  since,
  until,
  increment: 'day',
  attribution: ['7d_click', '1d_view'],
  ...more,
})

const rowsOf = (request: InsightsRequest) => meta().readInsights(request)

async function activeAdset() {
  const adsets = await meta().listAdsets(ACCOUNT, { effectiveStatus: ['ACTIVE'] })
  const adset = adsets.find(({ daily_budget }) => daily_budget !== null)
  if (adset === undefined) throw new Error('the sandbox has no active ad set with a budget of its own')
  return adset
}

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

describe('changing', () => {
  it('a status and a budget can be read back', async () => {
    const client = meta()
    const { id, daily_budget: before } = await activeAdset()
    await client.updateStatus(id, 'PAUSED')
    expect(await client.readEntity('adset', id)).toMatchObject({ status: 'PAUSED', daily_budget: before })
    await client.updateStatus(id, 'ACTIVE')
    const target = (before ?? 0) + 1_000
    await client.updateBudget(id, { field: 'daily_budget', amount: target })
    expect(await client.readEntity('adset', id)).toMatchObject({ status: 'ACTIVE', daily_budget: target })
  })

  it('a budget below the minimum is refused with a message and not changed', async () => {
    const { id, daily_budget: before } = await activeAdset()
    const error = await failure(meta().updateBudget(id, { field: 'daily_budget', amount: 1 }))
    expect(error).toMatchObject({ kind: 'invalid-request', code: 100, subcode: 1885272, mayHaveBeenCarriedOut: false })
    expect(error.userTitle).toBe('Budget is too low')
    expect((await meta().readEntity('adset', id)).daily_budget).toBe(before)
  })

  it('the wrong kind of budget is refused', async () => {
    const { id } = await activeAdset()
    expect(await failure(meta().updateBudget(id, { field: 'lifetime_budget', amount: 500_000 }))).toMatchObject({
      kind: 'invalid-request',
    })
  })
})

describe('creating and naming', () => {
  it('a bid is set if the strategy has one, and otherwise refused with a message', async () => {
    const client = meta()
    const adsets = await client.listAdsets(ACCOUNT)
    const bidding = adsets.find(({ bid_strategy }) => bid_strategy === 'COST_CAP')
    await client.updateBid(bidding?.id ?? '', 8_500)
    expect(await client.readEntity('adset', bidding?.id ?? '')).toMatchObject({ bid_amount: 8_500 })
    const other = adsets.find(({ bid_strategy }) => bid_strategy === 'LOWEST_COST_WITHOUT_CAP')
    expect(await failure(client.updateBid(other?.id ?? '', 8_500))).toMatchObject({ kind: 'invalid-request', code: 100 })
  })

  it('a name and labels can be read back; setting them replaces the old ones', async () => {
    const client = meta()
    const { id, name } = await activeAdset()
    await client.rename(id, `${name} | ölçek`)
    await client.setLabels(id, ['yaz', 'kazanan'])
    await client.setLabels(id, ['kazanan'])
    const read = await client.readEntity('adset', id)
    expect([read.name, read.adlabels.map((label) => label.name)]).toEqual([`${name} | ölçek`, ['kazanan']])
    await client.rename(id, name)
  })

  it('a copy is paused, has its suffix, and is found among the copies', async () => {
    const client = meta()
    const { id, name, daily_budget: budget } = await activeAdset()
    const copy = await client.copy({ level: 'adset', id, suffix: ' | copy 1a2b3c' })
    const found = await client.listCopies('adset', id)
    expect(found.filter((one) => one.name.endsWith('copy 1a2b3c')).map((one) => one.id)).toEqual([copy])
    expect(await client.readEntity('adset', copy)).toMatchObject({
      name: `${name} | copy 1a2b3c`,
      status: 'PAUSED',
      daily_budget: budget,
    })
    const [ad] = (await client.listAds(ACCOUNT)).filter(({ adset_id }) => adset_id === id)
    const sibling = await client.copy({ level: 'ad', id: ad!.id, suffix: ' | b' })
    expect(await client.readEntity('ad', sibling)).toMatchObject({ name: `${ad!.name} | b`, adset_id: id })

    expect(await client.listParts('adset', copy)).toEqual([])
    const inside = await client.copy({ level: 'ad', id: ad!.id, suffix: null, into: copy })
    expect(await client.listParts('adset', copy)).toEqual([{ level: 'ad', id: inside, name: ad!.name, source: ad!.id }])
    expect((await client.listParts('adset', id)).find((part) => part.id === ad!.id)?.source).toBeNull()
  })

  it('an edit is in the activity log with its author, and has the same id each time it is read', async () => {
    const client = meta()
    const { id, name } = await activeAdset()
    await client.rename(id, `${name} | kayıt`)
    await control('POST', 'edits', { object: id, by: 'person', name })
    const read = async () =>
      (await client.listActivities(ACCOUNT, { since: 0, until: Date.parse('2099-01-01') })).filter((one) => one.objectId === id)
    const [last, first] = await read()
    expect(last).toMatchObject({ type: 'update_ad_set_name', actorName: 'Ayşe Yılmaz', applicationName: 'Ads Manager' })
    expect(first).toMatchObject({
      actorName: IDENTITY.systemUser.name,
      applicationId: IDENTITY.appId,
      extra: { old_value: name, new_value: `${name} | kayıt` },
    })
    expect((await read()).map((one) => one.id).slice(0, 2)).toEqual([last!.id, first!.id])
  })

  it('every ad has the URLs of its images', async () => {
    const pictures = await meta().listAdPictures(ACCOUNT)
    expect(pictures.map(({ ad }) => ad).sort()).toEqual((await meta().listAds(ACCOUNT)).map(({ id }) => id).sort())
    for (const { creative, thumbnailUrl, imageUrl } of pictures) {
      expect(creative).toMatch(/^\d+$/)
      for (const url of [thumbnailUrl, imageUrl ?? thumbnailUrl]) expect(URL.canParse(url!)).toBe(true)
    }
  })

  it('a copy is found after a lost answer, and is not found if it was never made', async () => {
    const { id } = await activeAdset()
    for (const [kind, made] of [
      ['timeout-after-write', true],
      ['timeout-before-write', false],
    ] as const) {
      await control('PUT', 'faults', [{ kind, match: { method: 'POST', path: '/copies' } }])
      const suffix = ` | ${kind}`
      const lost = meta(IDENTITY.token, IDENTITY.appSecret, IMPATIENT).copy({ level: 'adset', id, suffix })
      expect(await failure(lost)).toMatchObject({ kind: 'unknown-outcome', mayHaveBeenCarriedOut: true })
      await control('PUT', 'faults', [])
      const copies = await meta().listCopies('adset', id)
      expect(copies.some(({ name }) => name.endsWith(suffix))).toBe(made)
    }
  })

  it('automated rules are read from all pages', async () => {
    const rules = await meta().listAdRules(ACCOUNT)
    expect(rules.length).toBeGreaterThan(4)
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    expect(rules.every(({ evaluation_spec: spec }) => spec !== null)).toBe(true)
  })
})

describe('Meta’s refusals', () => {
  it('of a wrong token, a wrong proof and a missing object have the right kind of error', async () => {
    expect(await failure(meta('wrong').readAccount(ACCOUNT))).toMatchObject({
      kind: 'authentication',
      code: 190,
      retryable: false,
    })
    expect(await failure(meta(IDENTITY.expiredToken).readAccount(ACCOUNT))).toMatchObject({
      kind: 'authentication',
      subcode: 463,
    })
    expect(await failure(meta(IDENTITY.token, 'wrong').readAccount(ACCOUNT))).toMatchObject({
      kind: 'invalid-request',
      code: 100,
    })
    expect(await failure(meta().readEntity('adset', '999'))).toMatchObject({ kind: 'not-found', code: 100, subcode: 33 })
  })
})

describe('with a fault switched on', () => {
  const play = (fault: object) => control('PUT', 'faults', [fault])

  it.each([
    [{ kind: 'http-500' }, { kind: 'temporarily-unavailable', retryable: true }],
    [{ kind: 'timeout-before-write' }, { kind: 'timed-out', retryable: true }],
    [{ kind: 'timeout-after-write' }, { kind: 'timed-out', retryable: true }],
    [{ kind: 'connection-reset' }, { kind: 'temporarily-unavailable', retryable: true }],
    [{ kind: 'malformed-json' }, { kind: 'unexpected-answer', reason: 'not-json', retryable: false }],
    [
      { kind: 'slow', delay: 5_000 },
      { kind: 'timed-out', retryable: true },
    ],
    [{ kind: 'token-expired' }, { kind: 'authentication', subcode: 463, retryable: false }],
    [
      { kind: 'rate-limit', code: 4 },
      { kind: 'rate-limited', retryable: true },
    ],
    [
      { kind: 'rate-limit', code: 17, subcode: 2446079 },
      { kind: 'rate-limited', retryable: true },
    ],
    [
      { kind: 'rate-limit', code: 80004, subcode: 2446079 },
      { kind: 'rate-limited', retryable: true },
    ],
    [
      { kind: 'rate-limit', code: 613, subcode: 1487742 },
      { kind: 'rate-limited', retryable: true },
    ],
  ])('a read ends as expected: %o', async (fault, expected) => {
    await play(fault)
    const client = meta(IDENTITY.token, IDENTITY.appSecret, timeoutsFor(fault))
    expect(await failure(client.readAccount(ACCOUNT))).toMatchObject({ ...expected, mayHaveBeenCarriedOut: false })
  })

  it.each([
    [{ kind: 'timeout-before-write' }, 'unknown-outcome', true, false],
    [{ kind: 'timeout-after-write' }, 'unknown-outcome', true, true],
    [{ kind: 'connection-reset' }, 'unknown-outcome', true, false],
    [{ kind: 'connection-reset', when: 'after' }, 'unknown-outcome', true, true],
    [{ kind: 'malformed-json' }, 'unknown-outcome', true, true],
    [{ kind: 'slow', delay: 5_000 }, 'unknown-outcome', true, true],
    [{ kind: 'http-500' }, 'temporarily-unavailable', true, false],
    [{ kind: 'token-expired' }, 'authentication', false, false],
    [{ kind: 'rate-limit', code: 17, subcode: 2446079 }, 'rate-limited', false, false],
    [{ kind: 'rate-limit', code: 613, subcode: 1487632 }, 'rate-limited', false, false],
  ])('a change ends as expected, and the error says whether it may have been made: %o', async (fault, kind, mayBeDone, done) => {
    const { id } = await activeAdset()
    await play({ ...fault, match: { method: 'POST' } })
    const client = meta(IDENTITY.token, IDENTITY.appSecret, timeoutsFor(fault))
    expect(await failure(client.updateStatus(id, 'PAUSED'))).toMatchObject({ kind, mayHaveBeenCarriedOut: mayBeDone })
    await play({ kind: 'http-500', match: { times: 0 } })
    expect((await meta().readEntity('adset', id)).status).toBe(done ? 'PAUSED' : 'ACTIVE')
    await meta().updateStatus(id, 'ACTIVE')
  })

  it.each([
    [{ kind: 'too-much-data' }, 'too-much-data', { code: 100, subcode: 1487534 }],
    [{ kind: 'too-much-data', code: 2, subcode: 1504038 }, 'too-much-data', { code: 2, subcode: 1504038 }],
    [{ kind: 'page-too-large', rows: 100 }, 'page-too-large', { code: 1, subcode: null }],
  ])('insights that are too large give an error that says what to request instead: %o', async (fault, kind, codes) => {
    await play({ ...fault, match: { path: '/insights' } })
    const asked = meta().readInsights(days('2026-11-10', '2026-11-12'), { page: 200 })
    expect(await failure(asked)).toMatchObject({ kind, ...codes })
  })

  it.each([
    [{}, 'report-failed', { code: -2, subcode: 2490547 }],
    [{ code: -3, subcode: 1504045 }, 'too-much-data', { code: -3, subcode: 1504045 }],
  ])('a report that failed at Meta gives an error: %o', async (fault, kind, codes) => {
    await play({ kind: 'report-failed', ...fault, match: {} })
    const client = meta()
    const report = await client.startInsightsReport(days('2026-11-10', '2026-11-12'))
    const polls: (ConnectorError | null)[] = []
    for (let poll = 0; poll < 3; poll++) polls.push(await failure(client.pollReport(report, days('2026-11-10', '2026-11-12'))))
    expect(polls.map((error) => error?.kind)).toEqual(['not-ready', 'not-ready', kind])
    expect(polls.at(-1)).toMatchObject(codes)
  })
})

describe('messages', () => {
  const message = { to: WHATSAPP.owner.phone, reference: 'conformance-1' }
  const template = { ...message, name: 'tetik_alert', language: 'tr', parameters: ['Ad set durdu'] }
  const inbox = async () =>
    (await control('GET', 'messages')) as { messages: { biz_opaque_callback_data: string | null; type: string }[] }

  it('can be sent as a template outside the 24-hour window, but not as text', async () => {
    await control('PUT', 'settings', { outside_window: 'error' })
    expect(await failure(whatsapp().sendText({ ...message, text: 'x' }))).toMatchObject({ kind: 'outside-window', code: 131047 })
    const sent = await whatsapp().sendTemplate(template)
    expect(sent.wamid).toMatch(/^wamid\./)
    expect((await inbox()).messages.some(({ biz_opaque_callback_data }) => biz_opaque_callback_data === 'conformance-1')).toBe(
      true,
    )
  })

  it('can be sent as text and with buttons within the 24-hour window', async () => {
    await control('POST', 'inbound', { from: WHATSAPP.owner.phone, text: 'merhaba' })
    await whatsapp().sendText({ ...message, reference: 'conformance-text', text: 'Merhaba' })
    const buttons = [{ id: 'approve:1', title: 'Onayla' }]
    await whatsapp().sendButtons({ ...message, reference: 'conformance-buttons', text: 'Artsın mı?', footer: 'tetik', buttons })
    const references = (await inbox()).messages.map(({ biz_opaque_callback_data }) => biz_opaque_callback_data)
    expect(references).toEqual(expect.arrayContaining(['conformance-text', 'conformance-buttons']))
  })

  it('with a missing template or too few parameters are refused as template errors', async () => {
    expect(await failure(whatsapp().sendTemplate({ ...template, name: 'nothing' }))).toMatchObject({
      kind: 'template',
      code: 132001,
    })
    expect(await failure(whatsapp().sendTemplate({ ...template, parameters: [] }))).toMatchObject({
      kind: 'template',
      code: 132000,
    })
    expect(await failure(whatsapp('wrong').sendTemplate(template))).toMatchObject({ kind: 'authentication', status: 401 })
  })

  it.each([
    [{ kind: 'timeout-after-write' }, 'unknown-outcome', true],
    [{ kind: 'timeout-before-write' }, 'unknown-outcome', true],
    [{ kind: 'connection-reset' }, 'unknown-outcome', true],
    [{ kind: 'malformed-json' }, 'unknown-outcome', true],
    [{ kind: 'token-expired' }, 'authentication', false],
    [{ kind: 'rate-limit', code: 130429 }, 'rate-limited', false],
    [{ kind: 'rate-limit', code: 131056 }, 'rate-limited', false],
  ])('end as expected with a fault switched on: %o', async (fault, kind, mayBeOut) => {
    await control('PUT', 'faults', [fault])
    const client = whatsapp(WHATSAPP.token, timeoutsFor(fault))
    expect(await failure(client.sendTemplate(template))).toMatchObject({ kind, mayHaveBeenCarriedOut: mayBeOut })
  })
})
