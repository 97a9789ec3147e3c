/** Activities as a worker runs them, on a store in memory and a clock that a test sets. */

import { MockActivityEnvironment } from '@temporalio/testing'

import type { ActivityDependencies } from '../../activities/base/dependencies.js'
import type { Account, Settings } from '../../engine/account/account.js'
import { DEFAULT_GUARDRAILS } from '../../engine/account/guardrails.js'
import { openStore } from '../../store/base/store.js'
import { temporalNames } from '../../temporal.config.js'
import { MetaDouble } from './meta-double.js'

export const ACCOUNT: Account = {
  name: 'moda-tr',
  id: 'act_1234567890',
  currency: 'TRY',
  timezone: 'Europe/Istanbul',
  tokenVariable: 'META_ACCESS_TOKEN',
  result: 'purchases',
  attribution: ['7d_click', '1d_view'],
  targets: {},
  values: {},
  gross: { fees: 0, tax: 0 },
  guardrails: DEFAULT_GUARDRAILS,
}

export const SETTINGS: Settings = {
  file: 'tetik.yaml',
  accounts: [ACCOUNT],
  recipients: [
    {
      name: 'owner',
      phone: { kind: 'variable', variable: 'OWNER_PHONE' },
      language: 'tr',
      accounts: [],
      may: ['read', 'stop'],
      quiet: { from: '22:00', to: '08:00' },
    },
  ],
  groups: [],
  defaults: { mode: 'act', cooldown: 86_400_000 },
}

export const NOON = Date.parse('2026-03-10T12:00:00+03:00')

export async function openActivityRoom(settings: Settings = SETTINGS) {
  const store = await openStore(':memory:')
  const meta = new MetaDouble()
  const lines: string[] = []
  const clock = { now: NOON }
  const dependencies: ActivityDependencies = {
    store,
    settings: () => settings,
    meta: () => meta.client,
    whatsapp: undefined as never,
    webhooks: undefined as never,
    media: { describe: () => Promise.resolve(null), read: () => Promise.reject(new Error('There is no file.')) },
    variables: { OWNER_PHONE: '+905551112233' },
    // Each call advances the clock, so that revisions have an order.
    now: () => (clock.now += 1),
    announce: (line) => void lines.push(line),
    messageWaits: { reference: 100, delivery: 100 },
    repeat: { deadline: 900_000, look: 30_000 },
    workflowIds: temporalNames('').ids,
    isRunning: () => Promise.resolve(true),
  }
  const run = <Input, Output>(activity: (input: Input) => Promise<Output>, input: Input): Promise<Output> =>
    new MockActivityEnvironment().run(activity, input)
  return { store, meta, lines, clock, dependencies, run }
}

export type ActivityRoom = Awaited<ReturnType<typeof openActivityRoom>>
