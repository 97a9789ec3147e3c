/** Computes how long a step waits: a duration, or until a time of day in the rule's time zone. */

import { formatLocalMinute } from '../../engine/clock/written-time.js'
import { nextTimeOfDay } from '../../engine/clock/zone.js'
import { clockOf } from '../../engine/rule/cadence.js'
import { setProgress } from '../../store/decisions/decisions.js'
import { carriedOut, stepOf } from '../base/carried-out-rule.js'
import { accountOf, type ActivityDependencies } from '../base/dependencies.js'
import type { CarryOutActivities } from './contract.js'

export const planWait =
  (dependencies: ActivityDependencies): CarryOutActivities['planWait'] =>
  async ({ decision: id, step: index, from }) => {
    const { store, now } = dependencies
    const { decision, rule } = await carriedOut(store, id)
    const { timezone: own } = accountOf(dependencies, decision.account)
    const timezone = clockOf(rule, own)
    const step = stepOf(rule, index, 'wait', 'wait-until')
    const until = step.kind === 'wait' ? from + step.duration : nextTimeOfDay(step.time, timezone, from)
    // The time zone is shown if it is not the account's, because all other times that people see are in the account's.
    const clock = timezone === own ? '' : ` (${timezone})`
    const title = `Waits until ${formatLocalMinute(until, timezone)}${clock}`
    await setProgress(store, id, { progress: 'waiting', note: `${title}.`, at: now() })
    return { duration: until - from, title }
  }
