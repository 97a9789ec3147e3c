/** Guardrails for the whole account: whether its rules may change anything now. */

import { dayOf, HOUR, startOfDay } from '../clock/zone.js'
import { fact, reasonOf } from '../message/reason.js'
import type { GuardrailContext, ProposedChange, Refusal } from './context.js'

/** The stop switch, set by `tetik stop`, in the panel, or with DUR / STOP on WhatsApp. */
export function stop(_change: ProposedChange, { stop }: GuardrailContext): Refusal | null {
  if (stop === null) return null
  return { guardrail: 'stop', reason: reasonOf('stop', { why: fact.text(stop.why) }) }
}

/** Refuses after too many failed actions within an hour, a sign of a problem that rules cannot detect; the rules are stopped. */
export function breaker(_change: ProposedChange, { failuresLastHour, settings }: GuardrailContext): Refusal | null {
  if (failuresLastHour < settings.breaker) return null
  const facts = { failed: fact.count(failuresLastHour), limit: fact.count(settings.breaker) }
  return { guardrail: 'breaker', reason: reasonOf('breaker', facts) }
}

/** Refuses on days on which no rule may change anything: in the account's time zone, first and last day included. */
export function freeze(_change: ProposedChange, { now, zone, settings }: GuardrailContext): Refusal | null {
  const today = dayOf(now, zone)
  const window = settings.freeze.find(({ since, until }) => since <= today && today <= until)
  if (window === undefined) return null
  const facts = { since: fact.text(window.since), until: fact.text(window.until) }
  return { guardrail: 'freeze', reason: reasonOf('freeze', facts) }
}

/** The usual number of results by this hour must be at least this: the odds of none instead of ten are about 1 in 20,000. */
const FEWEST_USUAL_RESULTS = 10
/** Results are near zero at this share of the usual number or less. */
const NEAR_ZERO = 0.1
/** With less than this share of the usual spend, few results are to be expected. */
const SPENDS_AS_USUAL = 0.5

/**
 * Refuses changes that depend on costs or results while the account's results are abnormally near zero (a broken pixel, a shop
 * that is down) or its data is stale: entities may then only look expensive.
 */
export function outage(_change: ProposedChange, { now, health, restsOnResults }: GuardrailContext): Refusal | null {
  if (!restsOnResults) return null
  const { lastGoodSync, staleAfter, today } = health
  if (lastGoodSync === null) return { guardrail: 'outage', reason: reasonOf('outage-unread') }
  if (now - lastGoodSync > staleAfter) {
    return { guardrail: 'outage', reason: reasonOf('outage-stale', { at: fact.instant(lastGoodSync) }) }
  }
  if (today === null || today.usualResults < FEWEST_USUAL_RESULTS) return null
  if (today.results > NEAR_ZERO * today.usualResults || today.spend < SPENDS_AS_USUAL * today.usualSpend) return null
  const facts = { actual: fact.count(today.results), usual: fact.count(today.usualResults) }
  return { guardrail: 'outage', reason: reasonOf('outage-results', facts) }
}

export function actionsPerHour(_change: ProposedChange, { actions, settings }: GuardrailContext): Refusal | null {
  if (actions.lastHour < settings.actionsPerHour) return null
  const facts = { count: fact.count(actions.lastHour), limit: fact.count(settings.actionsPerHour) }
  return { guardrail: 'actions-per-hour', reason: reasonOf('actions-per-hour', facts) }
}

/** Counts by the day in the account's time zone. */
export function actionsPerDay(_change: ProposedChange, { actions, settings }: GuardrailContext): Refusal | null {
  if (actions.today < settings.actionsPerDay) return null
  const facts = { count: fact.count(actions.today), limit: fact.count(settings.actionsPerDay) }
  return { guardrail: 'actions-per-day', reason: reasonOf('actions-per-day', facts) }
}

/** Returns the instants from which actions are counted for `actions.lastHour` and `actions.today` of a context. */
export const countedSince = (now: number, zone: string): { readonly hour: number; readonly day: number } => ({
  hour: now - HOUR,
  day: startOfDay(dayOf(now, zone), zone),
})
