/** Figures for Prometheus, in its text exposition format (version 0.0.4). */

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
  return [
    metric(
      'tetik_decisions',
      'gauge',
      'Decisions in the store',
      decisions.map(({ count, ...labels }) => ({ labels, value: count })),
    ),
    metric(
      'tetik_mutations',
      'gauge',
      'Changes at Meta in the ledger',
      mutations.map(({ count, ...labels }) => ({ labels, value: count })),
    ),
    metric(
      'tetik_messages',
      'gauge',
      'Messages in the store',
      messages.map(({ count, ...labels }) => ({ labels, value: count })),
    ),
    metric(
      'tetik_last_sync_timestamp_seconds',
      'gauge',
      'When each kind of data was last brought up to date',
      syncs.map(({ account, kind, finishedAt }) => ({ labels: { account, kind }, value: finishedAt / 1000 })),
    ),
    metric(
      'tetik_meta_calls_last_day',
      'gauge',
      'Calls to Meta of the last 24 hours',
      calls.map(({ account, kind, calls: value }) => ({ labels: { account, kind }, value })),
    ),
    metric(
      'tetik_meta_failed_calls_last_day',
      'gauge',
      'Calls to Meta of the last 24 hours that ended in an error',
      calls.map(({ account, kind, failed: value }) => ({ labels: { account, kind }, value })),
    ),
    metric(
      'tetik_meta_calls_last_tick',
      'gauge',
      'Calls to Meta of the last tick of each account',
      ticks.flatMap(({ account, run }) => run.calls.map(({ kind, calls: value }) => ({ labels: { account, kind }, value }))),
    ),
    metric('tetik_live_pages', 'gauge', 'Pages that listen to decisions', [{ value: live.size }]),
    metric('process_resident_memory_bytes', 'gauge', 'Memory of the API’s process', [{ value: process.memoryUsage.rss() }]),
    metric('process_uptime_seconds', 'gauge', 'Age of the API’s process', [{ value: process.uptime() }]),
  ].join('')
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

function metric(name: string, type: 'gauge', help: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${labelText(labels)} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, escaped)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (character: string): string => (character === '\n' ? '\\n' : `\\${character}`)
