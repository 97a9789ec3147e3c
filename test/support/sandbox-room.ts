/** Activities on a store in memory, with the real sandbox as Meta over HTTP: lost responses are really lost. */

import { MockActivityEnvironment } from '@temporalio/testing'

import type { ActivityDependencies } from '../../activities/base/dependencies.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { adsetId } from '../../sandbox/world/seed.js'
import { openStore } from '../../store/base/store.js'
import { temporalNames } from '../../temporal.config.js'
import { SETTINGS } from './activity-room.js'
import { startSandbox } from './sandbox.js'

/** A delivering ad set of the scene with its own daily budget. */
export const ADSET = adsetId('erkek-ilgi')

interface LoggedRequest {
  readonly method: string
  readonly path: string
  readonly fault: string | null
  readonly mutations: readonly { readonly field: string; readonly after: unknown }[]
}

/** @param headers how long the client waits for a response, milliseconds */
export async function openSandboxRoom({ headers = 1_500 }: { readonly headers?: number } = {}) {
  const sandbox = await startSandbox()
  const store = await openStore(':memory:')
  const meta = createMetaClient({
    baseUrl: sandbox.url,
    token: () => IDENTITY.token,
    appSecret: IDENTITY.appSecret,
    // Short, so that a lost response times out soon; all others arrive within this even on a busy machine.
    timeouts: { headers },
  })
  /** Added to the clock: hours pass without waiting. */
  let ahead = 0
  let last = 0
  const dependencies: ActivityDependencies = {
    store,
    settings: () => SETTINGS,
    meta: () => meta,
    whatsapp: undefined as never,
    webhooks: undefined as never,
    media: { describe: () => Promise.resolve(null), read: () => Promise.reject(new Error('There is no file.')) },
    variables: { OWNER_PHONE: '+905551112233' },
    // Never returns the same time twice, so that revisions have an order.
    now: () => (last = Math.max(Date.now() + ahead, last + 1)),
    announce: () => {},
    messageWaits: { reference: 100, delivery: 100 },
    repeat: { deadline: 900_000, look: 30_000 },
    workflowIds: temporalNames('').ids,
    isRunning: () => Promise.resolve(true),
  }
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    return (await response.json()) as T
  }
  const requests = async (): Promise<LoggedRequest[]> =>
    (await ask<{ requests: LoggedRequest[] }>('GET', '/sandbox/requests')).requests
  return {
    store,
    dependencies,
    run: <Input, Output>(activity: (input: Input) => Promise<Output>, input: Input): Promise<Output> =>
      new MockActivityEnvironment().run(activity, input),
    forward: (milliseconds: number) => void (ahead += milliseconds),
    faults: (...faults: unknown[]) => ask('PUT', '/sandbox/faults', faults),
    /** Changes the ad set as a person in Ads Manager. */
    inAdsManager: (values: Readonly<Record<string, string | number>>) =>
      ask('POST', `/v27.0/${ADSET}?${new URLSearchParams({ access_token: IDENTITY.personToken, ...texts(values) }).toString()}`),
    /** The ad set's current fields at Meta. */
    atMeta: (field: string) =>
      ask<Record<string, unknown>>('GET', `/v27.0/${ADSET}?access_token=${IDENTITY.token}&fields=${field}`).then(
        (node) => node[field],
      ),
    requests,
    /** Values that were written to a field, by anyone, oldest first. */
    written: async (field: string) =>
      (await requests()).flatMap(({ mutations }) => mutations.filter((one) => one.field === field).map(({ after }) => after)),
    close: async () => {
      await meta.close()
      await store.close()
      await sandbox.stop()
    },
  }
}

export type SandboxRoom = Awaited<ReturnType<typeof openSandboxRoom>>

const texts = (values: Readonly<Record<string, string | number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
