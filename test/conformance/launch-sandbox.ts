/** For the tests of creating and uploading: a sandbox with its own clock, clients, and fields that Meta would accept. */

import { afterAll, afterEach, beforeAll, expect } from 'vitest'

import { ConnectorError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { FieldValue, ObjectFields } from '../../connectors/meta/launch-object.js'
import type { Timeouts } from '../../connectors/options.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import type { LoggedRequest } from '../../sandbox/state/request-log.js'
import { failureOf } from '../support/failure.js'
import { type Sandbox, startSandbox } from '../support/sandbox.js'

export const ACCOUNT = `act_${IDENTITY.accountId}`
export const MINUTE = 60_000
export const DAY = 24 * 60 * MINUTE
/** For the call that gets no response because of a fault. */
export const IMPATIENT = { headers: 400, body: 400, upload: 400 }
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** The sandbox's clock, which only moves if a test moves it. */
export const clock = { now: Date.parse('2026-11-23T14:30:00+03:00') }

let sandbox: Sandbox
let clients: MetaClient[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => clock.now })
})
afterEach(async () => {
  await play([])
  await Promise.all(clients.map((client) => client.close()))
  clients = []
  // So that usage limits do not carry over to the next test.
  clock.now += 10 * MINUTE
})
afterAll(() => sandbox.stop())

export function meta(timeouts: Timeouts = {}, token: string = IDENTITY.token): MetaClient {
  const client = createMetaClient({ baseUrl: sandbox.url, token: () => token, appSecret: IDENTITY.appSecret, timeouts })
  clients.push(client)
  return client
}

/** Switches these faults on, and all others off. */
export async function play(faults: readonly object[]): Promise<void> {
  const response = await fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'PUT',
    body: JSON.stringify(faults),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.ok).toBe(true)
}

/** The sandbox's request log. */
export async function requests(query: string): Promise<LoggedRequest[]> {
  const response = await fetch(`${sandbox.url}/sandbox/requests?${query}`)
  return ((await response.json()) as { requests: LoggedRequest[] }).requests
}

export const failure = (work: Promise<unknown>): Promise<ConnectorError> => failureOf(work, ConnectorError)

let names = 0
/** Returns a unique name. */
export const named = (word: string): string => `${word} ${(names += 1)}`

export const campaignFields = (more: ObjectFields = {}): ObjectFields => ({
  name: named('TR | Yaz indirimi'),
  objective: 'OUTCOME_SALES',
  special_ad_categories: [],
  is_adset_budget_sharing_enabled: false,
  status: 'PAUSED',
  ...more,
})
export const TARGETING = {
  geo_locations: { countries: ['TR'] },
  age_min: 25,
  age_max: 44,
  genders: [2],
  targeting_automation: { advantage_audience: 0 },
}
export const adsetFields = (campaign: string, more: ObjectFields = {}): ObjectFields => ({
  name: named('Kadın 25-44'),
  campaign_id: campaign,
  daily_budget: '50000',
  bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
  billing_event: 'IMPRESSIONS',
  optimization_goal: 'OFFSITE_CONVERSIONS',
  promoted_object: { pixel_id: IDENTITY.pixelId, custom_event_type: 'PURCHASE' },
  targeting: TARGETING,
  status: 'PAUSED',
  ...more,
})
export const linkCreative = (hash: string, more: Record<string, FieldValue> = {}): ObjectFields => ({
  name: named('Görsel'),
  object_story_spec: {
    page_id: IDENTITY.pageId,
    link_data: {
      link: 'https://modatr.example/yaz',
      message: 'Yaz indirimi başladı',
      name: '%40 indirim',
      image_hash: hash,
      call_to_action: { type: 'SHOP_NOW', value: { link: 'https://modatr.example/yaz' } },
      ...more,
    },
  },
  url_tags: 'utm_source=meta',
})
export const adFields = (adset: string, creative: string, more: ObjectFields = {}): ObjectFields => ({
  name: named('Reklam'),
  adset_id: adset,
  creative: { creative_id: creative },
  status: 'PAUSED',
  ...more,
})

export async function image(client: MetaClient): Promise<string> {
  return (await client.uploadImage(ACCOUNT, { name: 'hero.png', bytes: PNG })).hash
}

/** Creates a campaign with an ad set, a creative and an ad, all paused. */
export async function launched(client: MetaClient) {
  const campaign = (await client.createObject(ACCOUNT, 'campaign', campaignFields())).id
  const adset = (await client.createObject(ACCOUNT, 'adset', adsetFields(campaign))).id
  const creative = (await client.createObject(ACCOUNT, 'creative', linkCreative(await image(client)))).id
  const ad = (await client.createObject(ACCOUNT, 'ad', adFields(adset, creative))).id
  return { campaign, adset, creative, ad }
}

export async function uploadVideo(
  client: MetaClient,
  bytes: Buffer,
  title = 'hero.mp4',
): Promise<{ videoId: string; session: string }> {
  const { session, videoId, ...first } = await client.startVideoUpload(ACCOUNT, { bytes: bytes.length })
  let wanted = first
  while (wanted.start < wanted.end) {
    const chunk = { session, start: wanted.start, bytes: bytes.subarray(wanted.start, wanted.end) }
    wanted = await client.transferVideoChunk(ACCOUNT, chunk)
  }
  await client.finishVideoUpload(ACCOUNT, { session, title })
  return { videoId, session }
}

/** Returns the name among the fields. */
export const nameIn = ({ name }: ObjectFields): string => (typeof name === 'string' ? name : '')
