/** Forecasts, anomalies and suggestions with real parts in one process, from the sandbox’s history to the phone. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { TraceLeaf } from '../../engine/rule/decision.js'
import type { Alert, Anomaly } from '../../service/api/shapes/alert.js'
import type { Forecast } from '../../service/api/shapes/forecast.js'
import type { Suggestion } from '../../service/api/shapes/suggestion.js'
import { apiToken } from '../../service/settings/api-token.js'
import { connectClient, type TetikClient } from '../../service/temporal/connection.js'
import { listEntities } from '../../store/account/entities.js'
import { installationId } from '../../store/base/installation.js'
import { expectDocumented } from '../support/documented.js'
import { ACCOUNT_FILE } from './fixtures.js'
import { until } from './project.js'
import { type RealParts, startRealParts } from './real-parts.js'

const rule = (id: string, when: readonly string[], more: string, scope = 'account'): string =>
  `rules:\n  - { id: ${id}, account: moda-tr, scope: ${scope}, every: 1m, when: ${JSON.stringify({ all: when })}, ${more} }\n`
const LOOK = 'then: [{ whatsapp: { to: owner, text: look } }], mode: observe'

let real: RealParts
let temporal: TetikClient
beforeAll(async () => {
  real = await startRealParts({
    'tetik.yaml': ACCOUNT_FILE.replace('120 TRY }', '120 TRY, monthly_budget: 300000 TRY }'),
    'rules/month.yaml': rule(
      'month',
      ['forecast(spend, this_month) > 1 TRY'],
      `then: [{ whatsapp: { to: owner, text: "Ay sonu {forecast(spend, this_month)}, yedi günde {forecast(clicks, 7d)} tıklama" } }],
      cooldown: 24h, mode: act`,
    ),
    'rules/usual.yaml': rule('usual', ['expected(spend[yesterday]) > 0 TRY', 'anomaly(spend[yesterday]) > -1000'], LOOK),
    'rules/campaigns.yaml': rule('campaigns', ['forecast(spend, this_month) > 1 TRY'], LOOK, 'campaign'),
    'rules/costs.yaml': rule('costs', ['anomaly(cpa[yesterday]) > -1000'], LOOK, 'adset'),
  })
  temporal = await connectClient(real.settings.temporal, await installationId(real.store))
}, 120_000)
afterAll(async () => {
  await temporal?.connection.close()
  await real?.stop()
})

const decisionOf = (id: string) => () =>
  real.store.db.selectFrom('decisions').selectAll().where('rule', '=', id).where('outcome', '=', 'fire').executeTakeFirst()
const fired = (id: string) => until(decisionOf(id), (decision) => decision !== undefined)
const leavesOf = (decision: { readonly trace_json: string } | undefined): TraceLeaf[] =>
  JSON.parse(decision?.trace_json ?? '[]') as TraceLeaf[]
const judgedBy = (id: string) => real.store.db.selectFrom('decisions').selectAll().where('rule', '=', id).execute()
const inLira = (amount: number): string => new Intl.NumberFormat('tr-TR', { style: 'currency', currency: 'TRY' }).format(amount)

/** Returns the forecast activities of completed ticks from Temporal: their queue, and how many forecasts each computed. */
async function forecastsOfTicks(): Promise<{ readonly queue: string; readonly made: number }[]> {
  const found = []
  const ended = temporal.workflow.list({ query: "WorkflowType = 'watchAccount' AND ExecutionStatus = 'Completed'" })
  for await (const { workflowId, runId, startTime } of ended) {
    const { events = [] } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory()
    for (const { activityTaskCompletedEventAttributes: completed } of events ?? []) {
      const scheduled = events?.find(({ eventId }) => String(eventId) === String(completed?.scheduledEventId))
      const { activityType, taskQueue } = scheduled?.activityTaskScheduledEventAttributes ?? {}
      if (activityType?.name !== 'prepareForecasts') continue
      const [payload] = completed?.result?.payloads ?? []
      const { made } = JSON.parse(Buffer.from(payload?.data ?? []).toString('utf8')) as { made: number }
      found.push({ queue: taskQueue?.name ?? '', made, startTime })
    }
  }
  return found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
}

