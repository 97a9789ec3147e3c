/** Costs and results that are judged before the conversions of their day have arrived. */

import { isNeverBefore } from '../rules/day-hours.js'
import type { Finding } from '../rules/finding.js'
import { type Demand, guarantees, placedLeaves } from '../rules/guarantees.js'
import { daysOf, isConversionMeasure, type Judgement, judgementsOf } from '../rules/judgements.js'
import type { AccountReading, RuleReading } from '../rules/rule-reading.js'
import { takesAway } from '../rules/steps.js'

/** By this hour most of the previous day's late sales have arrived. */
const MORNING_IS_OVER = 9
/** By this hour the day has had its first hours of sales. */
const NOON = 12
/** If this many results could be expected, having none is conclusive at any hour. */
const RESULTS_TO_BE_SURE = 3
/** Windows of up to this many hours that end now are missing their last conversions. */
const FEW_HOURS = 12

export function earlyFindings({ rule, accounts, always }: RuleReading, now: number): Finding[] {
  if (!takesAway(rule)) return []
  const findings: Finding[] = []
  for (const { leaf, wanted, alongside } of placedLeaves(rule.when)) {
    const around = [...always, ...alongside, { condition: leaf, wanted }]
    for (const reading of accounts) {
      const early = judgementsOf(leaf, wanted, reading).find((judgement) => {
        return isEarly(judgement) && !waits(judgement, around, reading, now)
      })
      if (early === undefined || restsOnWholeDays(around, reading)) continue
      findings.push({ at: { rule, path: leaf.path }, ...wordsFor(early) })
      break
    }
  }
  return findings
}

type Kind = 'hours' | 'today' | 'yesterday'

function kindOf({ window }: Judgement): Kind | null {
  if (window.kind === 'hours') return window.count <= FEW_HOURS && window.offsetHours === 0 ? 'hours' : null
  const days = daysOf(window)
  if (days?.count !== 1) return null
  return days.ended === 0 ? 'today' : days.ended === 1 ? 'yesterday' : null
}

const isEarly = (judgement: Judgement): boolean => judgement.isDelayed && kindOf(judgement) !== null

/** Whether something keeps the rule from judging before conversions have arrived. */
function waits(judgement: Judgement, around: readonly Demand[], reading: AccountReading, now: number): boolean {
  const kind = kindOf(judgement)
  if (kind === 'yesterday') return isNeverBefore(MORNING_IS_OVER, around, reading, now)
  if (hasConversionsOf(judgement, around, reading) || (judgement.kind === 'few' && isMuchSpent(judgement, around, reading)))
    return true
  return kind === 'today' && isNeverBefore(NOON, around, reading, now)
}

/** Whether the rule requires some conversions of the same hours or day. */
const hasConversionsOf = ({ window }: Judgement, around: readonly Demand[], reading: AccountReading): boolean =>
  reading.someDemands(
    around,
    ({ sum: { constant, terms } }) =>
      terms.size > 0 &&
      [...terms].every(([key, coefficient]) => {
        const { measure } = reading.atoms.domain(key)
        const isOfToday = measure?.window === '1d-0' || (measure !== undefined && window.kind === 'hours')
        return isOfToday && coefficient > 0 && constant < 0 && isConversionMeasure(measure.name)
      }),
  )

function isMuchSpent({ owner }: Judgement, around: readonly Demand[], reading: AccountReading): boolean {
  const target = reading.values['target_cpa']
  return reading.someDemands(around, ({ sum: { constant, terms } }) => {
    const spend = [...terms].find(([key]) => {
      const { measure } = reading.atoms.domain(key)
      return measure?.name === 'spend' && measure.owner === owner && isUntilNow(measure.window)
    })
    if (spend === undefined || spend[1] <= 0) return false
    const inTargets = terms.size === 2 && constant === 0 ? -(terms.get('account.target_cpa') ?? 0) / spend[1] : 0
    const amount = terms.size === 1 && target !== undefined ? -constant / spend[1] / target : 0
    return Math.max(inTargets, amount) >= RESULTS_TO_BE_SURE
  })
}

/** Whether a window (in the form of `windowKey`) is today or counts hours. */
const isUntilNow = (window: string): boolean => window === '1d-0' || window.includes('h-')

/** Whether the rule judges several days too: then today's number can only hold it back. */
const restsOnWholeDays = (around: readonly Demand[], reading: AccountReading): boolean =>
  around.some((demand) =>
    guarantees(demand, (leaf, wanted) =>
      judgementsOf(leaf, wanted, reading).some((judgement) => judgement.isDelayed && isOfSeveralDays(judgement)),
    ),
  )

const isOfSeveralDays = ({ window }: Judgement): boolean => window.kind !== 'hours' && daysOf(window)?.count !== 1

function wordsFor(judgement: Judgement): Pick<Finding, 'code' | 'message' | 'hint'> {
  const written = `\`${judgement.written}\``
  switch (kindOf(judgement)) {
    case 'yesterday':
      return {
        code: 'yesterday-too-early',
        message: `${written} is judged before the morning is over, while conversions from yesterday’s clicks are still arriving`,
        hint: 'run it later, such as `at: "12:00"`, or look at more days: `[last_3d]`',
      }
    case 'hours':
      return {
        code: 'today-too-early',
        message: `${written} always looks worse than it is, because conversions arrive hours after the spend`,
        hint: 'look at whole days, such as `[last_3d]`, or at today together with `hour >= 16`',
      }
    default:
      return {
        code: 'today-too-early',
        message: `${written} looks worse every morning than it is, because conversions arrive hours after the spend`,
        hint: 'add `hour >= 16`, or require some results of today, or look at whole days: `[last_3d]`',
      }
  }
}
