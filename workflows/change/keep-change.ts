/**
 * Guards a confirmed change while an earlier change of the same field is still unanswered: if Meta applies the earlier one late,
 * the confirmed one is applied once more.
 */

import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import { ParentClosePolicy, setCurrentDetails, sleep, startChild } from '@temporalio/workflow'

import { preparation } from '../base/activity-options.js'
import type { KeepChangeInput } from '../base/contracts.js'
import { ownIds } from '../base/installation-ids.js'
import { ACCOUNT } from '../base/search-attributes.js'
import { applyPrepared } from './apply-prepared.js'

/** The wait before each check. Their sum is longer than Meta may take to apply a request whose connection was lost. */
const LOOKS = ['5s', '10s', '20s', '40s', '60s'] as const

export async function keepChange({ mutation }: KeepChangeInput): Promise<void> {
  for (const pause of LOOKS) {
    await sleep(pause)
    const checked = await preparation.checkKept.executeWithOptions({ summary: 'Is it still as we set it' }, [{ mutation }])
    if (checked.kind === 'over') return
    if (checked.kind === 'kept') continue
    const applied = await applyPrepared(undefined, checked.mutation, `Once more: ${checked.summary}`)
    setCurrentDetails(applied.kind === 'applied' ? `An earlier change arrived late; once more: ${checked.done}` : applied.failed)
  }
}

/** Starts `keepChange` as a workflow that outlives its parent, for which the change is done. */
export async function startKeeping(mutation: string, account: string | undefined): Promise<void> {
  try {
    await startChild(keepChange, {
      args: [{ mutation }],
      workflowId: ownIds().keep(mutation),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: 'An earlier change of the same field may still arrive at Meta',
      typedSearchAttributes: new TypedSearchAttributes(account === undefined ? [] : [{ key: ACCOUNT, value: account }]),
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
