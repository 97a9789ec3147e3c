/** Ad sets that spend and bring nothing. */

import { addDays } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { moneyText, numberText } from '../text/value-text.js'
import { byDay, endOf, isDelivering, isLearning, settledDays, sumOver, todayOf } from './delivery.js'
import type { Suggestion, SuggestionContext } from './suggestion.js'

const DAYS = 14
/** Where so many results were to be expected, none at all is chance once in fifty times (exp(-4)). */
const EXPECTED_RESULTS = 4
/** With fewer results among its like the cost of one is no measure. */
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
    // A result of the days that still fill up counts in its favour.
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
  // Where nothing that delivers brings anything, results that are not counted are likelier than ad sets that are all bad.
  return found.length < delivering.length ? found : []
}

/**
 * The usual cost of a result for ad sets with the same goal: the highest of the account's target, of four settled weeks and of the
 * days in question, so that neither a target that is a wish nor days on which results were not counted make chance look like waste.
 * Null where too few came in those days to say.
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

/** Whether what it does not spend any more goes to others: its campaign's budget is theirs too. */
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
    en: `“${name ?? ''}” spent ${money('en')} in ${DAYS} days without a result, where about ${results('en')} were to be expected: pause it${after.en}.`,
    tr: `“${name ?? ''}” ${DAYS} günde ${money('tr')} harcadı ve hiç sonuç getirmedi, beklenen yaklaşık ${results('tr')} sonuçtu: duraklatın${after.tr}.`,
  }
}
