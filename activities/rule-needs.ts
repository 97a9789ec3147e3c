/** What data a set of rules rests on, so that no more is asked of Meta than that. */

import { restsOnResults } from '../engine/action/rests-on-results.js'
import { dayOf } from '../engine/clock/zone.js'
import { windowRange } from '../engine/metric/window.js'
import type { Rule } from '../engine/rule/rule.js'
import { expressionsOfRule } from '../engine/rule/walk.js'

export interface RuleNeeds {
  /** Whether some rule looks at single ads. */
  readonly ads: boolean
  /** The first account day whose hours some rule looks at; null for none. */
  readonly adsetHoursSince: string | null
  readonly adHoursSince: string | null
  /** Whether the outage guardrail has to know what is usual by this hour. */
  readonly usualHours: boolean
}

/** @param at the moment that will be judged, epoch milliseconds */
export function needsOf(rules: readonly Rule[], at: number, zone: string): RuleNeeds {
  let [adset, ad]: [string | null, string | null] = [null, null]
  for (const rule of rules) {
    const since = hoursSince(rule, at, zone)
    if (looksAtAds(rule)) ad = earlier(ad, since)
    else adset = earlier(adset, since)
  }
  const usualHours = rules.some((rule) => rule.mode !== 'observe' && restsOnResults(rule))
  return { ads: rules.some(looksAtAds), adsetHoursSince: adset, adHoursSince: ad, usualHours }
}

export function looksAtAds(rule: Rule): boolean {
  if (rule.scope === 'ad') return true
  for (const expression of expressionsOfRule(rule)) if (expression.kind === 'metric' && expression.owner === 'ad') return true
  return false
}

/** The first account day whose hours the rule looks at; null where it looks at whole days only. */
export function hoursSince(rule: Rule, at: number, zone: string): string | null {
  let first: string | null = null
  for (const expression of expressionsOfRule(rule)) {
    if (expression.kind !== 'metric') continue
    const range = windowRange(expression.window, at, zone)
    if (range.kind === 'hours') first = earlier(first, dayOf(range.hours.from, zone))
  }
  return first
}

export const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a)
