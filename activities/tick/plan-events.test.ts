import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import { queueEvent, waitingEvents } from '../../store/incoming/events-to-evaluate.js'
import { keepHookEvent } from '../../store/incoming/hook-events.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { evaluateRules } from './evaluate-rules.js'
import { composeEventNotice } from './event-notice.js'
import { planEvents } from './plan-events.js'
import { planTick } from './plan-tick.js'

const RULES = `
rules:
  - { id: large-order, account: moda-tr, scope: account, on: order-paid, when: payload.total > 5, then: [{ whatsapp: { to: owner, text: hi } }] }
  - { id: sold-out, account: moda-tr, scope: adset, on: stock, where: id = payload.adset, when: payload.left = 0, then: [pause] }
`

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
  const { rules, diagnostics } = loadRules([{ path: 'rules/a.yaml', text: RULES }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: room.clock.now })
})
afterEach(() => room.store.close())

async function accept(hook: string, id: string, payload: object): Promise<string> {
  const event = { id: `${hook}/${id}`, hook, payload, receivedAt: (room.clock.now += 1) }
  await keepHookEvent(room.store, event)
  await queueEvent(room.store, { id: event.id, accounts: [ACCOUNT.name], receivedAt: event.receivedAt })
  return event.id
}
const plan = (without: string[] = []) => room.run(planEvents(room.dependencies), { account: ACCOUNT.name, without })
const evaluate = (event: string, rule: string) =>
  room.run(evaluateRules(room.dependencies), {
    account: ACCOUNT.name,
    at: room.clock.now,
    rules: [rule],
    tick: `event:${ACCOUNT.name}:${event}`,
    event,
  })
const decisions = () =>
  room.store.db.selectFrom('decisions').select(['rule', 'outcome', 'event', 'note']).orderBy('event').execute()

describe('waiting events', () => {
  it('are returned in order, without those that are being evaluated, and share one reading', async () => {
    for (const id of ['1', '2', '3']) await accept('order-paid', id, { total: 7 })
    const { events, rules, insights } = await plan(['order-paid/2'])
    expect(events.map(({ event }) => event)).toEqual(['order-paid/1', 'order-paid/3'])
    expect(rules).toEqual(['large-order'])
    expect(insights.length).toBeGreaterThan(0)
  })

  it('are closed once they were evaluated, or once their rule is gone', async () => {
    const event = await accept('order-paid', '1', { total: 7 })
    await evaluate(event, 'large-order')
    expect((await plan()).events).toEqual([])
    await accept('no-such-hook', '1', {})
    expect((await plan()).events).toEqual([])
    expect(await waitingEvents(room.store, ACCOUNT.name, { without: [], most: 10 })).toEqual([])
  })
})

it('an event that lost its workflow is found by the next tick', async () => {
  const tick = () => room.run(planTick(room.dependencies), { account: ACCOUNT.name, at: room.clock.now })
  await accept('order-paid', '1', { total: 7 })
  expect((await tick()).events).toBeUndefined()
  room.clock.now += 3 * 60_000
  expect((await tick()).events).toBe(true)
})

describe('every accepted event leaves a decision', () => {
  it('although its rule was removed before its turn came', async () => {
    await accept('order-paid', '1', { total: 7 })
    await replaceRules(room.store, { rules: [], commitSha: null, loadedAt: room.clock.now })
    await plan()
    await plan()
    expect(await decisions()).toEqual([
      { rule: 'large-order', outcome: 'hold', event: 'order-paid/1', note: expect.stringContaining('was removed') as string },
    ])
  })

  it('although it was given up, and only one if that happens twice', async () => {
    const event = await accept('order-paid', '1', { total: 7 })
    const error = { type: 'x', message: 'The store is damaged.' }
    for (let times = 0; times < 2; times += 1) {
      await room.run(composeEventNotice(room.dependencies), { account: ACCOUNT.name, event, error })
    }
    expect(await decisions()).toEqual([
      { rule: 'large-order', outcome: 'hold', event, note: 'Nothing was evaluated: The store is damaged.' },
    ])
  })

  it('although its outcome is the same as that of the event before', async () => {
    for (const id of ['1', '2', '3']) await evaluate(await accept('order-paid', id, { total: 1 }), 'large-order')
    expect(await decisions()).toMatchObject(
      ['1', '2', '3'].map((id) => ({ rule: 'large-order', outcome: 'hold', event: `order-paid/${id}` })),
    )
  })

  it('although `where` selected nothing, and the note says so', async () => {
    const event = await accept('stock', '1', { adset: 'nobody', left: 0 })
    await evaluate(event, 'sold-out')
    // A retry after a crash.
    await evaluate(event, 'sold-out')
    expect(await decisions()).toMatchObject([
      { rule: 'sold-out', outcome: 'hold', event, note: 'Nothing was evaluated: `where` selected no ad set.' },
    ])
  })
})
