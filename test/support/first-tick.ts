/** Runs the first tick of the shipped project at any moment: with its rules and accounts, a separate sandbox and a store in memory. */

import { fileURLToPath } from 'node:url'

import type { InsightsRequest } from '../../activities/facts/insights-request.js'
import { findAnomalies } from '../../activities/insight/find-anomalies.js'
import { makeSuggestions } from '../../activities/insight/make-suggestions.js'
import { storeInsightsReport, syncInsights } from '../../activities/sync/sync-insights.js'
import { syncStructure } from '../../activities/sync/sync-structure.js'
import { evaluateRules } from '../../activities/tick/evaluate-rules.js'
import { planTick } from '../../activities/tick/plan-tick.js'
import { createMetaClient } from '../../connectors/meta/create-client.js'
import type { Settings } from '../../engine/account/account.js'
import type { Rule } from '../../engine/rule/rule.js'
import { IDENTITY } from '../../sandbox/base/identity.js'
import { readRules } from '../../service/rules/rules.js'
import { listAlerts } from '../../store/analysis/alerts.js'
import { replaceRules } from '../../store/rules/rules.js'
import { openActivityRoom } from './activity-room.js'
import { startSandbox } from './sandbox.js'

const SHIPPED = fileURLToPath(new URL('../..', import.meta.url))

export interface FirstTick {
  /** `rule · entity · mode`. */
  readonly fired: readonly string[]
  /** `kind · entity, entity`. */
  readonly suggestions: readonly string[]
  /** `scope entity: metric direction`, those without a cause among the others. */
  readonly alerts: readonly string[]
}

export async function shipped(): Promise<{ settings: Settings; rules: readonly Rule[] }> {
  const { settings, rules } = await readRules(SHIPPED)
  if (settings === null) throw new Error('tetik.yaml has faults.')
  return { settings, rules }
}

/** Returns what each account's first tick finds if everything is started for the first time at an instant. */
export async function firstTicks(at: number, seed?: number): Promise<ReadonlyMap<string, FirstTick>> {
  const { settings, rules } = await shipped()
  const clock = { now: at }
  const sandbox = await startSandbox({ now: () => clock.now, ...(seed === undefined ? {} : { seed }) })
  const meta = createMetaClient({ baseUrl: sandbox.url, token: () => IDENTITY.token })
  const room = await openActivityRoom(settings)
  room.clock.now = at
  const dependencies = { ...room.dependencies, meta: () => meta }
  try {
    await replaceRules(room.store, { rules, commitSha: null, loadedAt: at })
    const found = new Map<string, FirstTick>()
    for (const { name: account } of settings.accounts) {
      const plan = await room.run(planTick(dependencies), { account, at })
      await room.run(syncStructure(dependencies), { account })
      const read = async (request: InsightsRequest): Promise<void> => {
        const answer = await room.run(syncInsights(dependencies), request)
        if ('report' in answer) await pollReport(request, answer)
      }
      const pollReport = async (request: InsightsRequest, report: { report: string; startedAt: number }): Promise<void> => {
        for (let poll = 0; poll < 9; poll++) {
          const done = await room.run(storeInsightsReport(dependencies), { ...request, ...report }).catch(() => null)
          if (done !== null) return
        }
        throw new Error('The report was never ready.')
      }
      for (const request of plan.insights) await read(request)
      await room.run(evaluateRules(dependencies), { account, at, rules: plan.due, tick: `${account}-1` })
      for (const request of plan.history) await read(request)
      await room.run(findAnomalies(dependencies), { account })
      await room.run(makeSuggestions(dependencies), { account })
      found.set(account, await foundIn(room.store, account))
    }
    return found
  } finally {
    await meta.close()
    await room.store.close()
    await sandbox.stop()
  }
}

async function foundIn(store: Awaited<ReturnType<typeof openActivityRoom>>['store'], account: string): Promise<FirstTick> {
  const decisions = await store.db.selectFrom('decisions').selectAll().where('account', '=', account).execute()
  const suggestions = await store.db.selectFrom('suggestions').selectAll().where('account', '=', account).execute()
  const alerts = await listAlerts(store, { account, limit: 100 })
  return {
    fired: decisions
      .filter(({ outcome }) => outcome === 'fire')
      .map(({ rule, entity_name: name, mode }) => `${rule} · ${name ?? ''} · ${mode}`),
    suggestions: suggestions.map(
      ({ kind, changes_json: changes }) =>
        `${kind} · ${(JSON.parse(changes) as Array<{ name: string | null }>).map(({ name }) => name).join(', ')}`,
    ),
    alerts: alerts
      .filter(({ cause }) => cause === null)
      .map(({ scope, entity_name: name, metric, direction }) => `${scope} ${name ?? ''}: ${metric} ${direction}`),
  }
}
