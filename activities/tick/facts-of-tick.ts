/** Loads the facts that the due rules of a tick are evaluated on. */

import type { Account } from '../../engine/account/account.js'
import { addDays, dayOf, HOUR } from '../../engine/clock/zone.js'
import type { Facts } from '../../engine/facts/facts.js'
import type { ForecastLookup } from '../../engine/forecast/task.js'
import { paceOf } from '../../engine/rule/cadence.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { USUAL_DAYS } from '../facts/account-health.js'
import { questionOfRules } from '../facts/facts-for-rules.js'
import { type FactsAtPace, type FactsQuestion, loadFacts } from '../facts/load-facts.js'
import { earlier, looksAtAds, mindsLateness } from '../facts/rule-needs.js'

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
  const [ofAds, others] = [rules.filter(looksAtAds), rules.filter((rule) => !looksAtAds(rule))]
  const load = (question: FactsQuestion): Promise<FactsAtPace> =>
    loadFacts(store, account, {
      ...question,
      // If one rule compares, the facts of all say how late conversions come in.
      compares: rules.some(mindsLateness),
      ...(forecasts === undefined ? {} : { forecasts }),
    })
  const ofAdsets = questionOfRules(others, 'adset', { at, knownAt }, zone)
  const adset = await load({ ...ofAdsets, hoursSince: earlier(ofAdsets.hoursSince, addDays(dayOf(at, zone), -USUAL_DAYS)) })
  const ad = ofAds.length === 0 ? adset : await load(questionOfRules(ofAds, 'ad', { at, knownAt }, zone))
  return {
    of: (rule) => (looksAtAds(rule) ? ad : adset)(paceOf(rule, zone, at)),
    usual: adset(HOUR),
  }
}
