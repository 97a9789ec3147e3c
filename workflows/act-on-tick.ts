/** What follows an evaluation, whether the clock or an event started it: carry-outs, messages, and ended carry-outs. */

import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, startChild } from '@temporalio/workflow'

import type { ErrorSummary } from '../activities/base/contract.js'
import type { Firing, TickResult } from '../activities/tick/contract.js'
import { forecasting, main } from './base/activity-options.js'
import { endCarryOuts } from './base/end-carry-outs.js'
import { summarise } from './base/failure.js'
import { ownIds } from './base/installation-ids.js'
import { ACCOUNT, RULE } from './base/search-attributes.js'
import { carryOut } from './carry-out.js'
import { startMessage } from './message/start-message.js'

/** Starts the carry-outs and messages of a tick. Returns how many carry-outs were started. */
export async function actOn(account: string, result: TickResult): Promise<number> {
  let carriedOut = 0
  for (const firing of result.carryOuts) if (await startCarryOut(account, firing)) carriedOut += 1
  for (const message of result.messages) await startMessage(message)
  if (result.ends !== undefined) await endCarryOuts(result.ends)
  return carriedOut
}

/** Computes the forecasts that these rules need. If it fails, the rules are evaluated without them and see them as unknown. */
export async function prepareForecasts(account: string, at: number, rules: readonly string[]): Promise<void> {
  try {
    await forecasting.prepareForecasts.executeWithOptions({ summary: 'Forecasts that the rules need' }, [{ account, at, rules }])
  } catch (failure) {
    summarise(failure)
  }
}

/** Returns whether a carry-out was started. If an earlier one is still running, the decision is recorded as refused instead. */
async function startCarryOut(account: string, firing: Firing): Promise<boolean> {
  try {
    await startChild(carryOut, {
      args: [{ account, decision: firing.decision, rule: firing.rule, entity: firing.entity }],
      workflowId: ownIds().carryOut(account, firing.rule, firing.entityKey),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: firing.summary,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: ACCOUNT, value: account },
        { key: RULE, value: firing.rule },
      ]),
    })
    return true
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    const note = 'An earlier carry-out of this rule for this entity is still running.'
    await main.recordProgress.executeWithOptions({ summary: `${firing.rule} · ${firing.entity}: still running` }, [
      { decision: firing.decision, progress: 'refused', note, beside: true },
    ])
    return false
  }
}

/** Notifies the owner, at most once, that the account's data could not be read. */
export async function notifyOfSyncError(account: string, error: ErrorSummary): Promise<void> {
  try {
    const notice = await main.composeSyncNotice.executeWithOptions({ summary: 'Notify the owner once' }, [{ account, error }])
    if (notice.send !== null) await startMessage(notice.send)
  } catch (failure) {
    // The evaluation must not depend on this notice; the sync error itself is in the tick's result.
    summarise(failure)
  }
}
