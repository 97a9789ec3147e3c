/** Budgets up or down, so that the month ends on plan. */

import { dayNumberOf, isoDay, startOfMonth, weekdayOf } from '../clock/day.js'
import { moneyText, percentageText } from '../action/value-text.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { byDay, dailyBudget, isDelivering, isLearning, stepped, sumOver, todayOf } from './delivery.js'
import { FOUR_FIFTHS } from './suggestion.js'
import type { SuggestedChange, Suggestion, SuggestionContext } from './suggestion.js'

/** Four of each weekday. */
const HISTORY = 28
/** Nearer to the plan than this nothing needs doing. */
const CLOSE_ENOUGH = 0.05
/** With fewer days left a budget no longer changes the month. */
const FEWEST_DAYS_LEFT = 3
/** More changes than this are no suggestion but a project. */
const MOST_CHANGES = 10

export function pace({ facts, largestStep, except = new Set() }: SuggestionContext): Suggestion[] {
  const plan = facts.account.values['monthly_budget']
  const [account] = facts.entities('account')
  if (typeof plan !== 'number' || plan <= 0 || account === undefined) return []
  const month = forecastOf(facts, account) ?? projection(facts, account)
  if (month === null || month.daysLeft < FEWEST_DAYS_LEFT) return []
  const total = month.spent + month.ahead
  const sure = Math.abs(total - plan) > FOUR_FIFTHS * month.deviation
  if (Math.abs(total - plan) <= CLOSE_ENOUGH * plan || !sure || month.ahead <= 0) return []
  const wanted = (plan - month.spent) / month.ahead - 1
  const ratio = Math.max(-largestStep, Math.min(largestStep, wanted))
  const { changes, share } = budgetSteps(facts, ratio, except)
  if (changes.length === 0) return []
  const after = month.spent + month.ahead * (1 + ratio * share)
  const margin = FOUR_FIFTHS * month.deviation
  return [
    {
      kind: 'pace',
      key: 'pace',
      changes,
      reason: reason(facts, { plan, total, ratio, count: changes.length }),
      effect: { measure: 'month_spend', low: Math.max(month.spent, after - margin), expected: after, high: after + margin },
    },
  ]
}

interface Projection {
  /** Up to yesterday; today counts as ahead. */
  readonly spent: number
  readonly ahead: number
  readonly daysLeft: number
  /** Standard deviation of what is ahead. */
  readonly deviation: number
}

/** The month as it was forecast, where it was. */
function forecastOf(facts: Facts, account: FactEntity): Projection | null {
  const estimate = facts.forecast?.(account, { metric: 'spend', actionType: null }, { kind: 'month' })
  const band = estimate?.detail?.bands?.find(({ level }) => level === 0.8)
  const today = dayNumberOf(todayOf(facts))
  const spent = spentBefore(facts, account, today)
  if (typeof estimate?.value !== 'number' || band === undefined || spent === null) return null
  return {
    spent,
    ahead: Math.max(0, estimate.value - spent),
    daysLeft: startOfMonth(today, 1) - today,
    deviation: (band.hi - band.lo) / 2 / FOUR_FIFTHS,
  }
}

/** This month's spend up to yesterday. */
function spentBefore(facts: Facts, account: FactEntity, today: number): number | null {
  const first = startOfMonth(today)
  return first === today ? 0 : sumOver(facts, account, 'spend', isoDay(first), isoDay(today - 1))
}

/** The rest of the month at the mean of each weekday of the last four weeks. */
function projection(facts: Facts, account: FactEntity): Projection | null {
  const today = dayNumberOf(todayOf(facts))
  const history = byDay(facts, account, 'spend', HISTORY)
  if (history.some((day) => day === null)) return null
  const days = history as number[]
  const means = Array.from({ length: 7 }, (_, weekday) => {
    const same = days.filter((_, index) => weekdayOf(today - HISTORY + index) === weekday)
    return same.reduce((sum, value) => sum + value, 0) / same.length
  })
  const squares = days.reduce((sum, value, index) => sum + (value - means[weekdayOf(today - HISTORY + index)]!) ** 2, 0)
  const daily = Math.sqrt(squares / (HISTORY - 7))
  const end = startOfMonth(today, 1)
  let ahead = 0
  for (let day = today; day < end; day++) ahead += means[weekdayOf(day)]!
  const spent = spentBefore(facts, account, today)
  if (spent === null) return null
  const daysLeft = end - today
  // Each day's own chance, and that the level itself is known from four weeks only.
  return { spent, ahead, daysLeft, deviation: daily * Math.sqrt(daysLeft + daysLeft ** 2 / HISTORY) }
}

/** The same step for the largest budgets that deliver, and the share of all budgets that they are. */
function budgetSteps(facts: Facts, ratio: number, except: ReadonlySet<string>): { changes: SuggestedChange[]; share: number } {
  const holders = (['campaign', 'adset'] as const).flatMap((level) =>
    facts.entities(level).flatMap((entity) => {
      const budget = dailyBudget(facts, entity)
      if (budget === null || entity.id === null || !isDelivering(facts, entity)) return []
      return [{ level, entity, id: entity.id, budget }]
    }),
  )
  const all = holders.reduce((sum, { budget }) => sum + budget, 0)
  const chosen = holders
    .filter(({ entity, id }) => !isLearning(facts, entity) && !except.has(id))
    .sort((one, other) => other.budget - one.budget || (one.id < other.id ? -1 : 1))
    .slice(0, MOST_CHANGES)
    .filter(({ budget }) => stepped(budget, ratio) !== budget && stepped(budget, ratio) > 0)
  const changes = chosen.map(({ level, entity, id, budget }): SuggestedChange => ({
    level,
    entityId: id,
    name: entity.name,
    field: 'daily_budget',
    before: String(budget),
    target: String(stepped(budget, ratio)),
  }))
  return { changes, share: all === 0 ? 0 : chosen.reduce((sum, { budget }) => sum + budget, 0) / all }
}

function reason(
  { account: { currency } }: Facts,
  { plan, total, ratio, count }: { plan: number; total: number; ratio: number; count: number },
): Suggestion['reason'] {
  const en = { language: 'en', currency } as const
  const tr = { language: 'tr', currency } as const
  const up = ratio > 0
  return {
    en: `At this pace the month ends at ${moneyText(total, en)}, where ${moneyText(plan, en)} is planned: ${up ? 'raise' : 'lower'} ${count === 1 ? 'one budget' : `${count} budgets`} by ${percentageText(Math.abs(ratio), 'en')}.`,
    tr: `Bu hızla ay ${moneyText(total, tr)} ile bitiyor, plan ${moneyText(plan, tr)}: ${count} bütçeyi ${percentageText(Math.abs(ratio), 'tr')} ${up ? 'artırın' : 'azaltın'}.`,
  }
}
