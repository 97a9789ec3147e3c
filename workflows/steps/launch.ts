/** The step `launch`: applies a launch spec in a workflow of its own and waits for it. */

import type { CarryOutStep } from '../../activities/carry-out/contract.js'
import { launchForRule } from '../launch/launch-for-rule.js'
import type { CarryOutContext } from './context.js'
import { type Ending, failed, refusalNotice, stopped } from './ending.js'

export async function takeLaunch(context: CarryOutContext, step: CarryOutStep, index: number): Promise<Ending | null> {
  const { decision, rule } = context.input
  const launched = await context.stop.unlessStopped(() => launchForRule({ decision, rule, step: index, title: step.title }))
  if ('stopped' in launched) return stopped(launched.stopped)
  if (launched.kind === 'refused') {
    const refused = { ...launched, tellOwner: false }
    return { progress: 'refused', note: launched.note, notice: refusalNotice(step, refused, context.paused) }
  }
  // The launch's own workflow has notified the owner: it knows what it left at Meta.
  if (launched.kind === 'failed') return { ...failed(step, launched.note), notice: null }
  context.notes.push(`${step.title}: ${launched.note}`)
  context.table.end(index, launched.note)
  return null
}
