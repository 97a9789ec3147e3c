/** The data that a set of rules needs, so that nothing more is requested from Meta. */

import { addDays, dayOf } from '../../engine/clock/zone.js'
import type { Expression } from '../../engine/expression/syntax.js'
import { restsOnResults } from '../../engine/guardrail/rests-on-results.js'
import { windowRange } from '../../engine/metric/window.js'
import type { Rule } from '../../engine/rule/rule.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { USUAL_DAYS } from './account-health.js'
import { type AskedReach, reachAsked } from './reach-needs.js'

export interface RuleNeeds {
  /** Whether some rule uses single ads. */
  readonly ads: boolean
  /** The first account day whose hours some rule uses; null for none. */
  readonly adsetHoursSince: string | null
  readonly adHoursSince: string | null
  /**
   * The number of past days whose hours show what is usual by this hour, for the outage guardrail and for comparisons; 0 for none.
   */
  readonly adsetUsualDays: number
  readonly adUsualDays: number
  /** Windows whose reach and frequency are needed by the rules that use ad sets. */
  readonly adsetReach: readonly AskedReach[]
  readonly adReach: readonly AskedReach[]
}

/** The days whose same hours `expected(…)` and `anomaly(…)` of today are compared with: eight weeks. */
export const COMPARED_DAYS = 56

/**
 * @param at the time that will be evaluated, epoch milliseconds
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

/** Whether the rule compares something with what is usual. */
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

/** Whether the rule compares today or some hours with what is usual, which needs the same hours of other days. */
function comparesHours(rule: Rule, at: number, zone: string): boolean {
  for (const expression of expressionsOfRule(rule)) {
    if (expression.kind !== 'expected' && expression.kind !== 'anomaly') continue
    if (windowOf(expression, at, zone) !== null) return true
  }
  return false
}

/** Returns the first day whose hours a compared window needs; null if it consists of ended days. */
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

/** Returns the first account day whose hours the rule uses; null if it uses only whole days. */
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

/** Returns the first account day whose hours the rule needs, including those that it compares with; null for none. */
export const hoursNeededSince = (rule: Rule, at: number, zone: string): string | null =>
  comparesHours(rule, at, zone) ? addDays(dayOf(at, zone), -COMPARED_DAYS) : hoursSince(rule, at, zone)

/** Whether the lateness of conversions matters to the rule. */
export const mindsLateness = (rule: Rule): boolean => comparesWithUsual(rule) || usesForecast(rule)

export const earlier = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a)
