/** The step `report`: it shows the store as it was at the decision's time, and is stored once at every firing. */

import { beforeEach, expect, it } from 'vitest'

import type { Recipient, Settings } from '../../engine/account/account.js'
import { addDays } from '../../engine/clock/zone.js'
import { forecast } from '../../engine/forecast/forecast.js'
import type { ForecastTask } from '../../engine/forecast/task.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { intendMutation, settleMutation } from '../../store/decisions/mutations.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { adset, campaign } from '../../test/support/meta-double.js'
import { decisionRow, insightOf } from '../../test/support/rows.js'
import { entityOf } from '../sync/sync-structure.js'
import { evaluateRules } from '../tick/evaluate-rules.js'
import { planTick } from '../tick/plan-tick.js'
import { prepareForecasts } from '../tick/prepare-forecasts.js'
import { composeMessage } from './compose-message.js'
import { openCarryOut } from './open-carry-out.js'
import { recordProgress } from './record-progress.js'

const TODAY = '2026-03-10'
const RULES = `
rules:
  - { id: daily-report, account: moda-tr, scope: account, every: 1h, then: [{ report: daily }], mode: act }
  - id: with-condition
    account: moda-tr
    scope: account
    every: 1h
    when: spend[yesterday] > 1 TRY
    then: [{ whatsapp: { to: owner, text: x } }, { report: { kind: weekly, to: reader } }, { whatsapp: { to: owner, text: y } }]
    mode: act
    cooldown: 0m
`
const READER: Recipient = {
  name: 'reader',
  phone: { kind: 'variable', variable: 'OWNER_PHONE' },
  language: 'en',
  accounts: [],
  may: ['read'],
  quiet: null,
}

let room: ActivityRoom
let settings: Settings
const runner = {
  run: (task: ForecastTask) => Promise.resolve(forecast(task.history, { horizon: task.horizon, fit: null })),
}

async function days(count: number): Promise<void> {
  const nodes = [campaign(), adset({ id: 's1', name: 'Kadın 25-44' }), adset({ id: 's2', name: 'Erkek 25-44' })]
  const common = { account: 'moda-tr', learnedAt: NOON - 60_000 }
  await saveStructure(room.store, { ...common, levels: ['campaign', 'adset', 'ad'], entities: nodes.map(entityOf) })
  const since = addDays(TODAY, -count)
  const rows = Array.from({ length: count }, (_, index) => index + 1).flatMap((back) =>
    ['s1', 's2'].map((entityId) =>
      insightOf({
        entityId,
        day: addDays(TODAY, -back),
        spend: 20_000 + 500 * (back % 7),
        measures: { purchases: entityId === 's1' ? 3 : 1, revenue: 90_000 },
      }),
    ),
  )
  await saveInsights(room.store, { ...common, level: 'adset', since, until: TODAY, resolution: 'day', rows })
  const sync = await beginSync(room.store, { account: 'moda-tr', kind: 'days', since, until: TODAY, startedAt: NOON - 60_000 })
  await finishSync(room.store, sync, NOON - 59_000)
}

beforeEach(async () => {
  settings = {
    ...SETTINGS,
    accounts: [{ ...ACCOUNT, targets: { monthly_budget: { value: 10_000, unit: 'money', currency: 'TRY' } } }],
    recipients: [...SETTINGS.recipients, READER],
  }
  room = await openActivityRoom(settings)
  const { rules, diagnostics } = loadRules([{ path: 'r.yaml', text: RULES }], settings)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON - 3_600_000 })
  await days(60)
})

/** Evaluates the rule as a tick does, and returns the decision to carry out. */
async function fire(rule: string, tick: string): Promise<string> {
  const at = room.clock.now
  await room.run(prepareForecasts(room.dependencies, runner), { account: 'moda-tr', at, rules: [rule] })
  const { carryOuts } = await room.run(evaluateRules(room.dependencies), { account: 'moda-tr', at, rules: [rule], tick })
  expect(carryOuts).toHaveLength(1)
  const { decision } = carryOuts[0]!
  await room.run(openCarryOut(room.dependencies), { decision, workflow: `w-${tick}` })
  return decision
}
const compose = (decision: string, step: number) => room.run(composeMessage(room.dependencies), { decision, step })
const messages = () => room.store.db.selectFrom('messages').selectAll().orderBy('created_at').orderBy('id').execute()

it('makes a tick prepare forecasts, although no expression of its rule needs one', async () => {
  expect(await room.run(planTick(room.dependencies), { account: 'moda-tr', at: NOON })).toMatchObject({ forecasts: true })
})

