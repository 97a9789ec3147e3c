/** What the last ticks asked of Meta, and whether so many calls fail that the app's access is at stake. */

import { DAY } from '../../engine/clock/zone.js'
import { type CallCount, callsSince, lastRuns } from '../../store/account/meta-calls.js'
import type { Store } from '../../store/base/store.js'
import { type Finding, ok, warn } from './finding.js'
import { withStore } from './with-store.js'

const TICKS = 5
/** Full access wants fewer than 15 % of the last 500 calls to fail. Source: Marketing API, "Access tiers". */
const MOST_FAILING = 0.15
/** Of fewer calls a share says nothing. */
const FEWEST_CALLS = 100

/** @param file the store; where there is none yet, there is nothing to say */
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
  return [ok(`calls ${account}`, `The last ticks called Meta ${totals.join(', ')} times; the very last: ${kinds.join(', ')}.`)]
}

function failingShare(counts: readonly CallCount[]): Finding[] {
  const [all, failed] = [total(counts), counts.reduce((sum, one) => sum + one.failed, 0)]
  if (all < FEWEST_CALLS || failed / all < MOST_FAILING) return []
  const detail = `Of ${all} calls to Meta within a day ${failed} failed. From 15 % on Meta may limit the app's access.`
  const worst = [...counts].sort((a, b) => b.failed - a.failed)[0]!
  return [warn('calls', detail, `Most of them: ${worst.kind}. The log of the worker says why.`)]
}

const total = (counts: readonly CallCount[]): number => counts.reduce((sum, { calls }) => sum + calls, 0)
