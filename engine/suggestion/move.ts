/** The same money where it brings more: from the ad set with expensive results to the one with cheap ones. */

import { normalQuantile } from '../anomaly/count-deviate.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { moneyText } from '../text/value-text.js'
import { dailyBudget, endOf, isDelivering, isLearning, settledDays, stepped, sumOver, USED_UP, usedShare } from './delivery.js'
import { FOUR_FIFTHS, type SuggestedChange, type Suggestion, type SuggestionContext } from './suggestion.js'

const DAYS = 14
/** With fewer results than this an ad set's cost is too rough to move money by. */
const FEWEST_RESULTS = 10
/** So much further apart than chance has them the two have to be. */
const APART = 1.25
/** More money in one place buys more expensive results: of each unit this share of today's return is assumed. */
const DIMINISHING = 0.7
/** How well that share is known: a standard deviation. */
const DEVIATION = 0.15
/** How often chance may make one of two equal ad sets look expensive, or the other cheap. */
const CHANCE = 0.1

interface Candidate {
  readonly entity: FactEntity
  readonly id: string
  readonly budget: number
  readonly end: string
  /** Money a result. */
  readonly cost: number
  /** Of the number of results: their own standard deviation, and one over it the cost's, as a share. */
  readonly root: number
}

export function move({ facts, largestStep }: SuggestionContext): Suggestion[] {
  const candidates = facts.entities('adset').flatMap((entity) => candidate(facts, entity) ?? [])
  const ends = new Set(candidates.map(({ end }) => end))
  return [...ends].flatMap((end) => {
    // Only what is bought for the same end is compared.
    const same = candidates.filter((one) => one.end === end)
    // The most expensive and the cheapest of many lie apart by chance alone: the more there are, the surer each has to be.
    const sure = -normalQuantile((2 * CHANCE) / Math.max(2, same.length))
    const low = ({ cost, root }: Candidate): number => cost / Math.exp(sure / root)
    const high = ({ cost, root }: Candidate): number => cost * Math.exp(sure / root)
    const [costly] = [...same].sort((one, other) => low(other) - low(one))
    const [cheap] = [...same].sort((one, other) => high(one) - high(other))
    if (costly === undefined || cheap === undefined || costly === cheap || low(costly) <= APART * high(cheap)) return []
    const amount = Math.min(
      costly.budget - stepped(costly.budget, -largestStep),
      stepped(cheap.budget, largestStep) - cheap.budget,
    )
    if (amount <= 0) return []
    const expected = amount * (DIMINISHING / cheap.cost - 1 / costly.cost)
    const deviation =
      amount * Math.hypot(DEVIATION / cheap.cost, DIMINISHING / (cheap.cost * cheap.root), 1 / (costly.cost * costly.root))
    // Worth a person's time only where it is fairly sure to bring more.
    if (expected - sure * deviation <= 0) return []
    const margin = FOUR_FIFTHS * deviation
    return [
      {
        kind: 'move' as const,
        key: `move ${costly.id} ${cheap.id}`,
        // First down, then up: the account's budgets never add up to more than before.
        changes: [change(costly, costly.budget - amount), change(cheap, cheap.budget + amount)],
        reason: reason(facts, costly, cheap, amount),
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
  // From a budget that is not spent nothing is taken by lowering it, and to one that is not spent nothing is given.
  if (usedShare(facts, entity, budget) < USED_UP) return null
  // The logarithm of a Poisson count has a deviation of one over its root.
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

function reason({ account: { currency } }: Facts, costly: Candidate, cheap: Candidate, amount: number): Suggestion['reason'] {
  const money = (value: number, language: 'en' | 'tr'): string => moneyText(value, { language, currency })
  const [from, to] = [costly.entity.name ?? costly.id, cheap.entity.name ?? cheap.id]
  return {
    en: `A result costs ${money(costly.cost, 'en')} in “${from}” and ${money(cheap.cost, 'en')} in “${to}”: move ${money(amount, 'en')} a day from the first to the second.`,
    tr: `Bir sonucun maliyeti “${from}” için ${money(costly.cost, 'tr')}, “${to}” için ${money(cheap.cost, 'tr')}: ilkinden ikincisine günde ${money(amount, 'tr')} taşıyın.`,
  }
}
