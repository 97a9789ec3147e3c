import { expect, it } from 'vitest'

import { addDays, DAY, HOUR, startOfDay } from '../../engine/clock/zone.js'
import { loadRules } from '../../engine/rule/read/load.js'
import { saveStructure } from '../../store/account/entities.js'
import { saveInsights } from '../../store/account/insights.js'
import { beginSync, finishSync } from '../../store/account/syncs.js'
import { ACCOUNT, SETTINGS } from '../../test/support/activity-room.js'
import { decisionRow, entityOf, insightOf } from '../../test/support/rows.js'
import { temporaryStore } from '../../test/support/temporary-store.js'
import { factsFor } from '../tick/facts-of-tick.js'
import { factsOfDecision } from './decision-facts.js'

const [account, zone, TODAY] = [ACCOUNT.name, ACCOUNT.timezone, '2026-03-10']
const AT = startOfDay(TODAY, zone) + 12 * HOUR
const TEXT = `rules:\n  - { id: r, account: ${account}, scope: account, every: 1h, when: "anomaly(purchases[yesterday]) < -3", then: [{ whatsapp: { to: owner, text: x } }] }\n`

it('a decision is evaluated again with the lateness of conversions that its tick knew', async () => {
  const store = await temporaryStore()
  const entities = [entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1' }), entityOf({ id: 's1', campaignId: 'c1' })]
  const learnedAt = AT - 46 * DAY
  await saveStructure(store, { account, levels: ['campaign', 'adset', 'ad'], entities, learnedAt })
  for (let back = 45; back >= 1; back--) {
    const day = addDays(TODAY, -back)
    for (const [age, purchases] of [
      [-HOUR, 20],
      [6 * HOUR, back === 1 ? 2 : 21],
      [3 * DAY, 40 + (back % 3)],
    ] as const) {
      const at = startOfDay(addDays(day, 1), zone) + age
      if (at > AT) continue
      const range = { account, since: day, until: day }
      const rows = [insightOf({ entityId: 's1', day, measures: { purchases } })]
      await saveInsights(store, { ...range, level: 'adset', resolution: 'day', rows, learnedAt: at })
      await finishSync(store, await beginSync(store, { ...range, kind: 'days', startedAt: at }), at)
    }
  }
  const rule = loadRules([{ path: 'r.yaml', text: TEXT }], SETTINGS).rules[0]!
  const decision = { ...decisionRow({ at: AT, known_at: AT, scope: 'account', entity_key: account }), event: null }
  const { facts } = await factsOfDecision(store, ACCOUNT, { decision, rule } as unknown as Parameters<typeof factsOfDecision>[2])
  const day = addDays(TODAY, -1)
  const window = { kind: 'days', days: { since: day, until: day } } as const
  const asked = { metric: 'purchases', actionType: null }
  const estimate = facts.anomaly!(facts.entities('account')[0]!, asked, window)
  expect(estimate.value).toBeLessThan(-3)
  const tick = (await factsFor(store, ACCOUNT, [rule], AT, AT)).of(rule)
  expect(tick.anomaly!(tick.entities('account')[0]!, asked, window)).toEqual(estimate)
})
