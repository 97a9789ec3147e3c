/** Ranks campaigns or ad sets by cost per result, if there is enough evidence to compare them. */

import { divide } from '../expression/evaluate/arithmetic.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import type { DayRange } from '../value/ranges.js'
import { AtLeast, Unknown } from '../value/value.js'
import { valueOver } from './figures.js'
import type { Ranked, Ranking } from './report.js'

/** With fewer results, the cost per result is mostly chance. */
export const FEWEST_RESULTS = 3
/** If this many results were expected, none at all happens by chance once in twenty cases (exp(-3)). */
const EXPECTED_RESULTS = 3
/**
 * At most this many are listed as the cheapest, and as many as the most expensive. With few ranked entities it is half of them, so
 * that none is in both lists.
 */
const MOST: Readonly<Record<Ranking['scope'], number>> = { campaign: 1, adset: 3 }

export function rankingOf(facts: Facts, account: FactEntity, scope: Ranking['scope'], days: DayRange): Ranking {
  const none = (because: Ranking['because']): Ranking => ({ scope, days, best: [], worst: [], because })
  const [spend, results] = [valueOver(facts, account, 'spend', days), valueOver(facts, account, 'results', days)]
  // If the results cannot be added up because the goals differ, their costs cannot be compared either.
  const unknown = [spend, results].find((value) => value instanceof Unknown)
  if (unknown !== undefined) return none(unknown)
  const usual = usualCost(facts, spend, results)
  const known = facts.entities(scope).flatMap((entity) => rankedOf(facts, entity, days, usual) ?? [])
  if (known.length < 2) return none('too-few')
  const ordered = known.sort(byCost)
  const most = Math.min(MOST[scope], Math.floor(ordered.length / 2))
  const best = ordered.slice(0, most).filter(({ results }) => results > 0)
  return { scope, days, best, worst: ordered.slice(-most).reverse(), because: null }
}

/** Returns the account's target cost per result, or else its actual one; null if neither is known. */
function usualCost(facts: Facts, spend: unknown, results: unknown): number | null {
  const target = facts.account.values['target_cpa']
  if (typeof target === 'number' && target > 0) return target
  if (typeof spend !== 'number' || typeof results !== 'number') return null
  return results >= FEWEST_RESULTS && spend > 0 ? spend / results : null
}

/** Returns null if the entity spent nothing, or if there is too little evidence to rank it. */
function rankedOf(facts: Facts, entity: FactEntity, days: DayRange, usual: number | null): Ranked | null {
  const [spend, results] = [valueOver(facts, entity, 'spend', days), valueOver(facts, entity, 'results', days)]
  if (typeof spend !== 'number' || typeof results !== 'number' || spend <= 0) return null
  const isEvidence = results >= FEWEST_RESULTS || (usual !== null && spend >= EXPECTED_RESULTS * usual)
  if (!isEvidence) return null
  const { key, id, name } = entity
  return { key, id, name: name ?? key, spend, results, cost: divide(spend, results, 1) }
}

/** Sorts by cost, the cheapest first. Entities without results come last, the one that spent most at the very end. */
function byCost(one: Ranked, other: Ranked): number {
  if (one.cost instanceof AtLeast !== other.cost instanceof AtLeast) return one.cost instanceof AtLeast ? 1 : -1
  const difference = bound(one) - bound(other)
  return difference !== 0 ? difference : one.key < other.key ? -1 : 1
}

const bound = ({ spend, results }: Ranked): number => spend / Math.max(1, results)
