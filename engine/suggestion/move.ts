/** The same money where it brings more: from the ad set whose results are dear to the one whose are cheap. */

import { moneyText } from '../action/value-text.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { byDay, dailyBudget, isDelivering, isLearning, settledDays, stepped, sumOver } from './delivery.js'
import { FOUR_FIFTHS } from './suggestion.js'
import type { SuggestedChange, Suggestion, SuggestionContext } from './suggestion.js'

const DAYS = 14
/** With fewer results than this an ad set's cost is too rough to move money by. */
const FEWEST_RESULTS = 10
/** So much further apart than chance has them the two have to be. */
const APART = 1.25
/** Of a budget that is not spent, more of it brings nothing. */
const USED = 0.85
/** More money in one place buys dearer results: of each unit this share of today's return is counted on. */
const DIMINISHING = 0.7
/** How well that share is known: a standard deviation. */
const DEVIATION = 0.15

interface Candidate {
  readonly entity: FactEntity
  readonly id: string
  readonly budget: number
  /** Money a result, with the range that it lies in four times out of five. */
  readonly cost: number
  readonly low: number
  readonly high: number
  /** Of the number of results: their own standard deviation, and one over it the cost's, as a share. */
  readonly root: number
  readonly isUsed: boolean
}

export function move({ facts, largestStep }: SuggestionContext): Suggestion[] {
  const candidates = facts.entities('adset').flatMap((entity) => candidate(facts, entity) ?? [])
  const goals = new Set(candidates.map(({ entity }) => goalOf(facts, entity)))
  return [...goals].flatMap((goal) => {
    // Only what is bought for the same end is compared.
    const same = candidates.filter(({ entity }) => goalOf(facts, entity) === goal)
    const dear = same.reduce<Candidate | null>((worst, one) => (worst === null || one.low > worst.low ? one : worst), null)
    const cheap = same
      .filter(({ isUsed }) => isUsed)
      .reduce<Candidate | null>((best, one) => (best === null || one.high < best.high ? one : best), null)
    if (dear === null || cheap === null || dear === cheap || dear.low <= APART * cheap.high) return []
    const amount = Math.min(dear.budget - stepped(dear.budget, -largestStep), stepped(cheap.budget, largestStep) - cheap.budget)
    if (amount <= 0) return []
    const expected = amount * (DIMINISHING / cheap.cost - 1 / dear.cost)
    const margin =
      FOUR_FIFTHS *
      amount *
      Math.hypot(DEVIATION / cheap.cost, DIMINISHING / (cheap.cost * cheap.root), 1 / (dear.cost * dear.root))
    // Worth a person's time only where it is fairly sure to bring more.
    if (expected - margin <= 0) return []
    return [
      {
        kind: 'move' as const,
        key: `move ${dear.id} ${cheap.id}`,
        // First down, then up: the account's budgets never add up to more than before.
        changes: [change(dear, dear.budget - amount), change(cheap, cheap.budget + amount)],
        reason: reason(facts, dear, cheap, amount),
        effect: { measure: 'daily_results' as const, low: expected - margin, expected, high: expected + margin },
      },
    ]
  })
}

function candidate(facts: Facts, entity: FactEntity): Candidate | null {
  const budget = dailyBudget(facts, entity)
  if (budget === null || entity.id === null || !isDelivering(facts, entity) || isLearning(facts, entity)) return null
  const { since, until } = settledDays(facts, DAYS)
  const [spend, results] = [sumOver(facts, entity, 'spend', since, until), sumOver(facts, entity, 'results', since, until)]
  if (spend === null || results === null || results < FEWEST_RESULTS || spend <= 0) return null
  const cost = spend / results
  // The logarithm of a Poisson count has a deviation of one over its root.
  const factor = Math.exp(FOUR_FIFTHS / Math.sqrt(results))
  const lately = byDay(facts, entity, 'spend', 7).reduce<number>((sum, value) => sum + (value ?? 0), 0) / 7
  return {
    entity,
    id: entity.id,
    budget,
    cost,
    root: Math.sqrt(results),
    low: cost / factor,
    high: cost * factor,
    isUsed: lately >= USED * budget,
  }
}

/** What the campaign is for, and what the ad set's results are counted in, as far as anything says it. */
function goalOf(facts: Facts, entity: FactEntity): string {
  const objective = facts.attribute(entity, 'objective')
  return typeof objective === 'string' ? objective : ''
}

const change = ({ entity, id, budget }: Candidate, target: number): SuggestedChange => ({
  level: 'adset',
  entityId: id,
  name: entity.name,
  field: 'daily_budget',
  before: String(budget),
  target: String(target),
})

function reason({ account: { currency } }: Facts, dear: Candidate, cheap: Candidate, amount: number): Suggestion['reason'] {
  const money = (value: number, language: 'en' | 'tr'): string => moneyText(value, { language, currency })
  const [from, to] = [dear.entity.name ?? dear.id, cheap.entity.name ?? cheap.id]
  return {
    en: `A result costs ${money(dear.cost, 'en')} in “${from}” and ${money(cheap.cost, 'en')} in “${to}”: move ${money(amount, 'en')} a day from the first to the second.`,
    tr: `Bir sonucun maliyeti “${from}” için ${money(dear.cost, 'tr')}, “${to}” için ${money(cheap.cost, 'tr')}: ilkinden ikincisine günde ${money(amount, 'tr')} taşıyın.`,
  }
}
