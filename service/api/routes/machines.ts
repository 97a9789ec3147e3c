import { setTimeout as sleep } from 'node:timers/promises'

import { reportHealth } from '../../../store/account/health.js'
import { knownDamage } from '../../../store/base/damage.js'
import { StoreError, storeErrorOf } from '../../../store/base/error.js'
import type { Store } from '../../../store/base/store.js'
import { faultInWords, type HealthFault, healthFaults } from '../../health/installation-health.js'
import { checkStorePages } from '../../health/store-check.js'
import type { ApiContext } from '../http/context.js'
import { answer, operation } from '../http/operation.js'
import { Health, HealthFaults, Readiness } from '../shapes/health.js'
import { metricsText } from '../work/metrics.js'

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export const machineOperations = [
  operation({
    id: 'health',
    method: 'get',
    path: '/healthz',
    tag: 'For machines',
    summary: 'Whether the process answers',
    open: true,
    responses: { 200: { description: 'It does', schema: Health } },
    handle: () => Promise.resolve(answer(200, { status: 'ok' as const })),
  }),
  operation({
    id: 'readiness',
    method: 'get',
    path: '/readyz',
    tag: 'For machines',
    summary: 'Whether the store, Temporal, the worker and every account’s ticks work',
    open: true,
    responses: {
      200: { description: 'Everything works', schema: Readiness },
      503: { description: 'Something does not work', schema: Readiness },
    },
    handle: async (_, context) => {
      const [probe, temporal] = await Promise.all([storeState(context), context.temporal.answers()])
      const faults = probe === 'ok' ? await healthFaults(context.store, context.settings(), context.now()) : []
      const has = (code: HealthFault['code']): boolean => faults.some((fault) => fault.code === code)
      const store = has('store-damaged') ? 'damaged' : probe
      const body = {
        store,
        temporal: temporal ? 'ok' : 'unreachable',
        // These are read from the store. Without it the worker counts as silent; ticks and rules have no value for unknown and stay `ok`.
        worker: probe !== 'ok' || has('worker-silent') ? 'silent' : 'ok',
        ticks: has('tick-missed') ? 'missed' : 'ok',
        rules: rulesState(has('rules-faulty'), has('rules-stopped')),
      } as const
      const ready = store === 'ok' && temporal && body.worker === 'ok' && body.ticks === 'ok'
      return ready ? answer(200, { status: 'ready' as const, ...body }) : answer(503, { status: 'not-ready' as const, ...body })
    },
  }),
  operation({
    id: 'healthFaults',
    method: 'get',
    path: '/api/health',
    tag: 'For machines',
    summary: 'Current faults of the installation, worst first',
    responses: { 200: { description: 'The faults; an empty list means that there are none', schema: HealthFaults } },
    handle: async (_, { store, settings, now }) => {
      await Promise.race([checkStorePages(store, now()), sleep(PAGES_WAIT, undefined, { ref: false })])
      const faults = await healthFaults(store, settings(), now())
      const data = faults.map((fault) => ({
        ...fault,
        since: fault.since === null ? null : new Date(fault.since).toISOString(),
        sentence: faultInWords(fault),
      }))
      return answer(200, { data })
    },
  }),
  operation({
    id: 'metrics',
    method: 'get',
    path: '/metrics',
    tag: 'For machines',
    summary: 'Metrics in Prometheus’ text format',
    open: true,
    responses: { 200: { description: 'Figures', schema: null, contentType: METRICS_TYPE } },
    handle: async (_, context) => new Response(await metricsText(context), { headers: { 'content-type': METRICS_TYPE } }),
  }),
]

function rulesState(faulty: boolean, stopped: boolean): Readiness['rules'] {
  if (faulty && stopped) return 'faulty-and-stopped'
  return faulty ? 'faulty' : stopped ? 'stopped' : 'ok'
}

/** How long a probe's result is reused, milliseconds: a probe writes to the disk, and callers need no token. */
const PROBE_REUSED_FOR = 5_000
const probes = new WeakMap<Store, { readonly at: number; readonly state: Promise<Readiness['store']> }>()

/** How long a request waits for the check of the pages, milliseconds. A large file takes longer; a later request gets its result. */
const PAGES_WAIT = 2_000

/** Checks pages and writes: reading would not notice a full disk, and reading one table would not notice damage in another. */
async function storeState({ store, now }: ApiContext): Promise<Readiness['store']> {
  await Promise.race([checkStorePages(store, now()), sleep(PAGES_WAIT, undefined, { ref: false })])
  return knownDamage(store) === null ? await probed(store, now) : 'damaged'
}

function probed(store: Store, now: () => number): Promise<Readiness['store']> {
  const last = probes.get(store)
  if (last !== undefined && Math.abs(now() - last.at) < PROBE_REUSED_FOR) return last.state
  const state = reportHealth(store, 'api', now()).then(() => 'ok' as const, stateOfFailure)
  probes.set(store, { at: now(), state })
  return state
}

function stateOfFailure(error: unknown): Readiness['store'] {
  const fault = storeErrorOf(error, 'the store')
  if (!(fault instanceof StoreError)) return 'unreachable'
  if (fault.code === 'busy' || fault.code === 'full') return fault.code
  return fault.code === 'not-a-store' ? 'damaged' : 'unreachable'
}