it('is stored once, for the owner, in their language, with the month’s forecast', async () => {
  const decision = await fire('daily-report', 'one')
  const first = await compose(decision, 0)
  expect(first).toMatchObject({ send: { message: `${decision}-0`, account: 'moda-tr', recipient: 'owner' } })
  expect(await compose(decision, 0)).toEqual(first)
  const [message, ...more] = await messages()
  expect(more).toEqual([])
  const text = message!.text
  expect(text).toMatch(/^Günlük rapor: moda-tr, 9 Mart 2026 Pazartesi\n/)
  expect(text).toMatch(/^Harcama: ₺410,00 \(-%2,4; %0\)$/m)
  expect(text).toMatch(/^Sonuç: 4 \(%0; %0\)$/m)
  expect(text).toContain('₺10.000,00 bütçenin')
  expect(text).toMatch(/^Ay sonu tahmini: ₺[\d.,]+ \(%80 olasılıkla ₺/m)
  expect(text).toContain('tetik: hiçbir kural tetiklenmedi')
  expect(text).toContain('Veriler 10 Mar 2026 11:59 (Europe/Istanbul) itibarıyla')
})

it('lists what was done on its days and what is open, without firings that only sent a report', async () => {
  const yesterday = Date.parse('2026-03-09T15:00:00+03:00')
  const row = (id: string, change: object) =>
    decisionRow({ id, at: yesterday, known_at: yesterday, entity_name: 'Kadın 25-44', ...change })
  await recordTick(room.store, {
    states: [],
    decisions: [
      row('a', { progress: 'done' }),
      row('b', { progress: 'refused', rule: 'raise-winners' }),
      row('c', { progress: 'none', outcome: 'hold', because: 'guardrail', rule: 'raise-winners' }),
      row('d', { progress: 'done', steps_json: '["report"]', rule: 'daily-report' }),
      row('e', { progress: 'done', at: yesterday - 86_400_000 }),
      row('f', { progress: 'none', outcome: 'hold', because: 'when' }),
    ],
    evaluated: [],
  })
  for (const [id, field, before, target] of [
    ['m1', 'status', 'ACTIVE', 'PAUSED'],
    ['m2', 'daily_budget', '50000', '57500'],
  ] as const) {
    const place = { id, decision: 'a', account: 'moda-tr', made_by: id === 'm1' ? 'pause-expensive' : 'api:token' }
    const what = { level: 'adset', entity_id: 's1', field, before, target, intended_at: yesterday } as const
    await intendMutation(room.store, { ...place, ...what })
    await settleMutation(room.store, id, { outcome: 'confirmed', at: yesterday + 1 })
  }
  const decision = await fire('daily-report', 'two')
  await compose(decision, 0)
  const [message] = await messages()
  const lines = message!.text.split('\n')
  const from = lines.findIndex((line) => line.startsWith('tetik:'))
  expect(lines.slice(from, from + 6)).toEqual([
    'tetik: 1 karar uygulandı, 2 karar reddedildi.',
    '• Duraklatıldı: Kadın 25-44 (pause-expensive)',
    '• Günlük bütçe: Kadın 25-44, ₺500,00 → ₺575,00 (bir kişi)',
    'Reddedilenler (2):',
    '• raise-winners: Kadın 25-44',
    '• raise-winners: Kadın 25-44',
  ])
})

it('is sent at every firing, while the rule’s message is sent once until the condition was false', async () => {
  for (const tick of ['one', 'two']) {
    const decision = await fire('with-condition', tick)
    const sent = []
    for (const step of [0, 1, 2]) sent.push(await compose(decision, step))
    expect(sent.map(({ send }: { send?: unknown } & object) => send !== null)).toEqual(
      tick === 'one' ? [true, true, true] : [false, true, false],
    )
    await room.run(recordProgress(room.dependencies), { decision, progress: 'done', note: 'Done.' })
    room.clock.now += 3_600_000
  }
  const texts = (await messages()).filter(({ recipient }) => recipient === 'reader').map(({ text }) => text.split('\n')[0])
  expect(texts).toEqual([
    'Weekly report: moda-tr, March 2, 2026 – March 8, 2026',
    'Weekly report: moda-tr, March 2, 2026 – March 8, 2026',
  ])
})

it('is not sent to a recipient who may no longer read', async () => {
  const decision = await fire('with-condition', 'one')
  const recipients = settings.recipients as Recipient[]
  recipients[1] = { ...READER, may: ['approve'] }
  await expect(compose(decision, 1)).rejects.toMatchObject({ type: 'recipient-right', nonRetryable: true })
  expect((await messages()).filter(({ recipient }) => recipient === 'reader')).toEqual([])
})
