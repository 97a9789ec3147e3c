import { inspect } from 'node:util'

import { Agent, MockAgent } from 'undici'
import { describe, expect, it } from 'vitest'

import { APP_SECRET, connect, failure, server, TOKEN } from '../../test/conformance/scripted-meta.js'
import { type ScriptedAnswer, startScriptedServer } from '../../test/conformance/scripted-server.js'
import type { MetaClient } from './client.js'
import { createMetaClient } from './create-client.js'

const graphError = (code: number, more: object = {}, status = 400): ScriptedAnswer => ({
  status,
  json: { error: { message: `(#${code}) message of Meta`, type: 'OAuthException', code, fbtrace_id: 'AbC', ...more } },
})

const CAMPAIGN = {
  id: '120210',
  name: 'TR | Summer',
  status: 'ACTIVE',
  effective_status: 'ACTIVE',
  objective: 'OUTCOME_SALES',
  created_time: '2026-03-01T09:30:00+0300',
  updated_time: '2026-03-02T00:00:00+0300',
  daily_budget: '50000',
  lifetime_budget: '0',
}

describe('a call', () => {
  it('sends token and proof as Graph requires, and the token never in the URL', async () => {
    server.answer({ json: { success: true } })
    await connect().updateStatus('1', 'PAUSED')
    const [request] = server.requests
    expect(request?.headers.authorization).toBe(`Bearer ${TOKEN}`)
    expect(request?.path).toBe('/v27.0/1')
    expect([...(request?.query ?? [])]).toEqual([])
    const form = new URLSearchParams(request?.body)
    expect(form.get('status')).toBe('PAUSED')
    // printf EAAtokenThatNobodyMaySee | openssl dgst -sha256 -hmac appSecretThatNobodyMaySee
    expect(form.get('appsecret_proof')).toBe('bb187b1ca342592a8c75fe5dc6582358578dfda3af1a502fb5b13716d857fd59')
  })

  it('asks for the token before each request, and sends nothing without one', async () => {
    server.answer({ json: { success: true } })
    let token = 'first'
    const client = connect({ token: () => token })
    await client.updateStatus('1', 'PAUSED')
    token = 'second'
    await client.updateStatus('1', 'PAUSED')
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second'])
    for (token of ['', 'with blank', 'with\nline']) {
      expect(await failure(client.updateStatus('1', 'PAUSED'))).toMatchObject({ kind: 'authentication', retryable: false })
    }
    expect(server.requests).toHaveLength(2)
  })

  it('is sent once, whatever goes wrong', async () => {
    for (const answer of [graphError(2, { is_transient: true }, 500), { status: 503, text: 'busy' }, graphError(4)]) {
      server.answer(answer)
      await failure(connect().readAccount('act_1'))
    }
    expect(server.requests).toHaveLength(3)
  })
})

describe('secrets', () => {
  const secretive: ScriptedAnswer[] = [
    graphError(190, { message: `Malformed access token ${TOKEN}`, error_user_title: TOKEN, error_user_msg: `see ${APP_SECRET}` }),
    graphError(100, { error_user_msg: `https://x/?access_token=${TOKEN}&appsecret_proof=abc123`, fbtrace_id: TOKEN }),
    { status: 502, text: TOKEN },
    { json: { data: [{ ...CAMPAIGN, created_time: TOKEN }] } },
    { json: { data: [], paging: { next: `https://elsewhere.example/?access_token=${TOKEN}` } } },
    (response) => response.destroy(),
  ]
  it('appear in no error: not in its text, stack, fields or inspection', async () => {
    for (const answer of secretive) {
      server.answer(answer)
      const error = await failure(connect().listCampaigns('act_1'))
      const shown = [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 9 })].join('\n')
      expect(shown).not.toContain(TOKEN)
      expect(shown).not.toContain(APP_SECRET)
      expect(shown).not.toContain('abc123')
    }
    expect(inspect(connect(), { depth: 9, showHidden: true })).not.toContain(TOKEN)
  })
})

