/** Moves budget from the ad set with the most expensive results to the one with the cheapest. */

import { normalQuantile } from '../anomaly/count-deviate.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { moneyText } from '../text/value-text.js'
import { dailyBudget, endOf, isDelivering, isLearning, settledDays, stepped, sumOver, USED_UP, usedShare } from './delivery.js'
import { FOUR_FIFTHS, type SuggestedChange, type Suggestion, type SuggestionContext } from './suggestion.js'

const DAYS = 14
/** With fewer results, an ad set's cost per result is too uncertain to move money on. */
const FEWEST_RESULTS = 10
/** The ratio by which the two costs must differ beyond what chance explains. */
const APART = 1.25
/** Extra budget buys more expensive results: each extra unit is assumed to bring this share of today's return. */
const DIMINISHING = 0.7
/** The standard deviation of that share. */
const DEVIATION = 0.15
/** The accepted probability that, of two equal ad sets, chance makes one look expensive or the other cheap. */
const CHANCE = 0.1

interface Candidate {
  readonly entity: FactEntity
  readonly id: string
  readonly budget: number
  readonly end: string
  /** Minor units per result. */
  readonly cost: number
  /** Square root of the number of results: its standard deviation; 1 / root is the relative deviation of the cost. */
  readonly root: number
}

export function move({ facts, largestStep }: SuggestionContext): Suggestion[] {
  const candidates = facts.entities('adset').flatMap((entity) => candidate(facts, entity) ?? [])
  const ends = new Set(candidates.map(({ end }) => end))
  return [...ends].flatMap((end) => {
    // Only ad sets with the same goal are compared.
    const same = candidates.filter((one) => one.end === end)
    // The extremes of many ad sets differ by chance alone, so the required confidence grows with their number.
    const sure = -normalQuantile((2 * CHANCE) / Math.max(2, same.length))
    const low = ({ cost, root }: Candidate): number => cost / Math.exp(sure / root)
    const high = ({ cost, root }: Candidate): number => cost * Math.exp(sure / root)
    const [expensive] = [...same].sort((one, other) => low(other) - low(one))
    const [cheap] = [...same].sort((one, other) => high(one) - high(other))
    if (expensive === undefined || cheap === undefined || expensive === cheap || low(expensive) <= APART * high(cheap)) return []
    const amount = Math.min(
      expensive.budget - stepped(expensive.budget, -largestStep),
      stepped(cheap.budget, largestStep) - cheap.budget,
    )
    if (amount <= 0) return []
    const expected = amount * (DIMINISHING / cheap.cost - 1 / expensive.cost)
    const deviation =
      amount * Math.hypot(DEVIATION / cheap.cost, DIMINISHING / (cheap.cost * cheap.root), 1 / (expensive.cost * expensive.root))
    // Suggested only if it is fairly certain to bring more results.
    if (expected - sure * deviation <= 0) return []
    const margin = FOUR_FIFTHS * deviation
    return [
      {
        kind: 'move' as const,
        key: `move ${expensive.id} ${cheap.id}`,
        // Decrease first, then increase, so that the sum of the budgets is never higher than before.
        changes: [change(expensive, expensive.budget - amount), change(cheap, cheap.budget + amount)],
        reason: reason(facts, expensive, cheap, amount),
        effect: { measure: 'daily_results' as const, low: expected - margin, expected, high: expected + margin },
      },
    ]
  })
}

function candidate(facts: Facts, entity: FactEntity): Candidate | null {
  const [budget, end] = [dailyBudget(facts, entity), endOf(facts, entity)]
  if (budget === null || end === null || entity.id === null) return null
  if (!isDelivering(facts, entity) || isLearning(facts, entity)) return null
  const { since, until } = settledDays(facts, DAYS)
  const [spend, results] = [sumOver(facts, entity, 'spend', since, until), sumOver(facts, entity, 'results', since, until)]
  if (spend === null || results === null || results < FEWEST_RESULTS || spend <= 0) return null
  // Changing a budget that is not fully spent has no effect on spend.
  if (usedShare(facts, entity, budget) < USED_UP) return null
  // The logarithm of a Poisson count n has a standard deviation of 1 / sqrt(n).
  return { entity, id: entity.id, budget, end, cost: spend / results, root: Math.sqrt(results) }
}

const change = ({ entity, id, budget }: Candidate, target: number): SuggestedChange => ({
  level: 'adset',
  entityId: id,
  name: entity.name,
  field: 'daily_budget',
  before: String(budget),
  target: String(target),
})

function reason({ account: { currency } }: Facts, expensive: Candidate, cheap: Candidate, amount: number): Suggestion['reason'] {
  const money = (value: number, language: 'en' | 'tr'): string => moneyText(value, { language, currency })
  const [from, to] = [expensive.entity.name ?? expensive.id, cheap.entity.name ?? cheap.id]
  return {
    en: `A result costs ${money(expensive.cost, 'en')} in “${from}” and ${money(cheap.cost, 'en')} in “${to}”: move ${money(amount, 'en')} a day from the first to the second.`,
    tr: `Sonuç başına ücret “${from}” için ${money(expensive.cost, 'tr')}, “${to}” için ${money(cheap.cost, 'tr')}: ilkinden ikincisine günde ${money(amount, 'tr')} taşıyın.`,
  }
}
