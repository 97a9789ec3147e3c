/** Keeps one Temporal Schedule per account, with the interval that its rules' cadences need. */

import { createHash } from 'node:crypto'

import {
  ScheduleAlreadyRunning,
  type ScheduleClient,
  ScheduleNotFoundError,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  ScheduleOverlapPolicy,
} from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'

import type { Account } from '../../engine/account/account.js'
import { tickInterval } from '../../engine/rule/cadence.js'
import type { Rule } from '../../engine/rule/rule.js'
import { SCHEDULES, type TemporalNames } from '../../temporal.config.js'
import { WORKFLOW_TYPES } from '../../workflows/base/contracts.js'
import { ACCOUNT } from '../../workflows/base/search-attributes.js'
import type { watchAccount } from '../../workflows/watch-account.js'
import type { TetikClient } from './connection.js'

/** The schedule that an account and its rules need. */
export interface Watch {
  readonly account: string
  /** Meta's id: two installations may use different names for the same account. */
  readonly adAccount: string
  /** Milliseconds between two ticks, aligned to the epoch. */
  readonly every: number
  readonly rules: readonly string[]
}

/** Returns the schedule of one account. Even without rules that have times the account is read, for people and alerts. */
export function watchOf(account: Account, rules: readonly Rule[], now: number): Watch {
  const cadences = rules.map(({ cadence }) => cadence).filter(({ kind }) => kind !== 'hook')
  const own = cadences.length === 0 ? SCHEDULES.reading : tickInterval(cadences, account.timezone, now)
  return {
    account: account.name,
    adAccount: account.id,
    // Divided into equal parts, so that the rules' times stay among the ticks.
    every: Math.max(SCHEDULES.finestTick, own / Math.ceil(own / SCHEDULES.reading)),
    rules: rules.map(({ id }) => id).sort(),
  }
}

export interface ScheduleChanges {
  readonly created: readonly string[]
  readonly updated: readonly string[]
  readonly deleted: readonly string[]
  /** Accounts that another installation on this namespace already watches: two must not act on the same account. */
  readonly refused: readonly { readonly account: string; readonly watchedBy: string }[]
}

/**
 * Creates, updates and deletes schedules to match the watches. A schedule that was paused in Temporal's UI stays paused.
 *
 * @param idle accounts whose schedules are deleted; schedules of accounts in neither list belong to others and are left alone
 */
export async function reconcileSchedules(
  { schedule: schedules, names }: TetikClient,
  watches: readonly Watch[],
  idle: readonly string[],
): Promise<ScheduleChanges> {
  const changes = {
    created: [] as string[],
    updated: [] as string[],
    deleted: [] as string[],
    refused: [] as { account: string; watchedBy: string }[],
  }
  // Read once, and only if a schedule has to be created.
  let foreign: Promise<ReadonlyMap<string, string>> | null = null
  const reconcile = async (watch: Watch): Promise<void> => {
    const wanted = scheduleOf(watch, names)
    const handle = schedules.getHandle(wanted.scheduleId)
    try {
      const { state } = await handle.describe()
      if (state.note === wanted.state?.note) return
      await handle.update((previous) => ({
        spec: wanted.spec,
        action: wanted.action,
        ...(wanted.policies === undefined ? {} : { policies: wanted.policies }),
        state: { paused: previous.state.paused, note: wanted.state?.note },
      }))
      changes.updated.push(watch.account)
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error
      foreign ??= watchedByOthers(schedules, names)
      const watchedBy = (await foreign).get(watch.adAccount)
      if (watchedBy !== undefined) changes.refused.push({ account: watch.account, watchedBy })
      else if (await create(schedules, wanted)) changes.created.push(watch.account)
    }
  }
  const remove = async (account: string): Promise<void> => {
    try {
      await schedules.getHandle(names.ids.watch(account)).delete()
      changes.deleted.push(account)
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error
    }
  }
  // Concurrently, so that a start does not take longer with each account.
  await Promise.all([...watches.map(reconcile), ...idle.map(remove)])
  return {
    created: changes.created.sort(),
    updated: changes.updated.sort(),
    deleted: changes.deleted.sort(),
    refused: changes.refused,
  }
}

/** Ad accounts that other installations watch on this namespace, with the id of the schedule. */
async function watchedByOthers(schedules: ScheduleClient, names: TemporalNames): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for await (const { scheduleId, memo } of schedules.list()) {
    const { adAccount, queue } = (memo ?? {}) as { readonly adAccount?: unknown; readonly queue?: unknown }
    if (typeof adAccount === 'string' && queue !== names.queues.main) found.set(adAccount, scheduleId)
  }
  return found
}

/** Starts a tick now, unless one is running. */
export async function triggerWatch({ schedule, names }: TetikClient, account: string): Promise<void> {
  await schedule.getHandle(names.ids.watch(account)).trigger(ScheduleOverlapPolicy.SKIP)
}

type WatchSchedule = ScheduleOptions<ScheduleOptionsStartWorkflowAction<typeof watchAccount>>

/** @returns false if another process created it in the meantime */
async function create(schedules: ScheduleClient, schedule: WatchSchedule): Promise<boolean> {
  try {
    await schedules.create(schedule)
    return true
  } catch (error) {
    if (error instanceof ScheduleAlreadyRunning) return false
    throw error
  }
}

function scheduleOf(watch: Watch, names: TemporalNames): WatchSchedule {
  const { account, adAccount, every, rules } = watch
  const details = `Rules:\n\n${rules.map((rule) => `- ${rule}`).join('\n')}`
  const schedule: WatchSchedule = {
    scheduleId: names.ids.watch(account),
    spec: { intervals: [{ every }] },
    action: {
      type: 'startWorkflow',
      workflowType: WORKFLOW_TYPES.watchAccount,
      workflowId: names.ids.watch(account),
      taskQueue: names.queues.main,
      args: [{ account }],
      staticSummary: `Tick of ${account}`,
      staticDetails: details,
      typedSearchAttributes: new TypedSearchAttributes([{ key: ACCOUNT, value: account }]),
    },
    memo: { adAccount, queue: names.queues.main },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: SCHEDULES.catchupWindow, pauseOnFailure: false },
  }
  const hash = createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 12)
  const count = rules.length === 1 ? '1 rule' : `${rules.length} rules`
  return { ...schedule, state: { note: `${count}, every ${every / 60_000} min (${hash})` } }
}
