/** Loads the facts that the due rules of a tick are evaluated on. */

import type { Account } from '../../engine/account/account.js'
import { addDays, dayOf, HOUR } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import type { ForecastLookup } from '../../engine/forecast/task.js'
import { paceOf } from '../../engine/rule/cadence.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { USUAL_DAYS } from '../facts/account-health.js'
import { type FactsAtPace, loadFacts } from '../facts/load-facts.js'
import { reachAsked } from '../facts/reach-needs.js'
import { earlier, hoursNeededSince, looksAtAds, mindsLateness } from '../facts/rule-needs.js'

export interface FactsOfTick {
  readonly of: (rule: Rule) => Facts
  readonly usual: Facts
}

/** Loads the facts for each rule's own cadence; those of ads only if a rule needs them. */
export async function factsFor(
  store: Store,
  account: Account,
  rules: readonly Rule[],
  at: number,
  knownAt: number,
  forecasts?: ForecastLookup,
): Promise<FactsOfTick> {
  const zone = account.timezone
  const compares = rules.some(mindsLateness)
  const [ofAds, others] = [rules.filter(looksAtAds), rules.filter((rule) => !looksAtAds(rule))]
  const load = (level: 'adset' | 'ad', hours: string | null): Promise<FactsAtPace> =>
    loadFacts(store, account, {
      at,
      knownAt,
      level,
      days: true,
      hoursSince: hours,
      compares,
      reach: reachAsked(level === 'ad' ? ofAds : others, at, zone, true),
      ...(forecasts === undefined ? {} : { forecasts }),
    })
  const first = (some: readonly Rule[]): string | null =>
    some.reduce<string | null>((since, rule) => earlier(since, hoursNeededSince(rule, at, zone)), null)
  const adset = await load('adset', earlier(first(others), addDays(dayOf(at, zone), -USUAL_DAYS)))
  const ad = ofAds.length === 0 ? adset : await load('ad', first(ofAds))
  return {
    of: (rule) => (looksAtAds(rule) ? ad : adset)(paceOf(rule, zone, at)),
    usual: adset(HOUR),
  }
}
