/**
 * The steps `whatsapp` and `report`: compose a message and hand it to a workflow of its own, without waiting for its delivery.
 */

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { main } from '../base/activity-options.js'
import { startMessage } from '../message/start-message.js'
import type { CarryOutContext } from './context.js'
import { type Ending, stopped } from './ending.js'

export async function takeMessage(context: CarryOutContext, step: CarryOutStep, index: number): Promise<Ending | null> {
  const { decision } = context.input
  const composed = await main.composeMessage.executeWithOptions({ summary: step.title }, [{ decision, step: index }])
  if ('stopped' in composed) return stopped(composed.stopped)
  if (composed.send !== null) await startMessage(composed.send)
  context.table.end(index, composed.send === null ? composed.note : 'on its way')
  return null
}
