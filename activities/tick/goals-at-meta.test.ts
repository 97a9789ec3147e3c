/**
 * The bundled rule on ad sets with many goals, as Meta reports them: ad sets that do well stay active, and ad sets whose results
 * cannot be counted are left alone. Client, syncs, store and evaluation are the real ones; the sandbox answers.
 */

import { readFile } from 'node:fs/promises'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { TraceLeaf } from '../../engine/rule/decision.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { assetsOf } from '../../sandbox/accounts/assets.js'
import { MODA } from '../../sandbox/accounts/moda.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { type Sandbox, startSandbox } from '../../test/support/sandbox.js'
import { loadFacts } from '../facts/load-facts.js'
import { syncInsights } from '../sync/sync-insights.js'
import { syncStructure } from '../sync/sync-structure.js'
import { evaluateRules } from './evaluate-rules.js'

const DAY = 86_400_000
const AT = Date.parse('2026-03-10T12:00:00+03:00')
/** A custom conversion of the sandbox's account. */
const CONVERSION = assetsOf(MODA).find(({ type }) => type === 'CustomConversion')!.id
const PIXEL = { pixel_id: IDENTITY.pixelId }
const PAGE = { page_id: IDENTITY.pageId }
const event = (custom_event_type: string) => ({
  objective: 'OUTCOME_SALES',
  optimization_goal: 'OFFSITE_CONVERSIONS',
  promoted_object: { ...PIXEL, custom_event_type },
})
const engagement = (optimization_goal: string, destination_type: string) => ({
  objective: 'OUTCOME_ENGAGEMENT',
  optimization_goal,
  destination_type,
  promoted_object: PAGE,
})

const GOALS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  PURCHASE: event('PURCHASE'),
  INITIATED_CHECKOUT: event('INITIATED_CHECKOUT'),
  CONTENT_VIEW: event('CONTENT_VIEW'),
  CONTACT: event('CONTACT'),
  SCHEDULE: event('SCHEDULE'),
  SUBSCRIBE: event('SUBSCRIBE'),
  START_TRIAL: event('START_TRIAL'),
  SUBMIT_APPLICATION: event('SUBMIT_APPLICATION'),
  DONATE: event('DONATE'),
  FIND_LOCATION: event('FIND_LOCATION'),
  CUSTOMIZE_PRODUCT: event('CUSTOMIZE_PRODUCT'),
  LEAD: { ...event('LEAD'), objective: 'OUTCOME_LEADS' },
  LEAD_GENERATION: {
    objective: 'OUTCOME_LEADS',
    optimization_goal: 'LEAD_GENERATION',
    destination_type: 'ON_AD',
    promoted_object: PAGE,
  },
  'custom conversion': { ...event('OTHER'), promoted_object: { ...PIXEL, custom_conversion_id: CONVERSION } },
  POST_ENGAGEMENT: engagement('POST_ENGAGEMENT', 'ON_POST'),
  PAGE_LIKES: engagement('PAGE_LIKES', 'ON_PAGE'),
  QUALITY_CALL: {
    objective: 'OUTCOME_LEADS',
    optimization_goal: 'QUALITY_CALL',
    destination_type: 'PHONE_CALL',
    promoted_object: PAGE,
  },
}

const clock = { at: AT - 6 * DAY }
let sandbox: Sandbox
let client: ReturnType<typeof createMetaClient>
/** The names of the ad sets by their ids. */
const adsets = new Map<string, string>()

async function make(edge: string, fields: Record<string, unknown>): Promise<string> {
  const form = new URLSearchParams({ access_token: IDENTITY.token })
  for (const [name, value] of Object.entries(fields)) form.set(name, typeof value === 'string' ? value : JSON.stringify(value))
  const response = await fetch(`${sandbox.url}/v27.0/${ACCOUNT.id}/${edge}`, { method: 'POST', body: form })
  const body = (await response.json()) as { id?: string }
  if (body.id === undefined) throw new Error(`${edge}: ${JSON.stringify(body)}`)
  return body.id
}

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => clock.at })
  const creative = { creative_id: await make('adcreatives', { name: 'G', object_story_id: `${IDENTITY.pageId}_1` }) }
  for (const [name, { objective, ...goal }] of Object.entries(GOALS)) {
    const shared = { special_ad_categories: [], is_adset_budget_sharing_enabled: false, status: 'ACTIVE' }
    const campaign_id = await make('campaigns', { name, objective, ...shared })
    const fields = { daily_budget: 60_000, billing_event: 'IMPRESSIONS', targeting: { geo_locations: { countries: ['TR'] } } }
    const adset_id = await make('adsets', { name, campaign_id, ...fields, ...goal })
    await make('ads', { name, adset_id, creative, status: 'ACTIVE' })
    adsets.set(adset_id, name)
  }
  clock.at = AT
  client = createMetaClient({ baseUrl: sandbox.url, token: () => IDENTITY.token, appSecret: IDENTITY.appSecret })
})
const TARGETS = { target_cpa: { value: 12_000, unit: 'money', currency: 'TRY' } } as const

/** Returns a store with the account's data, counted with these attribution windows, and the bundled rule. */
async function readAccount(attribution: readonly string[], hours = false): Promise<ActivityRoom> {
  const room = await openActivityRoom({ ...SETTINGS, accounts: [{ ...ACCOUNT, attribution, targets: TARGETS }] })
  const dependencies = { ...room.dependencies, meta: () => client }
  const text = await readFile(new URL('../../rules/expensive-adsets.yaml', import.meta.url), 'utf8')
  const { rules, diagnostics } = loadRules([{ path: 'expensive-adsets.yaml', text }], dependencies.settings())
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: AT })
  room.clock.now = AT
  await room.run(syncStructure(dependencies), { account: ACCOUNT.name })
  const days = { account: ACCOUNT.name, level: 'adset', since: '2026-03-04', until: '2026-03-10', hourly: false } as const
  await room.run(syncInsights(dependencies), days)
  if (hours) await room.run(syncInsights(dependencies), { ...days, since: '2026-03-09', hourly: true })
  return { ...room, dependencies }
}

