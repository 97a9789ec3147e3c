import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ScheduleNotFoundError } from '@temporalio/client'
import { describe, expect, it } from 'vitest'

import { saveAccount } from '../../store/account/accounts.js'
import { recordTick } from '../../store/decisions/decisions.js'
import { loadedRules, replaceRules } from '../../store/rules/rules.js'
import { temporalNames } from '../../temporal.config.js'
import { decisionRow, ruleOf } from '../../test/support/rows.js'
import { temporaryFolder, temporaryStore } from '../../test/support/temporary-store.js'
import type { TetikClient } from '../temporal/connection.js'
import { reloadRules } from './rules.js'

const RULE = 'rules:\n  - { id: pause-expensive, scope: adset, every: 1h, when: "spend[today] > 5 TRY", then: [pause] }\n'
/** Any call to it fails: if no rules are loaded, Temporal must not be called. */
const NO_TEMPORAL = undefined as unknown as TetikClient

async function project(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'rules'))
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const store = await temporaryStore()
  await replaceRules(store, { rules: [ruleOf()], commitSha: null, loadedAt: 1 })
  const reload = () => reloadRules({ store, temporal: NO_TEMPORAL, folder, now: () => 2 })
  const loadedIds = async () => (await loadedRules(store)).map(({ rule }) => rule.id)
  return { folder, store, reload, loadedIds }
}

/** A Temporal that records its calls. */
function heardTemporal() {
  const heard: string[] = []
  const schedule = {
    getHandle: (id: string) => ({
      describe: () => Promise.reject(new ScheduleNotFoundError('not found', id)),
      delete: () => Promise.resolve(void heard.push(`delete ${id}`)),
    }),
    list: () => [],
    create: ({ scheduleId }: { scheduleId: string }) => Promise.resolve(void heard.push(`create ${scheduleId}`)),
  }
  const workflow = {
    getHandle: (id: string) => ({
      signal: (_: unknown, { reason }: { reason: string }) => Promise.resolve(void heard.push(`${id}: ${reason}`)),
    }),
  }
  return { heard, client: { schedule, workflow, names: temporalNames('') } as unknown as TetikClient }
}

describe('an account that left tetik.yaml', () => {
  it('loses its schedule, and its waiting carry-outs are ended', async () => {
    const account = 'accounts:\n  - { name: moda-en, id: act_2, currency: TRY, timezone: Europe/Istanbul }\n'
    const { store, folder } = await project({ 'rules/expensive.yaml': RULE, 'tetik.yaml': account })
    await saveAccount(store, {
      name: 'moda-tr',
      meta_id: 'act_1',
      meta_name: 'Moda TR',
      currency: 'TRY',
      timezone: 'Europe/Istanbul',
      account_status: 1,
      learned_at: 1,
    })
    const waiting = decisionRow({ progress: 'waiting', workflow_id: 'carry-out:moda-tr:pause-expensive:1' })
    await recordTick(store, { states: [], decisions: [waiting] })
    const { heard, client } = heardTemporal()
    const { stopped } = await reloadRules({ store, temporal: client, folder, now: () => 2 })
    expect(stopped).toEqual(['d'])
    // Schedules are created and deleted concurrently, before carry-outs are stopped.
    expect([...heard.slice(0, 2).sort(), ...heard.slice(2)]).toEqual([
      'create watch:moda-en',
      'delete watch:moda-tr',
      'carry-out:moda-tr:pause-expensive:1: tetik.yaml has no account moda-tr any more',
    ])
  })
})

describe('reloading the files', () => {
  it.each([
    ['is gone', {}],
    ['is empty', { 'tetik.yaml': '' }],
    ['names no account', { 'tetik.yaml': 'recipients: []\n' }],
  ])('changes nothing if tetik.yaml %s, since rules without accounts would never run', async (_how, settings) => {
    const { reload, loadedIds } = await project({ 'rules/expensive.yaml': RULE, ...settings })
    const { loaded, settings: read, diagnostics } = await reload()
    expect([loaded, read]).toEqual([null, null])
    expect(diagnostics).toMatchObject([{ code: 'no-account', severity: 'error', file: 'tetik.yaml' }])
    expect(await loadedIds()).toEqual(['pause-expensive'])
  })

  it('changes nothing if tetik.yaml and the rules are both gone', async () => {
    const { folder, reload, loadedIds } = await project({})
    rmSync(join(folder, 'rules'), { recursive: true })
    expect(await reload()).toMatchObject({ loaded: null, settings: null })
    expect(await loadedIds()).toEqual(['pause-expensive'])
  })
})
