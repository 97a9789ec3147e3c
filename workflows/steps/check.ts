/** The step `check`: continues only if its condition is true now, on data that was read for it. */

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { main } from '../base/activity-options.js'
import type { CarryOutContext } from './context.js'
import type { Ending } from './ending.js'

export async function takeCheck(context: CarryOutContext, step: CarryOutStep, index: number): Promise<Ending | null> {
  await context.readForNow()
  const { decision } = context.input
  const { truth, note } = await main.evaluateCheck.executeWithOptions({ summary: step.title }, [{ decision, step: index }])
  context.table.end(index, note)
  return truth === 'true' ? null : { progress: 'done', note: `It ended at its check: ${note}`, notice: null }
}
