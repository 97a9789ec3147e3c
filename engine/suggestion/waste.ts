/** Suggests pausing ad sets that spend without a result. */

import { addDays } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { moneyText, numberText } from '../text/value-text.js'
import { byDay, endOf, isDelivering, isLearning, settledDays, sumOver, todayOf } from './delivery.js'
import type { Suggestion, SuggestionContext } from './suggestion.js'

const DAYS = 14
/** If this many results were expected, none at all happens by chance once in about fifty cases (exp(-4)). */
const EXPECTED_RESULTS = 4
/** With fewer results among ad sets of the same goal, the usual cost per result is not reliable. */
const FEWEST_RESULTS = 5

export function waste({ facts }: SuggestionContext): Suggestion[] {
  const adsets = facts.entities('adset')
  const delivering = adsets.filter((adset) => isDelivering(facts, adset))
  const costs = new Map<string, number | null>()
  const found = delivering.flatMap((adset) => {
    const end = endOf(facts, adset)
    if (adset.id === null || end === null || isLearning(facts, adset)) return []
    const { since, until } = settledDays(facts, DAYS)
    const spend = sumOver(facts, adset, 'spend', since, until)
    // Results of the most recent days count in its favour, although more may still come in.
    const results = sumOver(facts, adset, 'results', since, addDays(todayOf(facts), -1))
    if (spend === null || spend === 0 || results !== 0) return []
    if (!costs.has(end)) {
      const same = adsets.filter((one) => endOf(facts, one) === end)
      costs.set(end, usualCost(facts, same))
    }
    const usual = costs.get(end) ?? null
    if (usual === null || spend < EXPECTED_RESULTS * usual) return []
    const daily = byDay(facts, adset, 'spend', 7).filter((value) => value !== null)
    const mean = daily.reduce((sum, value) => sum + value, 0) / Math.max(1, daily.length)
    if (mean <= 0) return []
    const isShared = sharesBudget(facts, adset, delivering)
    return [
      {
        kind: 'waste' as const,
        key: `waste ${adset.key}`,
        changes: [
          {
            level: 'adset' as const,
            entityId: adset.id,
            name: adset.name,
            field: 'status' as const,
            before: 'ACTIVE',
            target: 'PAUSED',
          },
        ],
        reason: reason(facts, adset, { spend, expected: spend / usual, isShared }),
        effect: {
          measure: 'daily_spend' as const,
          low: -Math.max(...daily),
          expected: isShared ? 0 : -mean,
          high: isShared ? 0 : -Math.min(...daily),
        },
      },
    ]
  })
  // If no delivering ad set has a result, broken conversion tracking is more likely than that all ad sets are bad.
  return found.length < delivering.length ? found : []
}

/**
 * Returns the usual cost per result of ad sets with the same goal: the highest of the account's target, the cost over four
 * settled weeks and the cost over the days in question. The highest is taken so that neither an over-ambitious target nor days
 * with missing results make chance look like waste. Null if those days have too few results.
 */
function usualCost(facts: Facts, adsets: readonly FactEntity[]): number | null {
  const costs = [28, DAYS].map((days) => {
    const { since, until } = settledDays(facts, days)
    let [spend, results] = [0, 0]
    for (const adset of adsets) {
      const [paid, brought] = [sumOver(facts, adset, 'spend', since, until), sumOver(facts, adset, 'results', since, until)]
      if (paid === null || brought === null) continue
      spend += paid
      results += brought
    }
    return results < FEWEST_RESULTS ? null : spend / results
  })
  if (costs.includes(null)) return null
  const target = facts.account.values['target_cpa']
  const isOfTarget = adsets.every((adset) => (facts.goal?.(adset) ?? facts.account.result) === facts.account.result)
  return Math.max(...costs.map(Number), isOfTarget && typeof target === 'number' ? target : 0)
}

/** Whether the money it stops spending goes to other ad sets, because the budget is the campaign's. */
function sharesBudget(facts: Facts, adset: FactEntity, delivering: readonly FactEntity[]): boolean {
  const campaign = facts.owner(adset, 'campaign')
  if (campaign === null || facts.attribute(adset, 'budget_level') !== 'campaign') return false
  return delivering.some((other) => other.key !== adset.key && facts.owner(other, 'campaign')?.key === campaign.key)
}

function reason(
  { account: { currency } }: Facts,
  { name }: FactEntity,
  { spend, expected, isShared }: { spend: number; expected: number; isShared: boolean },
): Suggestion['reason'] {
  const money = (language: 'en' | 'tr'): string => moneyText(spend, { language, currency })
  const results = (language: 'en' | 'tr'): string => numberText(expected, language, 0)
  const after = {
    en: isShared ? '; its campaign’s budget then goes to its other ad sets' : '',
    tr: isShared ? '; kampanyanın bütçesi o zaman diğer reklam setlerine gider' : '',
  }
  return {
    en: `“${name ?? ''}” spent ${money('en')} in ${DAYS} days without a result, although about ${results('en')} were expected: pause it${after.en}.`,
    tr: `“${name ?? ''}” ${DAYS} günde ${money('tr')} harcadı ama hiç sonuç getirmedi (beklenen: yaklaşık ${results('tr')}): duraklatın${after.tr}.`,
  }
}
