/** What follows an evaluation, whether a clock or an event set it off: carry-outs, messages, and what was held. */

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

/** Starts what a tick decided. @returns how many carry-outs were started */
export async function actOn(account: string, result: TickResult): Promise<number> {
  let carriedOut = 0
  for (const firing of result.carryOuts) if (await startCarryOut(account, firing)) carriedOut += 1
  for (const message of result.messages) await startMessage(message)
  if (result.ends !== undefined) await endCarryOuts(result.ends)
  return carriedOut
}

/** Rules are judged without those that could not be worked out: what rests on them is unknown then. */
export async function prepareForecasts(account: string, at: number, rules: readonly string[]): Promise<void> {
  try {
    await forecasting.prepareForecasts.executeWithOptions({ summary: 'Forecasts that the rules ask for' }, [
      { account, at, rules },
    ])
  } catch (failure) {
    summarise(failure)
  }
}

/** @returns whether it was started; where an earlier one still runs, the decision says so instead. */
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
    const note = 'An earlier carrying out of this rule for this entity still runs.'
    await main.recordProgress.executeWithOptions({ summary: `${firing.rule} · ${firing.entity}: still runs` }, [
      { decision: firing.decision, progress: 'refused', note, beside: true },
    ])
    return false
  }
}

export async function tellOfSyncError(account: string, error: ErrorSummary): Promise<void> {
  try {
    const notice = await main.composeSyncNotice.executeWithOptions({ summary: 'Notify the owner once' }, [{ account, error }])
    if (notice.send !== null) await startMessage(notice.send)
  } catch (failure) {
    // The evaluation must not wait for a word to the owner; the error itself stands in the result.
    summarise(failure)
  }
}
