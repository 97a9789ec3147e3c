import { expect, it } from 'vitest'

import { loadRules } from '../../engine/rule/read/load.js'
import { keepHookEvent } from '../../store/incoming/hook-events.js'
import { replaceRules } from '../../store/rules/rules.js'
import { ACCOUNT, NOON, openActivityRoom, SETTINGS } from '../../test/support/activity-room.js'
import { evaluateRules } from '../tick/evaluate-rules.js'
import { composeMessage } from './compose-message.js'
import { openCarryOut } from './open-carry-out.js'
import { recordProgress } from './record-progress.js'

const RULES = `
rules:
  - id: large-order
    scope: account
    on: order-paid
    when: payload.total > 5000
    then: [{ whatsapp: { to: owner, text: "order {payload.id}" } }]
    mode: act
`

it('every large order sends a message, even a minute after another, and a small order resolves nothing', async () => {
  const room = await openActivityRoom()
  const { rules, diagnostics } = loadRules([{ path: 'rules/a.yaml', text: RULES }], SETTINGS)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: NOON })

  for (const [id, total] of [
    ['A', 9000],
    ['B', 8000],
    ['C', 10],
    ['D', 7000],
  ] as const) {
    // prettier-ignore
    const event = `order-paid/${id}`
    await keepHookEvent(room.store, { id: event, hook: 'order-paid', payload: { id, total }, receivedAt: room.clock.now })
    const tick = { account: ACCOUNT.name, at: room.clock.now, rules: ['large-order'], tick: id, event }
    const { carryOuts, messages } = await room.run(evaluateRules(room.dependencies), tick)
    expect(messages).toEqual([])
    expect(carryOuts).toHaveLength(total > 5000 ? 1 : 0)
    for (const { decision } of carryOuts) {
      await room.run(openCarryOut(room.dependencies), { decision, workflow: 'w' })
      expect(await room.run(composeMessage(room.dependencies), { decision, step: 0 })).toMatchObject({
        send: { recipient: 'owner' },
      })
      await room.run(recordProgress(room.dependencies), { decision, progress: 'done', note: 'Done.' })
    }
    room.clock.now += 60_000
  }
  const messages = await room.store.db.selectFrom('messages').select('text').orderBy('created_at').execute()
  expect(messages.map(({ text }) => text)).toEqual(['order A', 'order B', 'order D'])
})
