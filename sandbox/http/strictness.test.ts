import { createHmac } from 'node:crypto'

import { expect, it } from 'vitest'

import { IDENTITY, WHATSAPP } from '../base/identity.js'
import { ACCOUNT, Clock, type ErrorAnswer, start } from '../test-client.js'
import { adsetId, campaignIdAt } from '../world/seed.js'

const ADSET = `/v27.0/${adsetId('kadin-genis')}`
const CBO = `/v27.0/${campaignIdAt(1)}`

/** A request, with Meta's HTTP status, code and subcode for it. */
const REFUSED: ReadonlyArray<
  [method: 'GET' | 'POST', path: string, parameters: Record<string, unknown>, ...error: Array<number | undefined>]
> = [
  ['GET', '/v24.0/act_1234567890', {}, 400, 2635, undefined],
  ['GET', '/v99.0/act_1234567890', {}, 400, 2635, undefined],
  ['GET', '/v27.0/act_999', {}, 400, 100, 33],
  ['GET', '/v27.0/42', {}, 400, 100, 33],
  ['GET', `${ACCOUNT}/nonsense`, {}, 400, 2500, undefined],
  ['POST', `${ACCOUNT}/nonsense`, {}, 400, 100, 33],
  ['GET', `${ACCOUNT}/campaigns`, { fields: 'id,nonsense' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { fields: 'campaign{nonsense}' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { fields: 'campaign{name' }, 400, 2500, undefined],
  ['GET', `${ACCOUNT}/adsets`, { date_format: 'U' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { effective_status: ['NONSENSE'] }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/campaigns`, { effective_status: ['CAMPAIGN_PAUSED'] }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { limit: '0' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { limit: 'many' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { after: 'nowhere' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { filtering: '[{' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/adsets`, { filtering: [{ field: 'name', operator: 'LIKE', value: 'x' }] }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { fields: 'spend,roas' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { level: 'group' }, 400, 100, undefined],
  ['GET', `${ADSET}/insights`, { level: 'campaign' }, 500, 1, 99],
  ['GET', `${ACCOUNT}/insights`, { date_preset: 'last_5d' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { time_range: { since: '2026-03-02', until: '2026-03-01' } }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { time_range: { since: '2026-02-30', until: '2026-03-01' } }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { time_range: { since: '2020-01-01', until: '2026-03-01' } }, 400, 3018, undefined],
  ['GET', `${ACCOUNT}/insights`, { time_increment: '0' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { time_increment: '91' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { breakdowns: 'nonsense' }, 400, 100, undefined],
  [
    'GET',
    `${ACCOUNT}/insights`,
    { breakdowns: 'hourly_stats_aggregated_by_advertiser_time_zone', fields: 'reach' },
    400,
    2,
    1504041,
  ],
  ['GET', `${ACCOUNT}/insights`, { action_attribution_windows: ['2d_click'] }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { sort: 'spend' }, 400, 100, undefined],
  ['GET', `${ACCOUNT}/insights`, { level: 'ad', date_preset: 'maximum', time_increment: '1' }, 400, 100, 1487534],
  ['POST', `${ACCOUNT}/insights`, { level: 'nonsense' }, 400, 100, undefined],
  ['POST', ADSET, {}, 400, 100, undefined],
  ['POST', ADSET, { status: 'STOPPED' }, 400, 100, undefined],
  ['POST', ADSET, { daily_budget: '120.50' }, 400, 100, undefined],
  ['POST', ADSET, { daily_budget: '-5' }, 400, 100, undefined],
  ['POST', ADSET, { daily_budget: '100' }, 400, 100, 1885272],
  ['POST', ADSET, { lifetime_budget: '9000000' }, 400, 100, undefined],
  ['POST', ADSET, { daily_budget: '130000', lifetime_budget: '9000000' }, 400, 100, undefined],
  ['POST', `/v27.0/${adsetId('broad')}`, { daily_budget: '130000' }, 400, 100, 1885621],
  ['POST', `/v27.0/${campaignIdAt(0)}`, { daily_budget: '130000' }, 400, 100, 1885621],
  ['POST', `/v27.0/${adsetId('lansman-ayi')}`, { lifetime_budget: '500000' }, 400, 100, 1885650],
  ['POST', ADSET, { optimization_goal: 'LINK_CLICKS' }, 400, 100, 3260011],
  ['POST', ADSET, { promoted_object: { pixel_id: '1', custom_event_type: 'LEAD' } }, 400, 100, 3260011],
  ['POST', CBO, { objective: 'OUTCOME_LEADS' }, 400, 100, 3260011],
  ['POST', ADSET, { is_incremental_attribution_enabled: 'maybe' }, 400, 100, undefined],
]

it('a request that Meta refuses is refused with the same status, code and subcode, and changes nothing', async () => {
  const client = await start({ now: new Clock().now })
  const answers = []
  for (const [method, path, parameters] of REFUSED) {
    const { status, body } = await (method === 'GET'
      ? client.get<ErrorAnswer>(path, parameters)
      : client.post<ErrorAnswer>(path, parameters))
    expect(body.error.fbtrace_id, path).toMatch(/^A/)
    answers.push([method, path, parameters, status, body.error.code, body.error.error_subcode])
  }
  expect(answers).toEqual(REFUSED)
  expect((await client.requests('?effects=true')).length).toBe(0)
})

it('an undocumented parameter is accepted, changes nothing, and appears only in the log', async () => {
  const client = await start({ now: new Clock().now })
  expect((await client.post(ADSET, { nonsense: '1', name: 'Yeni ad' })).body).toEqual({ success: true })
  expect((await client.post(CBO, { bid_amount: '100' })).body).toEqual({ success: true })
  expect((await client.get(`${ACCOUNT}/adsets`, { fields: 'ads.limit(1).colour(red){id}', nonsense: '1' })).status).toBe(200)
  expect((await client.get(ADSET, { fields: 'name' })).body).toMatchObject({ name: 'Yeni ad' })
  const { body } = await client.send<{ swallowed: Array<{ path: string; parameters: string[] }> }>('GET', '/sandbox/swallowed')
  expect(body.swallowed.map(({ path, parameters }) => [path, parameters])).toEqual([
    [ADSET, ['nonsense']],
    [CBO, ['bid_amount']],
    [`${ACCOUNT}/adsets`, ['nonsense', 'ads[colour]']],
  ])
})

it('a documented parameter that the sandbox does not use is returned as it was written', async () => {
  const client = await start({ now: new Clock().now })
  const values = {
    frequency_control_specs: [{ event: 'IMPRESSIONS', interval_days: 7, max_frequency: 2 }],
    existing_customer_budget_percentage: 20,
    is_incremental_attribution_enabled: true,
  }
  expect((await client.post(ADSET, values)).body).toEqual({ success: true })
  expect((await client.get(ADSET, { fields: Object.keys(values) })).body).toMatchObject(values)
  expect((await client.send('GET', '/sandbox/swallowed')).body).toEqual({ swallowed: [] })
})

it('a token gives access only to its own product, and only while it is valid', async () => {
  const client = await start()
  const ask = async (path: string, token?: string, more = ''): Promise<unknown> => {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
    const { status, body } = await client.send<Partial<ErrorAnswer>>('GET', `${path}${more}`, undefined, headers)
    return [status, body.error?.code, body.error?.error_subcode]
  }
  const proof = createHmac('sha256', IDENTITY.appSecret).update(IDENTITY.token).digest('hex')
  const phone = `/v27.0/${WHATSAPP.phoneNumberId}`
  expect(await ask(ACCOUNT)).toEqual([400, 104, undefined])
  expect(await ask(ACCOUNT, 'wrong')).toEqual([400, 190, 467])
  expect(await ask(ACCOUNT, IDENTITY.expiredToken)).toEqual([400, 190, 463])
  expect(await ask(ACCOUNT, WHATSAPP.token)).toEqual([403, 200, undefined])
  expect(await ask(ACCOUNT, IDENTITY.token)).toEqual([200, undefined, undefined])
  expect(await ask(ACCOUNT, IDENTITY.token, `?appsecret_proof=${proof}`)).toEqual([200, undefined, undefined])
  expect(await ask(ACCOUNT, IDENTITY.token, '?appsecret_proof=0')).toEqual([400, 100, undefined])
  expect(await ask(phone, IDENTITY.token)).toEqual([403, 200, undefined])
  expect(await ask(phone, 'wrong')).toEqual([401, 190, 467])
  expect(await ask(phone, WHATSAPP.token)).toEqual([200, undefined, undefined])
})

it('the log shows no token', async () => {
  const client = await start()
  await client.get(ACCOUNT, { appsecret_proof: 'f'.repeat(64) })
  expect(JSON.stringify(await client.requests())).not.toContain(IDENTITY.token)
  expect((await client.requests())[0]?.parameters).toEqual({ access_token: '…en', appsecret_proof: '…ff' })
})

it('usage headers rise with the calls, and a development account is stopped at 60 points', async () => {
  const clock = new Clock()
  const client = await start({ now: clock.now, accessTier: 'development_access' })
  const used: number[] = []
  for (let call = 0; call < 60; call++) {
    const { headers } = await client.get(`${ACCOUNT}/insights`, { date_preset: 'today' })
    used.push((JSON.parse(headers.get('x-ad-account-usage') ?? '{}') as { acc_id_util_pct: number }).acc_id_util_pct)
    expect(headers.has('x-fb-ads-insights-throttle')).toBe(true)
  }
  expect(used[0]).toBeLessThan(2)
  expect(used.every((value, index) => index === 0 || value > (used[index - 1] ?? 0))).toBe(true)
  const refused = await client.get<ErrorAnswer>(ACCOUNT)
  expect([refused.status, refused.body.error.code, refused.body.error.error_subcode]).toEqual([400, 17, 2446079])
  const usage = JSON.parse(refused.headers.get('x-business-use-case-usage') ?? '{}') as Record<
    string,
    Array<Record<string, unknown>>
  >
  expect(usage[IDENTITY.businessId]?.[0]?.estimated_time_to_regain_access).toBe(5)
  clock.forward(301_000)
  expect((await client.get(ACCOUNT)).status).toBe(200)
})

it('accepts parameters in the query, in a form and as JSON, and a trailing slash', async () => {
  const client = await start()
  const bearer = { authorization: `Bearer ${IDENTITY.token}` }
  const name = async (): Promise<unknown> => (await client.get<{ name: string }>(ADSET, { fields: 'name' })).body.name
  await client.send('POST', `${ADSET}/?access_token=${IDENTITY.token}&name=A`)
  expect(await name()).toBe('A')
  await client.post(ADSET, { name: 'B' })
  expect(await name()).toBe('B')
  await client.send('POST', ADSET, { id: adsetId('kadin-genis'), name: 'C' }, bearer)
  expect(await name()).toBe('C')
})
