/** Raises or lowers budgets so that the month's spend ends on plan. */

import { dayNumberOf, isoDay, startOfMonth, weekdayOf } from '../clock/day.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { moneyText, percentageText } from '../text/value-text.js'
import { byDay, dailyBudget, isDelivering, isLearning, stepped, sumOver, todayOf, USED_UP } from './delivery.js'
import { FOUR_FIFTHS, type SuggestedChange, type Suggestion, type SuggestionContext } from './suggestion.js'

/** Days of history: four of each weekday. */
const HISTORY = 28
/** From this many days on, each weekday has an average of its own. */
const FEWEST_FOR_WEEKDAYS = 14
/** Within this share of the plan nothing is suggested. */
const CLOSE_ENOUGH = 0.05
/** With fewer days left, a budget change has too little effect on the month. */
const FEWEST_DAYS_LEFT = 3
/** A suggestion has at most this many changes. */
const MOST_CHANGES = 10

export function pace({ facts, largestStep, except = new Set(), changed = new Set() }: SuggestionContext): Suggestion[] {
  const plan = facts.account.values['monthly_budget']
  const [account] = facts.entities('account')
  if (typeof plan !== 'number' || plan <= 0 || account === undefined) return []
  const owners = budgetOwnersOf(facts)
  const projected = projection(facts, account, owners)
  const month = forecastOf(facts, account) ?? projected
  if (month === null || month.daysLeft < FEWEST_DAYS_LEFT) return []
  const total = month.spent + month.ahead
  const sure = Math.abs(total - plan) > FOUR_FIFTHS * month.deviation
  if (Math.abs(total - plan) <= CLOSE_ENOUGH * plan || !sure || month.ahead <= 0) return []
  // The account's forecast may not reflect yet what stopped or started: the projection of what delivers now has to agree.
  const direction = Math.sign(plan - total)
  if (projected !== null && (plan - projected.spent - projected.ahead) * direction <= CLOSE_ENOUGH * plan) return []
  // The effect of new budgets is known only after some days.
  const all = sumOf(owners.map(({ lately }) => lately))
  if (sumOf(owners.filter(({ id }) => id !== null && changed.has(id)).map(({ lately }) => lately)) > CLOSE_ENOUGH * all) return []
  const wanted = (plan - month.spent) / month.ahead - 1
  const ratio = Math.max(-largestStep, Math.min(largestStep, wanted))
  const { changes, share } = budgetSteps(facts, { owners, ratio, except })
  if (changes.length === 0) return []
  const after = month.spent + month.ahead * (1 + ratio * share)
  const margin = FOUR_FIFTHS * month.deviation
  return [
    {
      kind: 'pace',
      // Separate keys: dismissing an increase must not dismiss a decrease.
      key: ratio > 0 ? 'pace up' : 'pace down',
      changes,
      reason: reason(facts, { plan, total, ratio, count: changes.length }),
      effect: { measure: 'month_spend', low: Math.max(month.spent, after - margin), expected: after, high: after + margin },
    },
  ]
}

/** An entity with a budget of its own: a campaign with a campaign budget, or an ad set. */
interface BudgetOwner {
  readonly level: 'campaign' | 'adset'
  readonly entity: FactEntity
  readonly id: string | null
  /** A day, in minor units; null for a lifetime budget or one that is not known. */
  readonly budget: number | null
  /** Mean spend a day of the last week. */
  readonly lately: number
}

function budgetOwnersOf(facts: Facts): BudgetOwner[] {
  const owner = (level: BudgetOwner['level'], entity: FactEntity): BudgetOwner => {
    const lately = sumOf(byDay(facts, entity, 'spend', 7).map((value) => value ?? 0)) / 7
    return { level, entity, id: entity.id, budget: dailyBudget(facts, entity), lately }
  }
  const delivering = (level: BudgetOwner['level']): FactEntity[] =>
    facts.entities(level).filter((entity) => isDelivering(facts, entity))
  const sharing = delivering('campaign').filter((campaign) => hasBudget(facts, campaign))
  const keys = new Set(sharing.map(({ key }) => key))
  const alone = delivering('adset').filter((adset) => !keys.has(facts.owner(adset, 'campaign')?.key ?? ''))
  return [...sharing.map((campaign) => owner('campaign', campaign)), ...alone.map((adset) => owner('adset', adset))]
}

const hasBudget = (facts: Facts, entity: FactEntity): boolean =>
  ['daily_budget', 'lifetime_budget'].some((name) => {
    const budget = facts.attribute(entity, name)
    return typeof budget === 'number' && budget > 0
  })

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

interface Projection {
  /** Up to yesterday; today counts as ahead. */
  readonly spent: number
  readonly ahead: number
  readonly daysLeft: number
  /** Standard deviation of what is ahead. */
  readonly deviation: number
}

/** Returns the forecast of the month; null if there is none. */
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

