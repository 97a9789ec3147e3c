/** Counts calls to Meta by workflow run, so that a tick can report how many it made. */

import { asyncLocalStorage } from '@temporalio/activity'

import type { CountedCall } from '../../connectors/meta/call-kind.js'
import { callsOfRun, countMetaCall } from '../../store/account/meta-calls.js'
import type { Store } from '../../store/base/store.js'
import type { CallsToMeta } from '../base/contract.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** Counts a call of the running activity. If the count cannot be stored, the call still goes ahead. */
export function countCall(store: Store, account: string, { kind, failed }: CountedCall, at: number): void {
  const workflow = asyncLocalStorage.getStore()?.info.workflowType ?? ''
  void countMetaCall(store, { account, run: ownRun(), workflow, kind, failed, at }).catch(() => undefined)
}

/** Adds the run's calls to Meta so far to an activity's result. */
export const withCalls =
  <Input, Output extends object>({ store }: ActivityDependencies, work: (input: Input) => Promise<Output>) =>
  async (input: Input): Promise<Output & { calls: readonly CallsToMeta[] }> => ({
    ...(await work(input)),
    calls: await callsOfRun(store, ownRun()),
  })

const ownRun = (): string => asyncLocalStorage.getStore()?.info.workflowExecution?.runId ?? ''
