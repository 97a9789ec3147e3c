/** Guardrails for the entity that would be changed. */

import type { HandsOffKind } from '../account/account.js'
import { fact, reasonOf } from '../message/reason.js'
import { isSameName } from '../text/canonical.js'
import { matchesGlob } from '../text/glob.js'
import type { GuardrailContext, NamedEntity, ProposedChange, Refusal } from './context.js'

/**
 * Refuses changes of protected entities, which are selected by a glob of their name or by a label. Everything in a protected
 * entity is protected too, and an entity that contains a delivering protected one may not be paused.
 */
export function protect(change: ProposedChange, { entity, settings }: GuardrailContext): Refusal | null {
  const own = firstProtected([entity, ...entity.above], settings.protect)
  if (own !== null) return { guardrail: 'protect', reason: reasonOf('protect', own) }
  const beneath = change.kind === 'pause' ? firstProtected(entity.beneath, settings.protect) : null
  return beneath === null ? null : { guardrail: 'protect', reason: reasonOf('protect-beneath', beneath) }
}

function firstProtected(entities: readonly NamedEntity[], patterns: readonly string[]) {
  for (const { name, labels } of entities) {
    const pattern = patterns.find((one) => labels.some((label) => isSameName(label, one)) || matchesGlob(name, one))
    if (pattern !== undefined) return { name: fact.text(name), pattern: fact.text(pattern) }
  }
  return null
}

/**
 * Which change by a person blocks which change by a rule for a while. A copy is blocked by a budget change, as it would spend
 * the budget that the person just set; names and labels cost nothing and are never blocked.
 */
const HELD_BY: Readonly<Record<ProposedChange['kind'], HandsOffKind | null>> = {
  pause: 'status',
  start: 'status',
  budget: 'budget',
  bid: 'bid',
  duplicate: 'budget',
  rename: null,
  label: null,
}

export function handsOff(change: ProposedChange, { now, personChanges, changedBy, settings }: GuardrailContext): Refusal | null {
  const kind = HELD_BY[change.kind]
  const last = kind === null ? null : personChanges[kind]
  if (kind === null || last === null || now - last >= settings.handsOff[kind]) return null
  const facts = { at: fact.instant(last), handsOff: fact.duration(settings.handsOff[kind]) }
  const who = changedBy[kind]
  const reason =
    who === null ? reasonOf(`hands-off-${kind}`, facts) : reasonOf(`hands-off-${kind}-by`, { ...facts, who: fact.text(who) })
  return { guardrail: 'hands-off', reason }
}

/** Changes that Meta does not count as an edit, so that learning continues. */
const HARMLESS = new Set<ProposedChange['kind']>(['rename', 'label', 'duplicate'])

/**
 * Refuses changes of an entity in its learning phase, except pausing. Ending the rule's own pause is allowed too: otherwise an
 * entity paused for a night would stay paused as long as Meta reports it as learning.
 */
export function learning(change: ProposedChange, { entity }: GuardrailContext): Refusal | null {
  if (entity.learning !== true || change.kind === 'pause' || HARMLESS.has(change.kind)) return null
  if (change.kind === 'start' && change.ownPause) return null
  return { guardrail: 'learning', reason: reasonOf('learning') }
}

/** Keeps one delivering ad set in a campaign, unless the account allows otherwise. Refuses if the others are not known. */
export function lastAdset(change: ProposedChange, context: GuardrailContext): Refusal | null {
  const { entity, deliveringSiblings, settings } = context
  if (change.kind !== 'pause' || entity.level !== 'adset' || settings.lastAdset) return null
  // An ad set that does not deliver cannot be the last delivering one.
  if (entity.delivering === false) return null
  if (deliveringSiblings !== null && deliveringSiblings > 0) return null
  const code = deliveringSiblings === null ? 'last-adset-unknown' : 'last-adset'
  return { guardrail: 'last-adset', reason: reasonOf(code) }
}
