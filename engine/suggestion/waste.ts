/** Ad sets that spend and bring nothing. */

import { addDays } from '../clock/zone.js'
import { moneyText, numberText } from '../action/value-text.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { byDay, isDelivering, isLearning, settledDays, sumOver, todayOf } from './delivery.js'
import type { Suggestion, SuggestionContext } from './suggestion.js'

const DAYS = 14
/** Where so many results were to be expected, none at all is chance once in fifty times (exp(-4)). */
const EXPECTED_RESULTS = 4
/** With fewer results the account's own cost of one is no measure. */
const FEWEST_RESULTS = 5

export function waste({ facts }: SuggestionContext): Suggestion[] {
  const usual = usualCost(facts)
  if (usual === null) return []
  const delivering = facts.entities('adset').filter((adset) => isDelivering(facts, adset))
  if (delivering.length < 2) return []
  return delivering.flatMap((adset) => {
    if (adset.id === null || isLearning(facts, adset)) return []
    const { since, until } = settledDays(facts, DAYS)
    const spend = sumOver(facts, adset, 'spend', since, until)
    // A result of the days that still fill up counts in its favour.
    const results = sumOver(facts, adset, 'results', since, addDays(todayOf(facts), -1))
    if (spend === null || results !== 0 || spend < EXPECTED_RESULTS * usual) return []
    const daily = byDay(facts, adset, 'spend', 7).filter((value) => value !== null)
    const mean = daily.reduce((sum, value) => sum + value, 0) / Math.max(1, daily.length)
    if (mean <= 0) return []
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
        reason: reason(facts, adset, spend, spend / usual),
        effect: { measure: 'daily_spend' as const, low: -Math.max(...daily), expected: -mean, high: -Math.min(...daily) },
      },
    ]
  })
}

/** The account's target, else what a result cost over four settled weeks. */
function usualCost(facts: Facts): number | null {
  const target = facts.account.values['target_cpa']
  if (typeof target === 'number' && target > 0) return target
  const [account] = facts.entities('account')
  if (account === undefined) return null
  const { since, until } = settledDays(facts, 28)
  const [spend, results] = [sumOver(facts, account, 'spend', since, until), sumOver(facts, account, 'results', since, until)]
  return spend === null || results === null || results < FEWEST_RESULTS ? null : spend / results
}

function reason({ account: { currency } }: Facts, { name }: FactEntity, spend: number, expected: number): Suggestion['reason'] {
  const money = (language: 'en' | 'tr'): string => moneyText(spend, { language, currency })
  const results = (language: 'en' | 'tr'): string => numberText(expected, language, 0)
  return {
    en: `“${name ?? ''}” spent ${money('en')} in ${DAYS} days without a result, where about ${results('en')} were to be expected: pause it.`,
    tr: `“${name ?? ''}” ${DAYS} günde ${money('tr')} harcadı ve hiç sonuç getirmedi, beklenen yaklaşık ${results('tr')} sonuçtu: duraklatın.`,
  }
}
