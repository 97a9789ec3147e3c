/** Reports with real parts: sent by a rule, the button and the command, each once. */

import { randomUUID } from 'node:crypto'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { reportFromStore } from '../../cli/stored/report.js'
import { until } from './project.js'
import { type RealParts, startRealParts } from './real-parts.js'

const SETTINGS = `
accounts:
  - name: moda-tr
    id: act_1234567890
    currency: TRY
    timezone: Europe/Istanbul
    result: purchases
    targets: { target_cpa: 120 TRY, monthly_budget: 300000 TRY }
recipients:
  - { name: owner, phone: $OWNER_PHONE, language: tr, accounts: [moda-tr], may: [read, approve, act, stop] }
  - { name: analyst, phone: "+905550000001", language: en, accounts: [moda-tr], may: [read] }
`
const RULES = `
rules:
  - { id: morning-report, account: moda-tr, scope: account, every: 1d, then: [report: daily], mode: act }
`

interface Sent {
  readonly to: string
  readonly text: string
  readonly type: string
}

let real: RealParts
beforeAll(async () => {
  real = await startRealParts({ 'tetik.yaml': SETTINGS, 'rules/reports.yaml': RULES })
}, 120_000)
afterAll(() => real?.stop())

const sent = async (beginning: string): Promise<Sent[]> =>
  (await real.sandbox<{ messages: Sent[] }>('/sandbox/messages?direction=out')).messages.filter(({ text }) =>
    text.includes(beginning),
  )
const once = async (beginning: string): Promise<Sent> => {
  const [message, ...more] = await until(
    () => sent(beginning),
    (messages) => messages.length > 0,
  )
  expect(more).toEqual([])
  return message!
}
const order = (path: string, body: object, key: string) =>
  real.api<{ message: { id: string; recipient: string; status: string; text: string } }>(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'idempotency-key': key },
  })

const isFirstOfMonth = (): boolean =>
  new Intl.DateTimeFormat('en', { timeZone: 'Europe/Istanbul', day: 'numeric' }).format(new Date()) === '1'

it('a rule sends the owner yesterday’s report once, with Meta’s numbers', async () => {
  const { text } = await once('Günlük rapor: moda-tr')
  expect(text).toMatch(/Harcama: ₺[\d.]+,\d\d \([+-]?%[\d,]+; [+-]?%[\d,]+\)/)
  // On the first of a month, yesterday's report is about a month that has ended.
  if (!isFirstOfMonth()) expect(text).toMatch(/Ay sonu tahmini: ₺[\d.]+,\d\d \(%80 olasılıkla/)
  expect(text).not.toContain('Bilinmiyor: Harcama')
  const decision = await until(
    () => real.store.db.selectFrom('decisions').selectAll().where('rule', '=', 'morning-report').executeTakeFirst(),
    (row) => row?.progress === 'done',
  )
  expect(JSON.parse(decision!.steps_json)).toEqual(['report'])
  const messages = await real.store.db.selectFrom('messages').selectAll().where('decision', '=', decision!.id).execute()
  expect(messages.map(({ recipient }) => recipient)).toEqual(['owner'])
  // The whole text is stored, even if a template had no room for all of it.
  expect(messages[0]!.text).toContain('\nSonuç başına en pahalı ')
})

it('the button sends last week’s report once per key, in the recipient’s language', async () => {
  const key = randomUUID()
  const first = await order('/api/reports/weekly/send', { to: 'analyst' }, key)
  expect(first.message).toMatchObject({ recipient: 'analyst' })
  expect(await order('/api/reports/weekly/send', { to: 'analyst' }, key)).toEqual(first)
  const { to } = await once('Weekly report: moda-tr')
  expect(to).toContain('905550000001')
  await until(
    () => real.store.db.selectFrom('messages').selectAll().where('id', '=', first.message.id).executeTakeFirst(),
    (row) => row?.status === 'delivered' || row?.status === 'read',
  )
})

it('the command prints a report, and sends it only if requested', async () => {
  const question = { account: 'moda-tr', period: 'weekly', at: undefined, language: undefined, now: Date.now() } as const
  const count = async () => (await real.store.db.selectFrom('messages').select('id').execute()).length
  const before = await count()
  const shown = await reportFromStore(question, undefined, real.settings)
  expect([shown.sent, shown.language, await count()]).toEqual([null, 'tr', before])
  const { sent: message } = await reportFromStore(question, { to: 'owner' }, real.settings)
  await once('Haftalık rapor: moda-tr')
  expect(await count()).toBe(before + 1)
  expect(message).toMatchObject({ recipient: 'owner' })
})