describe('errors', () => {
  it.each([
    [190, 463, 'authentication', false],
    [200, undefined, 'permission', false],
    [100, undefined, 'invalid-request', false],
    [100, 33, 'not-found', false],
    [100, 1885272, 'invalid-request', false],
    [100, 1487534, 'too-much-data', false],
    [100, 3191001, 'permission', false],
    [1, 99, 'temporarily-unavailable', true],
    [2, undefined, 'temporarily-unavailable', true],
    [2, 1504041, 'invalid-request', false],
    [4, undefined, 'rate-limited', true],
    [17, 2446079, 'rate-limited', true],
    [17, 1885172, 'rate-limited', false],
    [80004, 2446079, 'rate-limited', true],
    [613, 1487632, 'rate-limited', true],
    [613, undefined, 'policy', false],
    [613, 1996, 'policy', false],
    [368, undefined, 'policy', false],
    [2635, undefined, 'unsupported-version', false],
    [987654, undefined, 'invalid-request', false],
  ])('code %i/%s is %s', async (code, subcode, kind, retryable) => {
    server.answer(graphError(code, subcode === undefined ? {} : { error_subcode: subcode }))
    const error = await failure(connect().readEntity('adset', '7'))
    expect(error).toMatchObject({ kind, retryable, code, subcode: subcode ?? null, status: 400, trace: 'AbC' })
    expect(error.mayHaveBeenCarriedOut).toBe(false)
    expect(error.request).toBe('GET /v27.0/7')
  })

  it('begin with Meta’s message for people, followed by the technical details', async () => {
    const texts = {
      error_user_title: 'Budget is too low',
      error_user_msg: 'It must be more than ₺105.00.',
      error_subcode: 1885272,
    }
    server.answer(graphError(100, texts))
    const error = await failure(connect().updateBudget('7', { field: 'daily_budget', amount: 100 }))
    expect(error.message.split('\n')).toEqual([
      'Could not set the daily_budget of 7: Budget is too low. It must be more than ₺105.00.',
      'Meta, POST /v27.0/7: meta-100-1885272, HTTP 400, code 100, subcode 1885272, fbtrace_id AbC',
    ])
    expect(error).toMatchObject({ userTitle: 'Budget is too low', userMessage: 'It must be more than ₺105.00.' })
  })

  it('take the time to wait from the headers (minutes for a use case, seconds for an account), or else from the documentation', async () => {
    const useCase = {
      type: 'ads_management',
      call_count: 100,
      total_cputime: 1,
      total_time: 1,
      estimated_time_to_regain_access: 7,
    }
    const cases: [ScriptedAnswer & object, number][] = [
      [{ ...graphError(80004), headers: { 'X-Business-Use-Case-Usage': JSON.stringify({ 1: [useCase] }) } }, 7 * 60_000],
      [{ ...graphError(17), headers: { 'X-Ad-Account-Usage': '{"acc_id_util_pct":100,"reset_time_duration":45}' } }, 45_000],
      [graphError(17), 60_000],
      [graphError(613, { error_subcode: 1487632 }), 3_600_000],
    ]
    for (const [answer, wait] of cases) {
      server.answer(answer)
      expect((await failure(connect().readAccount('act_1'))).retryAfter).toBe(wait)
    }
  })

  it('are thrown for an invalid argument before anything is sent', async () => {
    const client = connect()
    const insights = { accountId: 'act_1', currency: 'TRY', level: 'adset', increment: 'day', attribution: [] } as const
    const wrong = [
      client.readAccount('1'),
      client.listAds('act_1/../2'),
      client.readEntity('ad', '1?x=y'),
      client.updateStatus('me', 'PAUSED'),
      client.updateBudget('1', { field: 'daily_budget', amount: 10.5 }),
      client.updateBudget('1', { field: 'daily_budget', amount: 0 }),
      client.updateBudget('1', { field: 'lifetime_budget', amount: Number.NaN }),
      client.readInsights({ ...insights, since: '2026-02-30', until: '2026-03-01' }),
      client.readInsights({ ...insights, since: '2026-03-02', until: '2026-03-01' }),
      client.readInsights({ ...insights, since: '2026-03-01', until: '2026-03-01', attribution: ['dda'] }),
    ]
    for (const call of wrong)
      expect(await failure(call)).toMatchObject({ kind: 'invalid-request', retryable: false, status: null })
    expect(server.requests).toHaveLength(0)
  })
})