afterAll(async () => {
  await client.close()
  await sandbox.stop()
})

async function judged(
  room: ActivityRoom,
  rules = ['pause-expensive-adsets'],
): Promise<ReadonlyMap<string, { outcome: string; trace: readonly TraceLeaf[] }>> {
  await room.run(evaluateRules(room.dependencies), { account: ACCOUNT.name, at: AT, rules, tick: 'one' })
  const rows = await room.store.db.selectFrom('decisions').selectAll().where('rule', 'in', rules).execute()
  return new Map(
    rows
      .filter(({ entity_key }) => adsets.has(entity_key))
      .map(({ entity_key, outcome, trace_json }) => [
        adsets.get(entity_key)!,
        { outcome, trace: JSON.parse(trace_json) as TraceLeaf[] },
      ]),
  )
}

const outcomesOf = (found: Awaited<ReturnType<typeof judged>>): Record<string, string> =>
  Object.fromEntries([...found].map(([name, { outcome }]) => [name, outcome]))
const allHold = Object.fromEntries(Object.keys(GOALS).map((name) => [name, 'hold']))

test('the bundled rule pauses no ad set that does well, whatever its goal', async () => {
  expect(outcomesOf(await judged(await readAccount([])))).toEqual(allHold)
})

test('a trace names the attribution, and reports if Meta’s own results differ from the actions in its rows', async () => {
  const found = await judged(await readAccount([]))
  const notesOf = (name: string): string =>
    found
      .get(name)!
      .trace.flatMap(({ notes }) => notes ?? [])
      .join('\n')
  expect(notesOf('PURCHASE')).toBe('attribution: 7-day click, 1-day view')
  expect(notesOf('CONTACT')).toBe('attribution: 7-day click, 1-day view')
  // For content views the sandbox's results differ from its actions.
  expect(notesOf('CONTENT_VIEW')).toMatch(
    /^attribution: .*\nthese are Meta’s own results, \d+ fewer than the actions in its rows$/,
  )
})

test.each([[[]], [['7d_click', '1d_view']]])(
  'leads of forms and of a website, contacts there and in an app, are results of the ad set that looks for them alone, by %j',
  async (attribution) => {
    const room = await readAccount(attribution, true)
    const account = room.dependencies.settings().accounts[0]!
    const asked = { at: AT, knownAt: AT + DAY, level: 'adset', days: true, hoursSince: '2026-03-09' } as const
    const facts = (await loadFacts(room.store, account, asked))(DAY)
    const week = { since: '2026-03-05', until: '2026-03-09' }
    const yesterday = { from: Date.parse('2026-03-09T00:00:00+03:00'), to: Date.parse('2026-03-10T00:00:00+03:00') }
    for (const [name, own, all] of [
      ['LEAD_GENERATION', 'action:onsite_conversion.lead_grouped', 'leads'],
      ['LEAD', 'action:offsite_conversion.fb_pixel_lead', 'leads'],
      ['CONTACT', 'action:contact_website', 'action:contact_total'],
      ['SUBSCRIBE', 'action:subscribe_website', 'action:subscribe_total'],
    ] as const) {
      const adset = facts.entities('adset').find(({ key }) => adsets.get(key) === name)!
      const total = (measure: string) => facts.total(adset, measure, week)
      expect(total('results'), name).toBeGreaterThan(0)
      expect(total('results'), name).toBe(total(own))
      if (name !== 'LEAD') expect(total('results'), name).toBeLessThan(total(all) as number)
      expect(facts.hourlyTotal(adset, 'results', yesterday), name).toBe(facts.hourlyTotal(adset, own, yesterday))
    }
  },
)

test('nor where Meta’s own results are not asked for; what has no action type is unknown then, and why is said', async () => {
  const found = await judged(await readAccount(['7d_click', '1d_view']))
  expect(outcomesOf(found)).toEqual({ ...allHold, QUALITY_CALL: 'unknown' })
  expect(
    found
      .get('QUALITY_CALL')!
      .trace.map(({ because }) => because)
      .join(),
  ).toContain('Meta’s goal QUALITY_CALL')
})

const HOURLY_RULE = `
rules:
  - { id: hourly, account: moda-tr, scope: adset, every: 1h, when: ["purchases[6h] = 0", "spend[6h] > 1 TRY"], then: [pause], mode: act }
`

test.each([
  ['hours-without-conversions', 'returns no hourly conversions for this account'],
  ['hours-without-rows', 'returned no hourly rows'],
])('%s: a rule on hours knows nothing, and says why', async (kind, why) => {
  const put = (faults: unknown[]): Promise<Response> =>
    fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(faults),
    })
  await put([{ kind, match: { path: '/insights' } }])
  const room = await readAccount([], true)
  await put([])
  const { rules } = loadRules([{ path: 'hourly.yaml', text: HOURLY_RULE }], room.dependencies.settings())
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: AT })
  const found = await judged(room, ['hourly'])
  expect(outcomesOf(found)).toEqual(Object.fromEntries(Object.keys(GOALS).map((name) => [name, 'unknown'])))
  expect(
    found
      .get('PURCHASE')!
      .trace.map(({ because }) => because ?? '')
      .join(),
  ).toContain(why)
})
