/** Loads the facts that rules need, the same for a tick, a decision's texts, `tetik explain` and a backtest on stored data. */

import type { Account } from '../../engine/account/account.js'
import type { Facts } from '../../engine/facts/facts.js'
import { paceOf } from '../../engine/rule/cadence.js'
import type { Rule } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { type FactsQuestion, loadFacts } from './load-facts.js'
import { reachAsked } from './reach-needs.js'
import { earlier, hoursNeededSince, looksAtAds, mindsLateness } from './rule-needs.js'

/** The time that is evaluated (`at`), and the time until which data counts as known (`knownAt`), in epoch milliseconds. */
export type Moment = Pick<FactsQuestion, 'at' | 'knownAt'>

/** Returns the level whose rows the rule is evaluated on. */
export const levelOfRule = (rule: Rule): FactsQuestion['level'] => (looksAtAds(rule) ? 'ad' : 'adset')

/** @param zone the account's */
export const questionOfRules = (
  rules: readonly Rule[],
  level: FactsQuestion['level'],
  { at, knownAt }: Moment,
  zone: string,
): FactsQuestion => ({
  at,
  knownAt,
  level,
  days: true,
  hoursSince: rules.reduce<string | null>((since, rule) => earlier(since, hoursNeededSince(rule, at, zone)), null),
  compares: rules.some(mindsLateness),
  reach: reachAsked(rules, at, zone, true),
})

/** Loads the facts that a tick at that moment evaluates the rule on. */
export async function factsForRule(store: Store, account: Account, rule: Rule, moment: Moment): Promise<Facts> {
  const { timezone } = account
  const facts = await loadFacts(store, account, questionOfRules([rule], levelOfRule(rule), moment, timezone))
  return facts(paceOf(rule, timezone, moment.at))
}