/** Makes a request whose response must match the OpenAPI document. */
async function ask(path: string): Promise<Response> {
  const response = await fetch(`${real.settings.apiUrl}${path}`, {
    headers: { authorization: `Bearer ${apiToken(real.settings)}` },
  })
  await expectDocumented('GET', path, response.clone())
  return response
}
async function read<T>(path: string): Promise<T> {
  const response = await ask(path)
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}

describe('a rule on a forecast', () => {
  it('fires on the month’s forecast, and its trace has the model, accuracy and bands', async () => {
    const [leaf] = leavesOf(await fired('month'))
    const [estimate] = leaf?.estimates ?? []
    expect(leaf).toMatchObject({ result: true, unit: 'TRY', left: expect.any(Number) as number })
    expect(estimate).toMatchObject({ source: 'forecast(spend, this_month)', value: leaf?.left, detailUnit: 'TRY' })
    expect(estimate?.detail?.model).toMatch(/%/)
    expect(estimate?.detail?.accuracy).toMatch(/^off by \d+% on average over the last \d+ weeks$/)
    const [narrow, wide] = estimate?.detail?.bands ?? []
    expect([narrow?.level, wide?.level]).toEqual([0.8, 0.95])
    const inOrder = [wide!.lo, narrow!.lo, Number(leaf?.left), narrow!.hi, wide!.hi]
    expect(inOrder).toEqual([...inOrder].sort((a, b) => Number(a) - Number(b)))
  })

  it('is unknown for a campaign younger than two weeks, and fires for the others', async () => {
    await fired('campaigns')
    const [young, ...others] = (await judgedBy('campaigns')).sort((one, other) => (one.outcome < other.outcome ? 1 : -1))
    expect(young?.outcome).toBe('unknown')
    expect(leavesOf(young)[0]?.because).toMatch(/^not enough history: \d+ of at least 14 points$/)
    expect([...new Set(others.map(({ outcome }) => outcome))]).toEqual(['fire'])
  })

  it('sends the amount that it decided on, in Turkish format', async () => {
    const [leaf] = leavesOf(await fired('month'))
    const sent = async () => (await real.sandbox<{ messages: { text: string }[] }>('/sandbox/messages?direction=out')).messages
    const messages = await until(sent, (found) => found.length > 0)
    const [text, ...others] = messages.map(({ text }) => text).filter((text) => text.includes('Ay sonu'))
    expect(others).toEqual([])
    expect(text).toContain(`Ay sonu ${inLira(Number(leaf?.left))},`)
    // The text contains a forecast that is not in the condition.
    expect(text).toMatch(/yedi günde [\d.,]+ tıklama/)
  })

  it('has forecasts computed once, on their own task queue, for all ticks and rules', async () => {
    real.write('rules/again.yaml', rule('again', ['forecast(spend, this_month) > 2 TRY', 'forecast(spend, 7d) > 0 TRY'], LOOK))
    await fired('again')
    const [first, ...later] = await until(forecastsOfTicks, (ticks) => ticks.length > 1)
    expect(first?.made).toBeGreaterThan(0)
    expect([first, ...later].map((tick) => tick?.queue)).toEqual([first, ...later].map(() => temporal.names.queues.forecasts))
    expect(later.map(({ made }) => made)).toEqual(later.map(() => 0))
  })
})

describe('expected values and anomalies', () => {
  it('are known to a rule for yesterday’s spend', async () => {
    const [expected, anomaly] = leavesOf(await fired('usual'))
    expect(expected).toMatchObject({ result: true, unit: 'TRY', unitKind: 'money' })
    expect(Number(expected?.left)).toBeGreaterThan(1000)
    expect(anomaly).toMatchObject({ result: true, unitKind: 'number' })
    expect(Number.isFinite(anomaly?.left)).toBe(true)
    expect(anomaly?.estimates?.[0]?.detail?.expected).toBe(expected?.left)
  })

  it('are known for yesterday’s cost of an ad set, or have a reason why not', async () => {
    await fired('costs')
    const judged = (await judgedBy('costs')).flatMap(leavesOf)
    const isKnown = ({ left, because }: TraceLeaf): boolean => Number.isFinite(left) && because === undefined
    const reasons = judged.filter((leaf) => !isKnown(leaf)).map(({ left, because }) => [left, because])
    expect(judged.some(isKnown)).toBe(true)
    // Two ad sets are a few days old, and one was paused three weeks ago.
    expect(reasons.length).toBeGreaterThan(2)
    for (const [left, because] of reasons) {
      expect(left).toBeNull()
      expect(because).toMatch(/^(too little history: |what it is divided by |late conversions may still come in)/)
    }
  })
})