/** Returns this month's spend up to yesterday. */
function spentBefore(facts: Facts, account: FactEntity, today: number): number | null {
  const first = startOfMonth(today)
  return first === today ? 0 : sumOver(facts, account, 'spend', isoDay(first), isoDay(today - 1))
}

/**
 * Projects the rest of the month from what the entities that deliver now spent over the last four weeks. Days without spend are
 * ignored, because the entity did not deliver then: so the days before a new entity started do not lower its average, and entities that
 * have stopped do not count at all.
 */
function projection(facts: Facts, account: FactEntity, owners: readonly BudgetOwner[]): Projection | null {
  const today = dayNumberOf(todayOf(facts))
  const spent = spentBefore(facts, account, today)
  if (spent === null) return null
  const [end, noise] = [startOfMonth(today, 1), new Float64Array(HISTORY)]
  const daysLeft = end - today
  let [ahead, level] = [0, 0]
  for (const { entity } of owners) {
    const history = byDay(facts, entity, 'spend', HISTORY)
    if (history.some((value) => value === null)) return null
    const days = (history as number[]).flatMap((value, index) => (value > 0 ? [{ value, index }] : []))
    if (days.length === 0) continue
    const mean = sumOf(days.map(({ value }) => value)) / days.length
    const expected = (day: number): number => {
      const same = days.filter(({ index }) => weekdayOf(today - HISTORY + index) === weekdayOf(day))
      return days.length < FEWEST_FOR_WEEKDAYS || same.length === 0 ? mean : sumOf(same.map(({ value }) => value)) / same.length
    }
    for (let day = today; day < end; day++) ahead += expected(day)
    let squares = 0
    for (const { value, index } of days) {
      const residual = value - expected(today - HISTORY + index)
      squares += residual ** 2
      noise[index]! += residual
    }
    const variance = squares / Math.max(1, days.length - (days.length < FEWEST_FOR_WEEKDAYS ? 1 : 7))
    // A few days do not show how much they vary, so a minimum is assumed.
    const least = days.length < 7 ? (mean / 2) ** 2 : 0
    level += Math.max(variance, least) / days.length
  }
  const daily = noise.reduce((sum, value) => sum + value ** 2, 0) / (HISTORY - 7)
  // The random variation of each day, plus the uncertainty of each entity's average.
  return { spent, ahead, daysLeft, deviation: Math.sqrt(daily * daysLeft + level * daysLeft ** 2) }
}

/** Returns the same step for the largest budgets that are used up, and their share of all spend. */
function budgetSteps(
  facts: Facts,
  { owners, ratio, except }: { owners: readonly BudgetOwner[]; ratio: number; except: ReadonlySet<string> },
): { changes: SuggestedChange[]; share: number } {
  const isFree = ({ level, entity }: BudgetOwner): boolean =>
    level === 'adset'
      ? !isLearning(facts, entity)
      : !facts
          .entities('adset')
          .some((adset) => isInside(adset, entity) && (isLearning(facts, adset) || except.has(adset.id ?? '')))
  const isInside = (adset: FactEntity, campaign: FactEntity): boolean =>
    isDelivering(facts, adset) && facts.owner(adset, 'campaign')?.key === campaign.key
  const chosen = owners
    .flatMap((owner) => {
      const { id, budget, lately } = owner
      if (id === null || budget === null || except.has(id) || lately < USED_UP * budget || !isFree(owner)) return []
      const target = stepped(budget, ratio)
      return target === budget || target <= 0 ? [] : [{ ...owner, id, budget, target }]
    })
    .sort((one, other) => other.budget - one.budget || (one.id < other.id ? -1 : 1))
    .slice(0, MOST_CHANGES)
  const changes = chosen.map(({ level, entity, id, budget, target }): SuggestedChange => ({
    level,
    entityId: id,
    name: entity.name,
    field: 'daily_budget',
    before: String(budget),
    target: String(target),
  }))
  const all = sumOf(owners.map(({ lately }) => lately))
  return { changes, share: all === 0 ? 0 : sumOf(chosen.map(({ lately }) => lately)) / all }
}

function reason(
  { account: { currency } }: Facts,
  { plan, total, ratio, count }: { plan: number; total: number; ratio: number; count: number },
): Suggestion['reason'] {
  const en = { language: 'en', currency } as const
  const tr = { language: 'tr', currency } as const
  const up = ratio > 0
  return {
    en: `At this pace the month ends at ${moneyText(total, en)}, but ${moneyText(plan, en)} is planned: ${up ? 'raise' : 'lower'} ${count === 1 ? 'one budget' : `${count} budgets`} by ${percentageText(Math.abs(ratio), 'en')}.`,
    tr: `Bu hızla ay sonu harcaması ${moneyText(total, tr)} olacak, plan ${moneyText(plan, tr)}: ${count} bütçeyi ${percentageText(Math.abs(ratio), 'tr')} ${up ? 'artırın' : 'azaltın'}.`,
  }
}
