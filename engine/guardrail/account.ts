/** Guardrails that look at the account as a whole: whether its rules may do anything now. */

import { dayOf, HOUR, startOfDay } from '../clock/zone.js'
import { fact, reasonOf } from '../message/reason.js'
import type { GuardrailContext, ProposedChange, Refusal } from './context.js'

/** The stop switch: `tetik stop`, the panel, or the word DUR / STOP on WhatsApp. */
export function stop(_change: ProposedChange, { stop }: GuardrailContext): Refusal | null {
  if (stop === null) return null
  return { guardrail: 'stop', reason: reasonOf('stop', { why: fact.text(stop.why) }) }
}

/** So many actions failed within an hour that something is wrong that rules cannot know; the rules are stopped for it. */
export function breaker(_change: ProposedChange, { failuresLastHour, settings }: GuardrailContext): Refusal | null {
  if (failuresLastHour < settings.breaker) return null
  const facts = { failed: fact.count(failuresLastHour), limit: fact.count(settings.breaker) }
  return { guardrail: 'breaker', reason: reasonOf('breaker', facts) }
}

/** Days on which no rule changes anything, by the account's calendar, both ends in. */
export function freeze(_change: ProposedChange, { now, zone, settings }: GuardrailContext): Refusal | null {
  const today = dayOf(now, zone)
  const window = settings.freeze.find(({ since, until }) => since <= today && today <= until)
  if (window === undefined) return null
  const facts = { since: fact.text(window.since), until: fact.text(window.until) }
  return { guardrail: 'freeze', reason: reasonOf('freeze', facts) }
}

/** Fewer usual results by this hour say too little: none where ten are usual has odds of about 1 in 20,000. */
const FEWEST_USUAL_RESULTS = 10
/** Of what is usual. */
const NEAR_ZERO = 0.1
/** With less than this share of the usual spend, few results are no wonder. */
const SPENDS_AS_USUAL = 0.5

/**
 * While the account's results are abnormally near zero (a broken pixel, a shop that is down) or its data is stale, entities may
 * only look expensive: changes that depend on cost or results are held.
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

/** By the account's day. */
export function actionsPerDay(_change: ProposedChange, { actions, settings }: GuardrailContext): Refusal | null {
  if (actions.today < settings.actionsPerDay) return null
  const facts = { count: fact.count(actions.today), limit: fact.count(settings.actionsPerDay) }
  return { guardrail: 'actions-per-day', reason: reasonOf('actions-per-day', facts) }
}

/** From when on the hour and the day are counted whose actions a context states. */
export const countedSince = (now: number, zone: string): { readonly hour: number; readonly day: number } => ({
  hour: now - HOUR,
  day: startOfDay(dayOf(now, zone), zone),
})
