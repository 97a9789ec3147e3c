/** What data a set of rules rests on, so that no more is asked of Meta than that. */

import { addDays, dayOf } from '../../engine/clock/zone.js'
import type { Expression } from '../../engine/expression/syntax.js'
import { restsOnResults } from '../../engine/guardrail/rests-on-results.js'
import { windowRange } from '../../engine/metric/window.js'
import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { USUAL_DAYS } from './account-health.js'
import { type AskedReach, reachAsked } from './reach-needs.js'

export interface RuleNeeds {
  /** Whether some rule looks at single ads. */
  readonly ads: boolean
  /** The first account day whose hours some rule looks at; null for none. */
  readonly adsetHoursSince: string | null
  readonly adHoursSince: string | null
  /** So many days' hours say what is usual by this hour: for the outage guardrail, and for what rules compare with; 0 for none. */
  readonly adsetUsualDays: number
  readonly adUsualDays: number
  /** Windows whose reach and frequency rules ask about, by what else is read for these rules. */
  readonly adsetReach: readonly AskedReach[]
  readonly adReach: readonly AskedReach[]
}

/** The days whose same hours `expected(…)` and `anomaly(…)` of today are compared with: eight weeks. */
export const COMPARED_DAYS = 56

/**
 * @param at the moment that will be judged, epoch milliseconds
 * @param countsReach whether the results of some ad set are people reached
 */
export function needsOf(rules: readonly Rule[], at: number, zone: string, countsReach = false): RuleNeeds {
  let [adset, ad]: [string | null, string | null] = [null, null]
  for (const rule of rules) {
    const since = hoursSince(rule, at, zone)
    if (looksAtAds(rule)) ad = earlier(ad, since)
    else adset = earlier(adset, since)
  }
  const outage = rules.some((rule) => rule.mode !== 'observe' && restsOnResults(rule)) ? USUAL_DAYS : 0
  const compared = (some: readonly Rule[]): number => (some.some((rule) => comparesHours(rule, at, zone)) ? COMPARED_DAYS : 0)
  const ofAds = rules.filter(looksAtAds)
  const others = rules.filter((rule) => !looksAtAds(rule))
  return {
    ads: ofAds.length > 0,
    adsetHoursSince: adset,
    adHoursSince: ad,
    adsetUsualDays: Math.max(outage, compared(others)),
    adUsualDays: compared(ofAds),
    adsetReach: reachAsked(others, at, zone, countsReach),
    adReach: reachAsked(ofAds, at, zone, countsReach),
  }
}

/** Whether the rule asks what is usual of anything. */
export function comparesWithUsual(rule: Rule): boolean {
  for (const { kind } of expressionsOfRule(rule)) if (kind === 'expected' || kind === 'anomaly') return true
  return false
}

/** Whether the rule sends a report, which needs the forecast of the month. */
export const reports = ({ then }: Pick<Rule, 'then'>): boolean => then.some(({ kind }) => kind === 'report')

/** Whether the rule asks for a forecast. */
export function usesForecast(rule: Rule): boolean {
  if (reports(rule)) return true
  for (const { kind } of expressionsOfRule(rule)) if (kind === 'forecast') return true
  return false
}

/** Whether the rule asks what is usual of today or of some hours, which only the same hours of other days can say. */
function comparesHours(rule: Rule, at: number, zone: string): boolean {
  for (const expression of expressionsOfRule(rule)) {
    if (expression.kind !== 'expected' && expression.kind !== 'anomaly') continue
    if (windowOf(expression, at, zone) !== null) return true
  }
  return false
}

/** The first day whose hours a window has to do with that is compared with others; null where it is of ended days. */
function windowOf({ operand }: Extract<Expression, { kind: 'expected' | 'anomaly' }>, at: number, zone: string): string | null {
  const range = windowRange(operand.window, at, zone)
  const today = dayOf(at, zone)
  if (range.kind === 'hours') return dayOf(range.hours.from, zone)
  return range.kind === 'days' && range.days.since === today && range.days.until === today ? today : null
}

export function looksAtAds(rule: Rule): boolean {
  if (rule.scope === 'ad') return true
  for (const expression of expressionsOfRule(rule)) if (expression.kind === 'metric' && expression.owner === 'ad') return true
  return false
}

/** The first account day whose hours the rule looks at; null where it looks at whole days only. */
function hoursSince(rule: Rule, at: number, zone: string): string | null {
  let first: string | null = null
  for (const expression of expressionsOfRule(rule)) {
    if (expression.kind === 'expected' || expression.kind === 'anomaly') first = earlier(first, windowOf(expression, at, zone))
    if (expression.kind !== 'metric') continue
    const range = windowRange(expression.window, at, zone)
    if (range.kind === 'hours') first = earlier(first, dayOf(range.hours.from, zone))
  }
  return first
}

/** The first account day whose hours the rule is judged on, those that it compares with among them; null for none. */
export const hoursNeededSince = (rule: Rule, at: number, zone: string): string | null =>
  comparesHours(rule, at, zone) ? addDays(dayOf(at, zone), -COMPARED_DAYS) : hoursSince(rule, at, zone)

/** Whether it matters to the rule how late conversions come in. */
export const mindsLateness = (rule: Rule): boolean => comparesWithUsual(rule) || usesForecast(rule)

export const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a)
