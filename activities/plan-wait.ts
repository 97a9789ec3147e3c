/** How long a step waits: a span of time, or until the account's clock shows a time of day. */

import { formatLocalMinute } from '../engine/clock/written-time.js'
import { nextTimeOfDay } from '../engine/clock/zone.js'
import { setProgress } from '../store/decisions.js'
import { carriedOut, stepOf } from './carried-out-rule.js'
import type { MainActivities } from './contracts.js'
import { accountOf } from './dependencies.js'
import type { ActivityDependencies } from './dependencies.js'

export const planWait =
  (dependencies: ActivityDependencies): MainActivities['planWait'] =>
  async ({ decision: id, step: index, from }) => {
    const { store, now } = dependencies
    const { decision, rule } = await carriedOut(store, id)
    const { timezone } = accountOf(dependencies, decision.account)
    const step = stepOf(rule, index, 'wait', 'wait-until')
    const until = step.kind === 'wait' ? from + step.duration : nextTimeOfDay(step.time, timezone, from)
    const title = `Waits until ${formatLocalMinute(until, timezone)}`
    await setProgress(store, id, { progress: 'waiting', note: `${title}.`, at: now() })
    return { duration: until - from, title }
  }
