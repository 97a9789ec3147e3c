/** A step that changes an entity at Meta: guardrails first, then the ledger's row is applied. */

import { CancellationScope } from '@temporalio/workflow'

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { copyStartMutation, stepMutation } from '../../engine/change/mutation-id.js'
import { preparation } from '../base/activity-options.js'
import { applyPrepared } from '../change/apply-prepared.js'
import type { CarryOutContext } from './context.js'
import { type Ending, failed, refusalNotice, stopped, superseded } from './ending.js'

/** A change that has begun at Meta is completed even if the carry-out is cancelled: an unknown outcome helps nobody. */
export const takeChange = (context: CarryOutContext, step: CarryOutStep, index: number): Promise<Ending | null> =>
  CancellationScope.nonCancellable(() => change(context, step, index))

/** @param copy id of the ledger's row of a copy that the step made and now starts */
async function change(context: CarryOutContext, step: CarryOutStep, index: number, copy?: string): Promise<Ending | null> {
  const { input, table, notes } = context
  // The id follows from the decision, not from the run: after a reset in Temporal a budget must not be raised a second time.
  const mutation = copy === undefined ? stepMutation(input.decision, index) : copyStartMutation(copy)
  const prepared = await preparation.prepareStep.executeWithOptions({ summary: `Guardrails before: ${step.title}` }, [
    { decision: input.decision, step: index, mutation, ...(copy === undefined ? {} : { copy }) },
  ])
  switch (prepared.kind) {
    case 'nothing':
      notes.push(prepared.note)
      table.end(index, prepared.note)
      return null
    case 'refused':
      return { progress: 'refused', note: prepared.note, notice: refusalNotice(step, prepared, context.paused) }
    case 'stopped':
      return stopped(prepared.note)
    case 'change': {
      const applied = await applyPrepared(input.account, mutation, prepared.summary)
      if (applied.kind === 'stopped') return stopped(applied.failed)
      if (applied.kind === 'superseded') return superseded(step, applied.failed, context.paused)
      if (applied.kind === 'failed') return failed(step, applied.failed)
      if (step.action === 'pause') context.paused = true
      if (step.action === 'start') context.paused = false
      notes.push(prepared.done)
      table.end(index, prepared.done)
      // Starting the paused copy is a change of its own, with its own guardrails.
      return step.activates === true && copy === undefined ? await change(context, step, index, mutation) : null
    }
  }
}
