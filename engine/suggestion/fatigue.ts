/** Ad fatigue: the audience has seen the ads too often, so the click rate falls and clicks cost more. */

import { addDays } from '../clock/zone.js'
import type { FactEntity, Facts } from '../facts/facts.js'
import { percentageText } from '../text/value-text.js'
import { byDay, dailyBudget, isDelivering, isLearning, stepped, sumOver, todayOf } from './delivery.js'
import type { SuggestedChange, Suggestion, SuggestionContext } from './suggestion.js'

const [LATELY, BEFORE] = [7, 21]
const FEWEST_IMPRESSIONS = 5_000
/** The click rate has fallen by at least this share, … */
const FALL = 0.25
/** … the fall is this many standard deviations, far more than chance, … */
const SURE = 4
/** … and a click costs at least this much more. */
const COST_RISE = 0.15

export function fatigue({ facts, largestStep }: SuggestionContext): Suggestion[] {
  return facts.entities('adset').flatMap((adset) => {
    if (adset.id === null || !isDelivering(facts, adset) || isLearning(facts, adset)) return []
    const today = todayOf(facts)
    const until = addDays(today, -1)
    const lately = rates(facts, adset, addDays(today, -LATELY), until)
    const before = rates(facts, adset, addDays(today, -LATELY - BEFORE), addDays(today, -LATELY - 1))
    if (lately === null || before === null || !isWorn(lately, before)) return []
    const budget = dailyBudget(facts, adset)
    const target = budget === null ? null : stepped(budget, -largestStep)
    const changes: SuggestedChange[] =
      budget === null || target === null || target <= 0
        ? []
        : [
            {
              level: 'adset',
              entityId: adset.id,
              name: adset.name,
              field: 'daily_budget',
              before: String(budget),
              target: String(target),
            },
          ]
    const spend = byDay(facts, adset, 'spend', LATELY).filter((value) => value !== null)
    const mean = spend.reduce((sum, value) => sum + value, 0) / Math.max(1, spend.length)
    const cut = changes.length === 0 ? 0 : largestStep
    return [
      {
        kind: 'fatigue' as const,
        key: `fatigue ${adset.key}`,
        changes,
        reason: reason(adset, 1 - lately.rate / before.rate, changes.length > 0 ? largestStep : null),
        effect: { measure: 'daily_spend' as const, low: -cut * Math.max(0, ...spend), expected: -cut * mean, high: 0 },
      },
    ]
  })
}

interface Rates {
  readonly shown: number
  readonly rate: number
  readonly cost: number
}

function rates(facts: Facts, adset: FactEntity, since: string, until: string): Rates | null {
  const [shown, clicks, spend] = ['impressions', 'clicks', 'spend'].map((measure) => sumOver(facts, adset, measure, since, until))
  if (shown == null || clicks == null || spend == null || shown < FEWEST_IMPRESSIONS || clicks === 0) return null
  return { shown, rate: clicks / shown, cost: spend / clicks }
}

function isWorn(lately: Rates, before: Rates): boolean {
  const pooled = (lately.rate * lately.shown + before.rate * before.shown) / (lately.shown + before.shown)
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / lately.shown + 1 / before.shown))
  const isLower = lately.rate <= (1 - FALL) * before.rate && before.rate - lately.rate >= SURE * deviation
  return isLower && lately.cost >= (1 + COST_RISE) * before.cost
}

function reason({ name }: FactEntity, fall: number, step: number | null): Suggestion['reason'] {
  const [en, tr] = [percentageText(fall, 'en'), percentageText(fall, 'tr')]
  const meanwhile = {
    en: step === null ? '' : `, and lower its budget by ${percentageText(step, 'en')} until then`,
    tr: step === null ? '' : `, o zamana kadar bütçesini ${percentageText(step, 'tr')} azaltın`,
  }
  return {
    en: `The click rate of “${name ?? ''}” fell by ${en} compared with the three weeks before, and clicks cost more: give it new ads${meanwhile.en}.`,
    tr: `“${name ?? ''}” reklam setinin tıklama oranı önceki üç haftaya göre ${tr} düştü ve tıklamalar pahalandı: yeni reklam ekleyin${meanwhile.tr}.`,
  }
}
