/** Small realistic projects, run as the worker runs them. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { planWait } from '../../../activities/carry-out/plan-wait.js'
import { evaluateRules } from '../../../activities/tick/evaluate-rules.js'
import type { Settings } from '../../../engine/account/account.js'
import { loadSettings } from '../../../engine/account/load.js'
import { loadRules } from '../../../engine/rule/read/load.js'
import { saveStructure } from '../../../store/account/entities.js'
import { recordTick } from '../../../store/decisions/decisions.js'
import { replaceRules } from '../../../store/rules/rules.js'
import { openActivityRoom, SETTINGS } from '../../support/activity-room.js'
import { decisionRow, entityOf } from '../../support/rows.js'

const read = (...path: string[]) => readFileSync(join(import.meta.dirname, ...path), 'utf8')

async function open(folder: string, file: string, more: Partial<Settings> = {}) {
  const { settings } = loadSettings('tetik.yaml', read(folder, 'tetik.yaml'))
  const own = { ...settings!, ...more }
  const { rules, diagnostics } = loadRules([{ path: file, text: read(folder, file) }], own)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const room = await openActivityRoom(own)
  await replaceRules(room.store, { rules, commitSha: null, loadedAt: 1 })
  return { room, rules, account: own.accounts[0]! }
}

it('wait-until-timezone: a wait uses the rule’s time zone (New York), not the account’s', async () => {
  const { room, rules, account } = await open('wait-until-timezone', 'a.yaml')
  const [rule] = rules
  const decision = decisionRow({ account: account.name, rule: rule!.id, version: rule!.version, progress: 'running' })
  await recordTick(room.store, { states: [], decisions: [decision] })
  const from = Date.parse('2026-03-10T07:18:00-04:00')
  const wait = await room.run(planWait(room.dependencies), { decision: decision.id, step: 1, from })
  expect(wait.duration).toBe(120_000)
  await room.store.close()
})

it('budget-cannot-come-back: the owner is notified once that the raised budget stays, not at every tick', async () => {
  const recipients = SETTINGS.recipients.map((one) => ({ ...one, language: 'en' as const }))
  const { room, account } = await open('budget-cannot-come-back', 'rules/surf.yaml', { recipients })
  const campaign = entityOf({ level: 'campaign', id: 'c1', campaignId: 'c1', adsetId: null, name: 'Surf', dailyBudget: 40_000 })
  const levels = ['campaign', 'adset', 'ad'] as const
  await saveStructure(room.store, { account: account.name, levels, entities: [campaign], learnedAt: room.clock.now })
  const messages = async () => {
    room.clock.now += 60_000
    const at = room.clock.now
    const rules = ['surf-back']
    const { messages } = await room.run(evaluateRules(room.dependencies), { account: account.name, at, rules, tick: String(at) })
    await room.store.db.updateTable('messages').set({ status: 'sent' }).execute()
    return await Promise.all(
      messages.map(async ({ message }) => {
        const row = await room.store.db.selectFrom('messages').selectAll().where('id', '=', message).executeTakeFirstOrThrow()
        return [row.recipient, row.text.replaceAll('\u00a0', ' ')]
      }),
    )
  }
  const text =
    'surf-back: “Surf” was left as it is (changing the budget was refused). ' +
    'From $400.00 to $100.00 is a step of 75%, and the largest allowed is 20%.'
  expect(await messages()).toEqual([['owner', text]])
  expect(await messages()).toEqual([])
  await room.store.close()
})
