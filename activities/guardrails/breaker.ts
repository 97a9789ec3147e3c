/** The breaker: when too many of an account's actions fail, its rules are stopped until somebody resumes them. */

import type { Account } from '../../engine/account/account.js'
import { HOUR } from '../../engine/clock/zone.js'
import { standardMessage } from '../../engine/message/message.js'
import type { Store } from '../../store/base/store.js'
import { countFailures, openDecisions } from '../../store/decisions/decisions.js'
import { lastResumed, standingStop, stopRules } from '../../store/rules/stops.js'
import type { CarryOutsToEnd } from '../base/contract.js'
import type { ActivityDependencies } from '../base/dependencies.js'
import type { MessageToSend } from '../messages/contract.js'
import { unsentNotice } from '../messages/notice.js'

/** The author of the breaker's stops. */
const BREAKER = 'breaker'

/**
 * Counts carry-outs that failed within the last hour and after somebody last resumed the account's rules. Refusals by guardrails do
 * not count.
 */
export async function recentFailures(store: Store, account: string, now: number): Promise<number> {
  const since = Math.max(now - HOUR, (await lastResumed(store, account)) ?? 0)
  return await countFailures(store, account, since)
}

/**
 * Stops the account's rules if too many carry-outs failed. Call it within the transaction that records a failure.
 *
 * @returns null if the breaker has not stopped the account; else the carry-outs to end, and the message to the owner
 *   until it was sent, so that a retry after a crash sends it
 */
export async function tripBreaker(
  dependencies: ActivityDependencies,
  store: Store,
  account: Account,
): Promise<{ readonly notice: MessageToSend | null; readonly ends: CarryOutsToEnd } | null> {
  const { name } = account
  const now = dependencies.now()
  const failures = await recentFailures(store, name, now)
  if (failures >= account.guardrails.breaker) {
    await stopRules(store, { account: name, reason: `${failures} actions failed within an hour`, stoppedBy: BREAKER, since: now })
  }
  const stop = await standingStop(store, name)
  if (stop === undefined || stop.account !== name || stop.stopped_by !== BREAKER) return null
  const notice = { id: `${name}-breaker-${stop.since}`, account: name, decision: null }
  const text = (language: 'en' | 'tr'): string => standardMessage({ kind: 'breaker', account: name, failures }, language)
  const running = (await openDecisions(store, name)).flatMap(({ workflow_id: id }) => (id === null ? [] : [id]))
  return {
    notice: await unsentNotice({ ...dependencies, store }, { ...notice, text }),
    ends: { workflows: running, reason: `The account’s rules are stopped: ${stop.reason}` },
  }
}
