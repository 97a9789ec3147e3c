/** Counts calls to Meta by the run of the workflow that they are made in, so that a tick can say what it cost. */

import { asyncLocalStorage } from '@temporalio/activity'

import type { CountedCall } from '../../connectors/meta/call-kind.js'
import { callsOfRun, countMetaCall } from '../../store/account/meta-calls.js'
import type { Store } from '../../store/base/store.js'
import type { CallsToMeta } from '../base/contract.js'
import type { ActivityDependencies } from '../base/dependencies.js'

/** Counts a call of the activity that runs now. A count that can't be kept must not keep the call from going on. */
export function countCall(store: Store, account: string, { kind, failed }: CountedCall, at: number): void {
  const workflow = asyncLocalStorage.getStore()?.info.workflowType ?? ''
  void countMetaCall(store, { account, run: ownRun(), workflow, kind, failed, at }).catch(() => undefined)
}

/** What comes after a tick's readings says what they cost. */
export const withCalls =
  <Input, Output extends object>({ store }: ActivityDependencies, work: (input: Input) => Promise<Output>) =>
  async (input: Input): Promise<Output & { calls: readonly CallsToMeta[] }> => ({
    ...(await work(input)),
    calls: await callsOfRun(store, ownRun()),
  })

const ownRun = (): string => asyncLocalStorage.getStore()?.info.workflowExecution?.runId ?? ''
