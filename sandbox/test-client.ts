/** For the sandbox's tests: starts a sandbox and calls it over real HTTP. */

import { afterEach } from 'vitest'

import { IDENTITY, WHATSAPP } from './base/identity.js'
import { type Sandbox, type SandboxOptions, startSandbox } from './server.js'
import type { LoggedRequest } from './state/request-log.js'

export const ACCOUNT = `/v27.0/act_${IDENTITY.accountId}`

export interface Answered<T> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

export interface ErrorAnswer {
  readonly error: {
    code: number
    error_subcode?: number
    message: string
    type: string
    fbtrace_id: string
    error_data?: unknown
  }
}

const open: Sandbox[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.stop()))
})

/** 2026-03-11 14:30 in Istanbul, a Wednesday, unless set otherwise. */
export class Clock {
  constructor(public at = Date.parse('2026-03-11T14:30:00+03:00')) {}
  readonly now = (): number => this.at
  forward(milliseconds: number): void {
    this.at += milliseconds
  }
}

/** Starts a sandbox that is stopped after the test. */
export async function start(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox(options)
  open.push(sandbox)
  return new Client(sandbox)
}

export class Client {
  constructor(readonly sandbox: Sandbox) {}

  /** @param body sent as JSON; a URLSearchParams as a form */
  async send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answered<T>> {
    const isForm = body instanceof URLSearchParams
    const response = await fetch(this.sandbox.url + path, {
      method,
      headers: { ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as T }
  }

  get<T>(path: string, parameters: Record<string, unknown> = {}): Promise<Answered<T>> {
    const query = new URLSearchParams({ access_token: IDENTITY.token })
    for (const [name, value] of Object.entries(parameters))
      query.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    return this.send('GET', `${path}?${query.toString()}`)
  }

  /** Form-encoded, as Meta's own SDK does. */
  post<T>(path: string, parameters: Record<string, unknown>): Promise<Answered<T>> {
    const form = new URLSearchParams({ access_token: IDENTITY.token })
    for (const [name, value] of Object.entries(parameters))
      form.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    return this.send('POST', path, form)
  }

  whatsapp<T>(body: Record<string, unknown>): Promise<Answered<T>> {
    return this.send('POST', `/v27.0/${WHATSAPP.phoneNumberId}/messages`, body, { authorization: `Bearer ${WHATSAPP.token}` })
  }

  async requests(query = ''): Promise<LoggedRequest[]> {
    const { body } = await this.send<{ requests: LoggedRequest[] }>('GET', `/sandbox/requests${query}`)
    return body.requests
  }

  async faults(...faults: unknown[]): Promise<Answered<{ faults: Array<{ matched: number; fired: number }> }>> {
    return this.send('PUT', '/sandbox/faults', { faults })
  }
}

/** The fields that Meta requires of a sales campaign and of an ad set in it. */
export const NEW_CAMPAIGN = {
  name: 'Yaz',
  objective: 'OUTCOME_SALES',
  special_ad_categories: [],
  is_adset_budget_sharing_enabled: false,
}
export const NEW_ADSET = {
  name: 'Kadın',
  daily_budget: 50_000,
  billing_event: 'IMPRESSIONS',
  optimization_goal: 'OFFSITE_CONVERSIONS',
  promoted_object: { pixel_id: IDENTITY.pixelId, custom_event_type: 'PURCHASE' },
  targeting: { geo_locations: { countries: ['TR'] } },
}
