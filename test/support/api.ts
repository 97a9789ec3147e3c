/** An API on the test's own store, as `createApp` and as a server; Temporal is down unless a test provides one. */

import type { Hono } from 'hono'
import { onTestFinished } from 'vitest'

import type { Account, Settings } from '../../engine/account/account.js'
import { DEFAULT_GUARDRAILS } from '../../engine/account/guardrails.js'
import { createApp } from '../../service/api/app.js'
import type { ApiContext } from '../../service/api/http/context.js'
import { liveDecisions } from '../../service/api/http/live-decisions.js'
import { temporalAccess } from '../../service/api/http/temporal-access.js'
import { type RunningApi, startApi } from '../../service/api/start-api.js'
import { openForecastPool } from '../../service/forecast/forecast-pool.js'
import { openStore } from '../../store/base/store.js'
import { expectDocumented } from './documented.js'
import { temporaryStore } from './temporary-store.js'

export const TOKEN = 'test-token-of-the-api'
export const INSTALLATION = '0123abcd'
export const NOW = Date.parse('2026-03-10T12:00:00Z')

export const ACCOUNT: Account = {
  name: 'moda-tr',
  id: 'act_1234567890',
  currency: 'TRY',
  timezone: 'Europe/Istanbul',
  tokenVariable: 'META_ACCESS_TOKEN',
  result: 'purchases',
  attribution: ['7d_click', '1d_view'],
  targets: {},
  values: {},
  gross: { fees: 0, tax: 0 },
  guardrails: DEFAULT_GUARDRAILS,
}

export const SETTINGS: Settings = {
  file: null,
  accounts: [ACCOUNT],
  recipients: [],
  groups: [],
  defaults: { mode: 'observe', cooldown: 86_400_000 },
}

export interface TestApi {
  readonly app: Hono
  readonly context: ApiContext
  /**
   * Makes a request with the token. A body is sent as JSON, and a write gets an idempotency key unless it has one. The response must
   * match the OpenAPI document.
   */
  readonly ask: (
    path: string,
    options?: { method?: string; body?: unknown; headers?: Record<string, string> },
  ) => Promise<Response>
}

export async function testApi(overrides: Partial<ApiContext> = {}): Promise<TestApi> {
  const store = overrides.store ?? (await temporaryStore())
  const live = liveDecisions(store, () => {})
  onTestFinished(() => live.close())
  const forecasts = openForecastPool({ threads: 1 })
  onTestFinished(() => forecasts.close())
  const context: ApiContext = {
    store,
    installation: INSTALLATION,
    live,
    forecasts,
    temporal: temporalAccess(() => Promise.reject(new Error('Temporal is down'))),
    settings: () => SETTINGS,
    recipientOf: () => null,
    reloadRules: () => Promise.resolve({ loaded: { added: [], changed: [], removed: [], unchanged: [] }, diagnostics: [] }),
    token: TOKEN,
    whatsapp: { phoneId: '106', verifyToken: 'verify', appSecret: 'whatsapp-secret' },
    variables: {},
    temporalUi: { url: 'http://127.0.0.1:8233', namespace: 'default' },
    panelFolder: null,
    changeWait: 5_000,
    now: () => NOW,
    logError: () => {},
    ...overrides,
  }
  const app = createApp(context)
  let keys = 0
  return {
    app,
    context,
    ask: async (path, { method = 'GET', body, headers = {} } = {}) => {
      const response = await app.request(path, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          ...(method === 'GET' ? {} : { 'idempotency-key': `key-${++keys}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      await expectDocumented(method, path, response.clone())
      return response
    },
  }
}

/** A Temporal that is available but never used. */
export const QUIET_TEMPORAL = {
  use: () => Promise.reject(new Error('not asked')),
  answers: () => Promise.resolve(true),
  close: () => Promise.resolve(),
}

/** Returns the body of `/readyz`, with the HTTP status as `code`. */
export async function readiness({ ask }: TestApi): Promise<object> {
  const response = await ask('/readyz')
  return { code: response.status, ...((await response.json()) as object) }
}

/** Starts a server on a free port, with its own connection to the test's store. */
export async function runningApi(
  overrides: Partial<Parameters<typeof startApi>[0]> = {},
): Promise<RunningApi & { file: string }> {
  const file = overrides.store?.file ?? (await temporaryStore()).file
  const store = await openStore(file)
  const { context } = await testApi({ store })
  const api = await startApi({
    ...context,
    connect: () => Promise.reject(new Error('Temporal is down')),
    host: '127.0.0.1',
    port: 0,
    now: Date.now,
    ...overrides,
  })
  onTestFinished(async () => {
    await api.close()
    await store.close()
  })
  return { ...api, file }
}

/** Returns the body of an answer, such as a page of a list. */
export const json = async (response: Response | Promise<Response>) =>
  (await (await response).json()) as Record<string, unknown> & { data: Record<string, unknown>[]; next: string | null }
