/**
 * Reports to the store that the worker is alive, and notifies owners whose accounts miss ticks: a paused or deleted schedule, or a
 * worker that did not run, must not look like a quiet day.
 */

import { unsentNotice } from '../../activities/messages/notice.js'
import type { Account, Settings } from '../../engine/account/account.js'
import { formatLocalMinute } from '../../engine/clock/written-time.js'
import { standardMessage, type StandardMessage } from '../../engine/message/message.js'
import { healthReports, reportHealth } from '../../store/account/health.js'
import { knownDamage } from '../../store/base/damage.js'
import type { Store } from '../../store/base/store.js'
import { MESSAGE_WAITS } from '../../temporal.config.js'
import { HEARTBEAT, missedTicks } from '../health/installation-health.js'
import type { TetikClient } from '../temporal/connection.js'
import { startMessage } from '../temporal/start-message.js'

export interface WatchdogContext {
  readonly store: Store
  readonly temporal: TetikClient
  /** Null until `tetik.yaml` has been read without errors. */
  readonly settings: () => Settings | null
  readonly now: () => number
  readonly warn: (line: string) => void
}

/** Shorter absences, such as a restart, are not reported. Milliseconds. */
const ABSENCE = 10 * 60_000
/** The report of a worker that was stopped on request, whose absence is intended. */
const STOPPED = 'stopped'

/** @returns a function that stops it; `wished` records that the stop was requested, so that the absence is not reported */
export async function startWatchdog(context: WatchdogContext): Promise<{ stop: (wished: boolean) => Promise<void> }> {
  const { store, now, warn } = context
  let before: { readonly at: number } | null = await absenceBefore(store, now())
  let working: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    try {
      await reportHealth(store, 'worker', now())
      const damage = knownDamage(store)
      if (damage !== null) await reportHealth(store, 'store', damage.at, damage.detail)
      const settings = context.settings()
      if (settings === null) return
      if (before !== null) for (const account of settings.accounts) await tellOfAbsence(context, settings, account, before.at)
      before = null
      await tellOfMissedTicks(context, settings)
    } catch (error) {
      // A full disk, or Temporal is down: the next check tries again.
      warn(`Could not check for missed ticks: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await reportHealth(store, 'worker', now())
  // Clears damage that the previous worker reported: it has been repaired, or will be noticed again.
  await reportHealth(store, 'store', now())
  const timer = setInterval(() => void (working = working.then(look)), HEARTBEAT)
  return {
    stop: async (wished) => {
      clearInterval(timer)
      await working
      await reportHealth(store, 'worker', now(), wished ? STOPPED : null).catch((error: unknown) => {
        // On a full disk, work in progress must still be finished.
        warn(`Could not store that the worker was stopped: ${error instanceof Error ? error.message : String(error)}`)
      })
    },
  }
}

/** Returns when the previous worker last reported, if it was absent for long without being stopped; else null. */
async function absenceBefore(store: Store, now: number): Promise<{ readonly at: number } | null> {
  const last = (await healthReports(store)).get('worker')
  return last === undefined || last.fault === STOPPED || now - last.at < ABSENCE ? null : { at: last.at }
}

async function tellOfAbsence(context: WatchdogContext, settings: Settings, account: Account, from: number): Promise<void> {
  const [begin, end] = [from, context.now()].map((at) => formatLocalMinute(at, account.timezone))
  const message = { kind: 'was-absent', account: account.name, from: begin!, to: end! } as const
  await tell(context, settings, `${account.name}-absent-${from}`, message)
}

async function tellOfMissedTicks(context: WatchdogContext, settings: Settings): Promise<void> {
  const { store, now } = context
  for (const { account: name, since } of await missedTicks(store, settings, await healthReports(store), now())) {
    const account = settings.accounts.find((one) => one.name === name)
    if (name === null || account === undefined) continue
    const last = since === null ? null : formatLocalMinute(since, account.timezone)
    // The id contains the last tick: one absence is reported once.
    await tell(context, settings, `${name}-ticks-${since ?? 0}`, { kind: 'ticks-missed', account: name, since: last })
  }
}

type AboutAccount = Extract<StandardMessage, { readonly kind: 'ticks-missed' | 'was-absent' }>

async function tell(
  { store, temporal, now }: WatchdogContext,
  settings: Settings,
  id: string,
  message: AboutAccount,
): Promise<void> {
  const send = await unsentNotice(
    { store, settings: () => settings, now, messageWaits: MESSAGE_WAITS },
    { id, account: message.account, decision: null, text: (language) => standardMessage(message, language) },
  )
  if (send !== null) await startMessage(temporal, send)
}
