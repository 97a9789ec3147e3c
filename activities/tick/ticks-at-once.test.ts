/** Simultaneous ticks and carry-outs: the one that records second sees what the first did. */

import { beforeEach, describe, expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import type { Store } from '../../store/base/store.js'
import { keepHookEvent } from '../../store/incoming/hook-events.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, type ActivityRoom, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { composeMessage } from '../carry-out/compose-message.js'
import { openCarryOut } from '../carry-out/open-carry-out.js'
import { recordProgress } from '../carry-out/record-progress.js'
import { evaluateRules } from './evaluate-rules.js'

let room: ActivityRoom
beforeEach(async () => {
  room = await openActivityRoom()
})

async function load(rule: string) {
  const { rules } = loadRules([{ path: 'rules/a.yaml', text: `rules:\n${rule}` }], SETTINGS)
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON })
}

const tick = (id: string, event?: string, dependencies = room.dependencies) =>
  room.run(evaluateRules(dependencies), {
    account: ACCOUNT.name,
    at: room.clock.now,
    rules: ['big'],
    tick: id,
    ...(event === undefined ? {} : { event }),
  })

const decisions = () => room.store.db.selectFrom('decisions').selectAll().orderBy('created_at').execute()

/** A store in which something else happens after the tick has evaluated and right before it records. */
function withBefore(store: Store, happens: () => Promise<unknown>): Store {
  let transactions = 0
  const db = new Proxy(store.db, {
    get(target, name) {
      if (name !== 'transaction') {
        const value: unknown = Reflect.get(target, name, target)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      }
      return () => ({
        execute: async (work: never) => {
          // The first transaction is the breaker's, before anything is evaluated.
          if (++transactions === 2) await happens()
          return await target.transaction().execute(work)
        },
      })
    },
  })
  return { ...store, db }
}

describe('two ticks at once', () => {
  const onOrder = (more: string) => `
  - id: big
    scope: account
    on: order
    when: payload.total > 5000
    then: [ { whatsapp: { to: owner, text: "big {payload.id}" } } ]
    mode: act
    ${more}`
  const orders = async (...ids: string[]) => {
    for (const id of ids)
      await keepHookEvent(room.store, { id: `order/${id}`, hook: 'order', payload: { id, total: 9_000 }, receivedAt: NOON })
    return await Promise.all(ids.map((id) => tick(`t-${id}`, `order/${id}`)))
  }

  it('fire once if the limit is one a day', async () => {
    await load(onOrder('cooldown: 0h\n    limit: 1 per day'))
    const results = await orders('1', '2', '3')
    expect(results.flatMap(({ carryOuts }) => carryOuts)).toHaveLength(1)
    expect((await decisions()).filter(({ outcome }) => outcome === 'fire')).toHaveLength(1)
  })

  it('fire once if the rule rests after a firing', async () => {
    await load(onOrder('cooldown: 24h'))
    const results = await orders('1', '2')
    expect(results.flatMap(({ carryOuts }) => carryOuts)).toHaveLength(1)
    expect((await decisions()).map(({ outcome, because }) => because ?? outcome).sort()).toEqual(['cooldown', 'fire'])
  })
})

describe('a carry-out during a tick', () => {
  const everyMinute = `
  - id: big
    scope: account
    every: 1m
    when: hour >= 0
    then: [ { whatsapp: { to: owner, text: "big" } } ]
    mode: act
    cooldown: 1h`
  const state = () => room.store.db.selectFrom('rule_states').selectAll().executeTakeFirstOrThrow()

  async function begin() {
    await load(everyMinute)
    const decision = (await tick('t1')).carryOuts[0]!.decision
    await room.run(openCarryOut(room.dependencies), { decision, workflow: 'w' })
    room.clock.now += 60_000
    return decision
  }
  const tickWhile = (happens: () => Promise<unknown>) =>
    tick('t2', undefined, { ...room.dependencies, store: withBefore(room.store, happens) })

  it('keeps the record that its message was sent', async () => {
    const decision = await begin()
    let happened = 0
    await tickWhile(() => {
      happened += 1
      return room.run(composeMessage(room.dependencies), { decision, step: 0 })
    })
    expect(happened).toBe(1)
    expect((await state()).announced).toBe(1)
  })

  it('that ends keeps its cooldown, which begins then', async () => {
    const decision = await begin()
    room.clock.now += 1_800_000
    let rest: number | null = null
    const result = await tickWhile(async () => {
      await room.run(recordProgress(room.dependencies), { decision, progress: 'done', note: 'Done.' })
      rest = (await state()).resting_until
    })
    expect(result.carryOuts).toEqual([])
    expect((await state()).resting_until).toBe(rest)
    expect(rest).toBeGreaterThan(room.clock.now + 3_000_000)
  })
})

it('a try that timed out but still records is not recorded twice', async () => {
  await load(`
  - id: big
    scope: account
    every: 1m
    when: hour >= 0
    then: [ { whatsapp: { to: owner, text: "big" } } ]
    mode: act
    cooldown: 0h`)
  const results = await Promise.all([tick('t'), tick('t')])
  expect(results[0].carryOuts).toEqual(results[1].carryOuts)
  expect(await decisions()).toHaveLength(1)
})
