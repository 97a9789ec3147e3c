/**
 * Reports that the worker lives, and notifies owners when their account's ticks stay away: a schedule that somebody paused or
 * deleted, or a worker that was away, must not look like a quiet day.
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
  /** Null before `tetik.yaml` was read without a fault. */
  readonly settings: () => Settings | null
  readonly now: () => number
  readonly warn: (line: string) => void
}

/** A restart takes less than this; nothing that long is worth a message. Milliseconds. */
const ABSENCE = 10 * 60_000
/** What a worker that was stopped leaves behind: its absence afterwards is somebody's wish. */
const STOPPED = 'stopped'

/** @returns how to end it; `wished` records that somebody stopped the worker, whose absence is then no news */
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
      // A full disk, or Temporal away: the next look tries again.
      warn(`Whether ticks come could not be looked at: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await reportHealth(store, 'worker', now())
  // What the worker before this one met was put right meanwhile, or is met again.
  await reportHealth(store, 'store', now())
  const timer = setInterval(() => void (working = working.then(look)), HEARTBEAT)
  return {
    stop: async (wished) => {
      clearInterval(timer)
      await working
      await reportHealth(store, 'worker', now(), wished ? STOPPED : null).catch((error: unknown) => {
        // A full disk: what is in hand must be finished all the same.
        warn(`That the worker stops could not be written down: ${error instanceof Error ? error.message : String(error)}`)
      })
    },
  }
}

/** When the worker before this one was last seen, where it vanished for long without being stopped. */
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
