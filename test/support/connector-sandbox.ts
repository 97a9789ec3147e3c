/** For the tests of clients against the sandbox: a sandbox per test file, clients, and the sandbox's controls. */

import { afterAll, afterEach, beforeAll, expect } from 'vitest'

import { ConnectorError } from '../../connectors/connector-error.js'
import type { MetaClient } from '../../connectors/meta/client.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { InsightsRequest } from '../../connectors/meta/insights.js'
import type { Timeouts } from '../../connectors/options.js'
import type { WhatsAppClient } from '../../connectors/whatsapp/client.js'
import { createWhatsAppClient } from '../../connectors/whatsapp/create-client.js'
import { IDENTITY, WHATSAPP } from '../../sandbox/base/identity.js'
import { failureOf } from './failure.js'
import { type Sandbox, startSandbox } from './sandbox.js'

const NOW = Date.UTC(2026, 10, 23, 11, 30)
export const ACCOUNT = `act_${IDENTITY.accountId}`
/** For calls that get no response because of a fault. All others may take as long as a busy machine needs. */
export const IMPATIENT = { headers: 400, body: 400 }
const SILENT = ['timeout-before-write', 'timeout-after-write', 'slow']
/** Returns short timeouts if the fault leaves the call without a response. */
export const timeoutsFor = ({ kind }: { kind: string }) => (SILENT.includes(kind) ? IMPATIENT : {})

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

/** Returns a new client, so that usage headers of earlier tests do not slow it down. */
export function meta(
  token: string = IDENTITY.token,
  appSecret: string = IDENTITY.appSecret,
  timeouts: Timeouts = {},
): MetaClient {
  const client = createMetaClient({ baseUrl: sandbox.url, token: () => token, appSecret, timeouts })
  clients.push(client)
  return client
}

export function whatsapp(
  token: string = WHATSAPP.token,
  timeouts: Timeouts = {},
  appSecret: string = WHATSAPP.appSecret,
): WhatsAppClient {
  const options = { baseUrl: sandbox.url, phoneId: WHATSAPP.phoneNumberId, token: () => token, timeouts, appSecret }
  const client = createWhatsAppClient(options)
  clients.push(client)
  return client
}

/** Calls one of the sandbox's own routes, such as `faults`. */
export async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  expect(response.ok, `${method} /sandbox/${path} answered ${response.status}`).toBe(true)
  return await response.json()
}

export const failure = (work: Promise<unknown>) => failureOf(work, ConnectorError)

/** Returns a request for the daily rows of all ad sets. */
export const days = (since: string, until: string, more: Partial<InsightsRequest> = {}): InsightsRequest => ({
  accountId: ACCOUNT,
  currency: 'TRY',
  level: 'adset',
  since,
  until,
  increment: 'day',
  attribution: ['7d_click', '1d_view'],
  ...more,
})

export const rowsOf = (request: InsightsRequest) => meta().readInsights(request)

/** Returns an active ad set with a daily budget of its own. */
export async function activeAdset() {
  const adsets = await meta().listAdsets(ACCOUNT, { effectiveStatus: ['ACTIVE'] })
  const adset = adsets.find(({ daily_budget }) => daily_budget !== null)
  if (adset === undefined) throw new Error('the sandbox has no active ad set with a budget of its own')
  return adset
}
