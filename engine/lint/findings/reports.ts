/** Reports that are sent again with nothing new in them. */

import { DAY, HOUR } from '../../clock/zone.js'
import { nextDue } from '../../rule/cadence.js'
import type { Cadence, Rule } from '../../rule/rule.js'
import type { ReportPeriod } from '../../value/period.js'
import type { Finding } from '../rules/finding.js'

const LENGTHS: Readonly<Record<ReportPeriod, number>> = { daily: DAY, weekly: 7 * DAY }
const WORDS: Readonly<Record<ReportPeriod, string>> = { daily: 'day', weekly: 'week' }
/** The day on which summer time begins is an hour shorter. */
const TOLERANCE = HOUR
/** Due times to look at: enough to show that a cron is due several times a week. */
const TURNS = 15

export function* reportFindings(rule: Rule): Generator<Finding> {
  for (const [index, step] of rule.then.entries()) {
    if (step.kind !== 'report') continue
    const at = { rule, path: `then[${index}].report` }
    if (rule.scope !== 'account') {
      yield {
        code: 'repeated-report',
        at,
        message: `each ${rule.scope} that fires sends its own report of the whole account`,
        hint: 'give the report a rule of `scope: account`',
      }
    } else if (Math.max(leastGap(rule.cadence), rule.cooldown) < LENGTHS[step.period] - TOLERANCE) {
      yield {
        code: 'repeated-report',
        at,
        message: `the rule runs several times a ${WORDS[step.period]}, and sends the same report each time`,
        hint: step.period === 'daily' ? 'run it once a day: `at: "09:00"`' : 'run it once a week: `cron: "0 9 * * 1"`',
      }
    }
  }
}

/** Returns the shortest time between two runs; infinite for a hook, whose sender decides when it runs. */
function leastGap(cadence: Cadence): number {
  if (cadence.kind === 'hook') return Infinity
  if (cadence.kind === 'every') return cadence.interval
  const due = nextDue({ ...cadence, timezone: 'UTC' }, 'UTC', 0, TURNS)
  return Math.min(...due.slice(1).map((moment, index) => moment - due[index]!))
}