describe('a broken exchange', () => {
  /** Half a second is enough if no answer comes; tests with an answer do not use it, as a busy machine may take longer. */
  const impatient = (silent: boolean) => ({ maxAnswerBytes: 1_000, timeouts: silent ? { headers: 400, body: 400 } : {} })
  const write = (client: MetaClient) => client.updateStatus('1', 'PAUSED')
  const read = (client: MetaClient) => client.readAccount('act_1')

  it('of a change that was sent is an unknown outcome and not retryable', async () => {
    const broken: [ScriptedAnswer, string][] = [
      [() => undefined, 'timed-out'],
      [(response) => response.destroy(), 'connection-lost'],
      [(response) => response.writeHead(200, { 'content-length': '99' }).write('{'), 'timed-out'],
      [{ status: 502, text: '<html>Bad gateway</html>' }, 'not-json'],
      [{ status: 200, text: '{"success":tr' }, 'not-json'],
      [{ json: { success: false } }, 'unexpected-shape'],
      [{ json: {} }, 'unexpected-shape'],
      [{ json: { success: true, padding: 'x'.repeat(2_000) } }, 'answer-too-large'],
    ]
    for (const [answer, reason] of broken) {
      server.answer(answer)
      const error = await failure(write(connect(impatient(reason === 'timed-out'))))
      expect(error).toMatchObject({ kind: 'unknown-outcome', reason, retryable: false, mayHaveBeenCarriedOut: true })
    }
  })

  it('of a read cannot have changed anything, and says whether a retry may help', async () => {
    const broken: [ScriptedAnswer, string, boolean][] = [
      [() => undefined, 'timed-out', true],
      [(response) => response.destroy(), 'temporarily-unavailable', true],
      [{ status: 502, text: '<html>Bad gateway</html>' }, 'temporarily-unavailable', true],
      [{ status: 429, text: 'slow down' }, 'rate-limited', true],
      [{ status: 302, text: '', headers: { location: 'http://127.0.0.1:1/' } }, 'unexpected-answer', false],
      [{ status: 200, text: '<html>Sign in to the hotel’s WiFi</html>' }, 'unexpected-answer', false],
      [{ json: [] }, 'unexpected-answer', false],
      [{ json: { padding: 'x'.repeat(2_000) } }, 'too-much-data', false],
    ]
    for (const [answer, kind, retryable] of broken) {
      server.answer(answer)
      const error = await failure(read(connect(impatient(kind === 'timed-out'))))
      expect(error).toMatchObject({ kind, retryable, mayHaveBeenCarriedOut: false })
    }
  })

  it('that never began cannot have changed anything', async () => {
    const gone = await startScriptedServer()
    await gone.close()
    for (const call of [read, write]) {
      const error = await failure(call(connect({ baseUrl: gone.url })))
      expect(error).toMatchObject({ kind: 'unreachable', reason: 'connection-refused', retryable: true })
      expect(error.mayHaveBeenCarriedOut).toBe(false)
    }
  })

  it('differs from a failure that Meta reports for a change, which is retryable but may have been made', async () => {
    server.answer(graphError(2, { is_transient: true }, 500))
    expect(await failure(write(connect()))).toMatchObject({
      kind: 'temporarily-unavailable',
      retryable: true,
      mayHaveBeenCarriedOut: true,
    })
  })

  it('is cancelled by the caller’s signal, before sending and after', async () => {
    server.answer(() => undefined)
    const early = await failure(connect().updateStatus('1', 'PAUSED', { signal: AbortSignal.abort() }))
    expect(early).toMatchObject({ kind: 'cancelled', mayHaveBeenCarriedOut: false })
    expect(server.requests).toHaveLength(0)

    const abort = new AbortController()
    server.answer(() => abort.abort())
    const late = await failure(connect().updateStatus('1', 'PAUSED', { signal: abort.signal }))
    expect(late).toMatchObject({ kind: 'cancelled', mayHaveBeenCarriedOut: true })
  })
})

