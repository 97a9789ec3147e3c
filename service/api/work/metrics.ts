/** Metrics for Prometheus, in its text exposition format (version 0.0.4). */

import { Gauge, Registry } from 'prom-client'

import { DAY } from '../../../engine/clock/zone.js'
import { countRows } from '../../../store/account/counts.js'
import { callsSince, lastRuns } from '../../../store/account/meta-calls.js'
import type { Store } from '../../../store/base/store.js'
import type { ApiContext } from '../http/context.js'

interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

export async function metricsText({ store, live }: ApiContext): Promise<string> {
  const { decisions, mutations, messages, syncs } = await countRows(store)
  const calls = await callsSince(store, Date.now() - DAY)
  const ticks = await lastTicks(store, [...new Set(calls.map(({ account }) => account))])
  const registry = new Registry()
  const gauge = (name: string, help: string, samples: readonly Sample[]) => addGauge(registry, name, help, samples)
  gauge(
    'tetik_decisions',
    'Decisions in the store',
    decisions.map(({ count, ...labels }) => ({ labels, value: count })),
  )
  gauge(
    'tetik_mutations',
    'Changes at Meta in the ledger',
    mutations.map(({ count, ...labels }) => ({ labels, value: count })),
  )
  gauge(
    'tetik_messages',
    'Messages in the store',
    messages.map(({ count, ...labels }) => ({ labels, value: count })),
  )
  gauge(
    'tetik_last_sync_timestamp_seconds',
    'When each kind of data was last synced',
    syncs.map(({ account, kind, finishedAt }) => ({ labels: { account, kind }, value: finishedAt / 1000 })),
  )
  gauge(
    'tetik_meta_calls_last_day',
    'Calls to Meta of the last 24 hours',
    calls.map(({ account, kind, calls: value }) => ({ labels: { account, kind }, value })),
  )
  gauge(
    'tetik_meta_failed_calls_last_day',
    'Calls to Meta of the last 24 hours that ended in an error',
    calls.map(({ account, kind, failed: value }) => ({ labels: { account, kind }, value })),
  )
  gauge(
    'tetik_meta_calls_last_tick',
    'Calls to Meta of the last tick of each account',
    ticks.flatMap(({ account, run }) => run.calls.map(({ kind, calls: value }) => ({ labels: { account, kind }, value }))),
  )
  gauge('tetik_live_pages', 'Pages that receive live decisions', [{ value: live.size }])
  gauge('process_resident_memory_bytes', 'Memory of the API’s process', [{ value: process.memoryUsage.rss() }])
  gauge('process_uptime_seconds', 'Uptime of the API’s process', [{ value: process.uptime() }])
  return await registry.metrics()
}

async function lastTicks(store: Store, accounts: readonly string[]) {
  const found = await Promise.all(
    accounts.map(async (account) => {
      const [run] = await lastRuns(store, { account, workflow: 'watchAccount', limit: 1 })
      return run === undefined ? [] : [{ account, run }]
    }),
  )
  return found.flat()
}

/** Adds a gauge whose label names are those of its samples. Values are read from the store at each scrape. */
function addGauge(registry: Registry, name: string, help: string, samples: readonly Sample[]): void {
  const labelNames = [...new Set(samples.flatMap(({ labels = {} }) => Object.keys(labels)))]
  const gauge = new Gauge({ name, help, labelNames, registers: [registry] })
  // A gauge without labels would otherwise start with a sample of 0.
  if (samples.length === 0) gauge.remove()
  for (const { labels = {}, value } of samples) gauge.set(labels, value)
}
