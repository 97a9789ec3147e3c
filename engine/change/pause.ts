/** Pauses are held by who made them: what a rule paused it may start again, what others paused it may not. */

import { fact, reasonOf } from '../message/reason.js'
import type { NoChange } from './budget.js'

/** What a `pause` or `start` step comes to. */
export type ResolvedStatus =
  { readonly kind: 'change'; readonly target: 'ACTIVE' | 'PAUSED'; readonly ownPause: boolean } | NoChange

/**
 * The result of a `start` step. It releases the rule's own pause, and the entity starts when nobody else holds it. With `any` it
 * starts regardless of who paused it.
 *
 * @param status as configured at Meta now
 * @param holders who holds the entity paused, the rule itself among them where it does
 */
export function resolveStart(
  rule: string,
  start: { readonly any: boolean },
  entity: { readonly status: string; readonly holders: readonly string[] },
): ResolvedStatus {
  const others = entity.holders.filter((holder) => holder !== rule)
  const ownPause = others.length < entity.holders.length
  if (entity.status === 'ACTIVE') return { kind: 'nothing', reason: reasonOf('already-active') }
  if (start.any) return { kind: 'change', target: 'ACTIVE', ownPause: ownPause && others.length === 0 }
  // Paused and held by nobody that tetik knows: a person did it.
  if (!ownPause) return { kind: 'nothing', reason: reasonOf('not-paused-by-rule') }
  if (others.length > 0) {
    return { kind: 'nothing', reason: reasonOf('held-by-others', { holders: fact.text(others.join(', ')) }) }
  }
  return { kind: 'change', target: 'ACTIVE', ownPause: true }
}

/** The result of a `pause` step. An entity that is paused already is left so; the rule then holds it too. */
export const resolvePause = (entity: { readonly status: string }): ResolvedStatus =>
  entity.status === 'ACTIVE'
    ? { kind: 'change', target: 'PAUSED', ownPause: false }
    : { kind: 'nothing', reason: reasonOf('already-paused') }