describe('GET /api/ai/forecast', () => {
  it('has thirty days of the account with bands, and the same month as the rule', async () => {
    const whole = await read<Forecast>('/api/ai/forecast?days=30')
    expect([whole.unit, whole.reason, whole.points.length]).toEqual(['TRY', null, 30])
    for (const { mean, lo80, hi80, lo95, hi95 } of whole.points)
      expect(0 <= lo95 && lo95 <= lo80 && lo80 <= mean && mean <= hi80 && hi80 <= hi95).toBe(true)
    expect(whole.month?.budget).toBe(300_000)
    expect(whole.month!.mean).toBeGreaterThanOrEqual(whole.month!.soFar!)
    const [leaf] = leavesOf(await decisionOf('month')())
    // Today's numbers have grown since the rule decided.
    expect(Math.abs(whole.month!.mean / Number(leaf?.left) - 1)).toBeLessThan(0.02)
  })

  it('of campaigns adds up to the account’s once the campaign with too little history is paused, whose forecast is then zero', async () => {
    const campaigns = await listEntities(real.store, { level: 'campaign', limit: 50 })
    const ofCampaigns = async () => {
      const parts = []
      for (const { id } of campaigns) parts.push(await read<Forecast>(`/api/ai/forecast?days=30&scope=campaign&id=${id}`))
      return parts
    }
    const young = (await ofCampaigns()).filter(({ reason }) => reason !== null)
    expect(young.map(({ reason, points }) => [reason, points])).toEqual([
      [expect.stringMatching(/^not enough history: \d+ of at least 14 points$/), []],
    ])
    await real.api(`/api/campaigns/${young[0]!.entity.id}/status`, {
      method: 'PATCH',
      body: JSON.stringify({ status: 'PAUSED' }),
      headers: { 'idempotency-key': 'young' },
    })
    const parts = await until(ofCampaigns, (found) => found.every(({ reason }) => reason === null))
    const whole = await read<Forecast>('/api/ai/forecast?days=30')
    for (const [step, { mean }] of whole.points.entries())
      expect(parts.reduce((sum, { points }) => sum + points[step]!.mean, 0)).toBeCloseTo(mean, 6)
    const stopped = parts.find(({ entity }) => entity.id === young[0]!.entity.id)
    expect(stopped?.points.map(({ mean, hi95 }) => mean + hi95)).toEqual(Array.from({ length: 30 }, () => 0))
  })

  it.each([
    ['?days=0', 400],
    ['?days=91', 400],
    ['?days=many', 400],
    ['?metric=luck', 400],
    ['?scope=campaign', 400],
    ['?scope=campaign&id=1', 404],
    ['?account=nobody', 404],
    ['?unheard=of', 400],
  ])('rejects %s with a problem', async (query, status) => {
    const response = await ask(`/api/ai/forecast${query}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await response.json()).toMatchObject({ status, type: expect.stringMatching(/^urn:tetik:/) as string })
  })
})

describe('what a tick finds in addition to its rules', () => {
  it('is in the API: alerts, and suggestions that move a budget without changing the total', async () => {
    const suggestionsOf = async () => (await read<{ data: Suggestion[] }>('/api/ai/suggestions')).data
    const suggestions = await until(suggestionsOf, (found) => found.length > 0)
    // One ad set of the account has performed badly for ten days.
    const { changes, reason, state } = suggestions.find(({ kind }) => kind === 'move')!
    const [less, more] = changes.map(({ before, target }) => Number(target) - Number(before))
    expect([state, changes.length, less! < 0, less! + more!]).toEqual(['waiting', 2, true, 0])
    expect(reason.tr).toContain(inLira(more! / 100))

    const anomalies = await read<{ data: Anomaly[] }>('/api/ai/anomalies')
    const alerts = await read<{ data: Alert[] }>('/api/alerts')
    expect(alerts.data.map(({ id }) => id)).toEqual(anomalies.data.map(({ id }) => id))
  })

  it.each(['/api/ai/anomalies?metric=luck', '/api/alerts?state=angry', '/api/ai/suggestions?limit=0', '/api/alerts?cursor=x'])(
    'says what is wrong with %s',
    async (path) => expect((await ask(path)).status).toBe(400),
  )
})
