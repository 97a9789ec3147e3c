/** Reports the calls to Meta of the last ticks, and warns if so many fail that Meta may limit the app's access. */

import { DAY } from '../../engine/clock/zone.js'
import { type CallCount, callsSince, lastRuns } from '../../store/account/meta-calls.js'
import type { Store } from '../../store/base/store.js'
import { type Finding, ok, warn } from './finding.js'
import { withStore } from './with-store.js'

const TICKS = 5
/** Full access wants fewer than 15% of the last 500 calls to fail. Source: Marketing API, "Access tiers". */
const MOST_FAILING = 0.15
/** With fewer calls the share means little. */
const FEWEST_CALLS = 100

/** @param file the store; no findings if it does not exist yet */
export async function checkMetaCalls(file: string, accounts: readonly string[], now: number): Promise<Finding[]> {
  return await withStore(file, async (store) => {
    const findings: Finding[] = []
    for (const account of accounts) findings.push(...(await callsOfTicks(store, account)))
    return [...findings, ...failingShare(await callsSince(store, now - DAY))]
  })
}

async function callsOfTicks(store: Store, account: string): Promise<Finding[]> {
  const runs = await lastRuns(store, { account, workflow: 'watchAccount', limit: TICKS })
  const [last] = runs
  if (last === undefined) return []
  const totals = runs.map(({ calls }) => total(calls)).reverse()
  const kinds = last.calls.map(({ kind, calls, failed }) => `${kind} ${calls}${failed > 0 ? ` (${failed} failed)` : ''}`)
  return [ok(`calls ${account}`, `The last ticks called Meta ${totals.join(', ')} times; the latest one: ${kinds.join(', ')}.`)]
}

function failingShare(counts: readonly CallCount[]): Finding[] {
  const [all, failed] = [total(counts), counts.reduce((sum, one) => sum + one.failed, 0)]
  if (all < FEWEST_CALLS || failed / all < MOST_FAILING) return []
  const detail = `${failed} of ${all} calls to Meta in the last day failed. From 15% on, Meta may limit the app’s access.`
  const worst = [...counts].sort((a, b) => b.failed - a.failed)[0]!
  return [warn('calls', detail, `Most failures: ${worst.kind}. .tetik/logs/worker.log has the reasons.`)]
}

const total = (counts: readonly CallCount[]): number => counts.reduce((sum, { calls }) => sum + calls, 0)