describe('lists', () => {
  it('follow the cursor on our own host, wherever the next URL points, and contain no duplicates', async () => {
    const next = 'https://elsewhere.example/v27.0/act_1/campaigns?access_token=x&after=CURSOR'
    server.answer(
      { json: { data: [CAMPAIGN], paging: { cursors: { after: 'OTHER' }, next } } },
      {
        json: {
          data: [
            { ...CAMPAIGN, name: 'renamed' },
            { ...CAMPAIGN, id: '2' },
          ],
          paging: { cursors: { after: 'END' } },
        },
      },
    )
    const pages: number[] = []
    const campaigns = await connect().listCampaigns('act_1', { onPage: (rows) => pages.push(rows), effectiveStatus: ['ACTIVE'] })
    expect(server.requests.map(({ query }) => query.get('after'))).toEqual([null, 'CURSOR'])
    expect(server.requests.map(({ query }) => query.get('effective_status'))).toEqual(['["ACTIVE"]', '["ACTIVE"]'])
    expect(campaigns.map(({ id, name }) => [id, name])).toEqual([
      ['120210', 'renamed'],
      ['2', 'TR | Summer'],
    ])
    expect(pages).toEqual([1, 3])
  })

  it('end with an error if the pages form a cycle', async () => {
    const next = (after: string) => `${server.url}/v27.0/act_1/campaigns?after=${after}`
    const page = (after: string): ScriptedAnswer => ({ json: { data: [], paging: { next: next(after) } } })
    server.answer(page('A'), page('B'), page('A'))
    const error = await failure(connect().listCampaigns('act_1'))
    expect(error).toMatchObject({ kind: 'unexpected-answer', path: 'paging.next' })
    expect(server.requests).toHaveLength(3)
  })

  it('have money in whole minor units, instants in milliseconds, and null for a budget that is not set', async () => {
    server.answer({ json: { data: [CAMPAIGN] } })
    const [campaign] = await connect().listCampaigns('act_1')
    expect(campaign).toMatchObject({
      daily_budget: 50_000,
      lifetime_budget: null,
      created_time: Date.UTC(2026, 2, 1, 6, 30),
      adlabels: [],
      is_adset_budget_sharing_enabled: null,
    })
  })

  it('give an error with the place of an unexpected shape', async () => {
    const cases: [object, string][] = [
      [{ data: 'none' }, 'data'],
      [{}, 'data'],
      [{ data: [CAMPAIGN, { ...CAMPAIGN, daily_budget: 'plenty' }] }, 'data[1].daily_budget'],
      [{ data: [{ ...CAMPAIGN, daily_budget: '1.5' }] }, 'data[0].daily_budget'],
      [{ data: [{ ...CAMPAIGN, daily_budget: -5 }] }, 'data[0].daily_budget'],
      [{ data: [{ ...CAMPAIGN, id: '../7' }] }, 'data[0].id'],
      [{ data: [{ ...CAMPAIGN, status: undefined }] }, 'data[0].status'],
      [{ data: [{ ...CAMPAIGN, created_time: 'yesterday' }] }, 'data[0].created_time'],
      [{ data: [{ ...CAMPAIGN, adlabels: [{ id: '1', name: 2 }] }] }, 'data[0].adlabels[0].name'],
      [{ data: [null] }, 'data[0]'],
    ]
    for (const [json, path] of cases) {
      server.answer({ json })
      expect(await failure(connect().listCampaigns('act_1'))).toMatchObject({ kind: 'unexpected-answer', path, retryable: false })
    }
  })
})

