/** The steps `wait` and `wait: until`: a timer that a stop of the rule cuts short. */

import { condition } from '@temporalio/workflow'

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { main } from '../base/activity-options.js'
import { setVerdict } from '../base/search-attributes.js'
import type { CarryOutContext } from './context.js'
import type { Ending } from './ending.js'

export async function takeWait(context: CarryOutContext, step: CarryOutStep, index: number): Promise<Ending | null> {
  const { stop, table, input } = context
  const from = Date.now()
  const wait = await main.planWait.executeWithOptions({ summary: step.title }, [{ decision: input.decision, step: index, from }])
  setVerdict('waiting')
  await condition(() => stop.reason !== null, wait.duration, { summary: wait.title })
  if (stop.reason === null) await context.record('running', `${wait.title}: over.`)
  table.end(index, stop.reason === null ? 'over' : 'cut short')
  return null
}
