/** The step `webhook`: calls an address of the user's own. Temporal retries it for hours, unless the rule is stopped. */

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { webhooks } from '../base/activity-options.js'
import type { CarryOutContext } from './context.js'
import { type Ending, stopped } from './ending.js'

export async function takeWebhook(context: CarryOutContext, step: CarryOutStep, index: number): Promise<Ending | null> {
  const { decision } = context.input
  const called = await context.stop.unlessStopped(() =>
    webhooks.callWebhook.executeWithOptions({ summary: step.title }, [{ decision, step: index }]),
  )
  if ('stopped' in called) return stopped(called.stopped)
  context.notes.push(`${step.title} answered ${called.status}`)
  context.table.end(index, `answered ${called.status}`)
  return null
}
