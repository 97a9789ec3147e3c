/** What a carry-out does for each kind of step. */

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { summarise } from '../base/failure.js'
import { takeAsk } from './ask.js'
import { takeChange } from './change.js'
import { takeCheck } from './check.js'
import type { CarryOutContext } from './context.js'
import { type Ending, failed } from './ending.js'
import { takeLaunch } from './launch.js'
import { takeMessage } from './message.js'
import { takeWait } from './wait.js'
import { takeWebhook } from './webhook.js'

/** Takes one step. Returns null if the next one may begin, or how the carry-out ends here. */
type TakeStep = (context: CarryOutContext, step: CarryOutStep, index: number) => Promise<Ending | null>

const KINDS: Readonly<Record<CarryOutStep['kind'], TakeStep>> = {
  change: takeChange,
  check: takeCheck,
  ask: takeAsk,
  webhook: takeWebhook,
  launch: takeLaunch,
  message: takeMessage,
  wait: takeWait,
}

export const takeStep: TakeStep = (context, step, index) => guarded(step, () => KINDS[step.kind](context, step, index))

/** Runs a step's work. An activity that failed permanently ends the carry-out. */
export async function guarded(step: CarryOutStep, work: () => Promise<Ending | null>): Promise<Ending | null> {
  try {
    return await work()
  } catch (error) {
    return failed(step, summarise(error).message)
  }
}