describe('the usage headers', () => {
  it('block calls at 95%: the next one fails at once, unsent, and says for how long', async () => {
    server.answer({
      json: { data: [] },
      headers: {
        'X-Ad-Account-Usage': '{"acc_id_util_pct":96.5,"reset_time_duration":120,"ads_api_access_tier":"standard_access"}',
      },
    })
    const seen: unknown[] = []
    const client = connect({ onUsage: (usage) => seen.push(usage) })
    await client.listAds('act_1')
    const error = await failure(client.updateStatus('1', 'PAUSED'))
    expect(error).toMatchObject({ kind: 'rate-limited', reason: 'usage-limit', retryable: true, mayHaveBeenCarriedOut: false })
    expect(error.retryAfter).toBeGreaterThan(110_000)
    expect(error.retryAfter).toBeLessThanOrEqual(120_000)
    expect(server.requests).toHaveLength(1)
    expect(seen).toMatchObject([{ account: { percent: 96.5, resetAfter: 120_000 }, tier: 'standard_access' }])
  })

  it('are reported for each call, together with what the call was for', async () => {
    const heard: unknown[] = []
    const client = connect({ onCall: (call) => heard.push(call) })
    const insights = { accountId: 'act_1', currency: 'TRY', level: 'ad', since: '2026-03-01', until: '2026-03-01' } as const
    const list = { json: { data: [] } }
    server.answer(list, list, list, { json: { report_run_id: '9' } }, list, { json: { success: true } })
    await client.readInsights({ ...insights, increment: 'day', attribution: [] })
    await client.readInsights({ ...insights, increment: 'hour', attribution: [] })
    await client.readReach({ accountId: 'act_1', level: 'account', since: '2026-03-01', until: '2026-03-01' })
    await client.startInsightsReport({ ...insights, increment: 'day', attribution: [] })
    await client.listAds('act_1')
    await client.updateStatus('1', 'PAUSED')
    server.answer({ status: 400, json: { error: { message: 'no', code: 100, fbtrace_id: 'x' } } })
    await failure(client.readEntity('ad', '1'))
    const kinds = ['ad insights by day', 'ad insights by hour', 'account reach', 'report', 'ads', 'change']
    expect(heard).toEqual([...kinds.map((kind) => ({ kind, failed: false })), { kind: 'object', failed: true }])
  })

  it('do not prevent pausing an ad set if only the insights limit is used up', async () => {
    server.answer(
      { json: { data: [] }, headers: { 'X-FB-Ads-Insights-Throttle': '{"app_id_util_pct":100,"acc_id_util_pct":10}' } },
      { json: { success: true } },
    )
    const client = connect()
    const reach = { accountId: 'act_1', level: 'adset', since: '2026-03-01', until: '2026-03-01' } as const
    await client.readReach(reach)
    expect(await failure(client.readReach(reach))).toMatchObject({ kind: 'rate-limited' })
    await client.updateStatus('1', 'PAUSED')
  })

  it('are ignored if they make no sense', async () => {
    server.answer({ json: { data: [] }, headers: { 'X-App-Usage': 'lots', 'X-Ad-Account-Usage': '[1]' } })
    const seen: unknown[] = []
    await connect({ onUsage: (usage) => seen.push(usage) }).listAds('act_1')
    expect(seen).toMatchObject([{ app: null, account: null, unreadable: ['x-app-usage'] }])
  })
})

describe('a dispatcher that is passed in', () => {
  it('is used and left open', async () => {
    const agent = new MockAgent()
    agent.disableNetConnect()
    agent
      .get('https://graph.example')
      .intercept({ path: /^\/prefix\/v25\.0\/1/, method: 'POST' })
      .reply(200, { success: 'true' })
    const client = connect({ baseUrl: 'https://graph.example/prefix/', version: 'v25.0', dispatcher: agent })
    await client.updateStatus('1', 'ACTIVE')
    await client.close()
    agent.assertNoPendingInterceptors()
    await agent.close()
  })

  it('must have a valid base URL without a password', () => {
    const dispatcher = new Agent()
    for (const baseUrl of ['graph', 'ftp://x', 'https://user:pass@graph.example']) {
      expect(() => createMetaClient({ baseUrl, token: () => 'x', dispatcher })).toThrow(TypeError)
    }
  })
})
