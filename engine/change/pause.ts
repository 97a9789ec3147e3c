/** Pauses belong to the person or rule that made them: a rule may start what it paused itself, but not what others paused. */

import { fact, reasonOf } from '../message/reason.js'
import type { NoChange } from './budget.js'

/** The result of a `pause` or `start` step. */
export type ResolvedStatus =
  { readonly kind: 'change'; readonly target: 'ACTIVE' | 'PAUSED'; readonly ownPause: boolean } | NoChange

/**
 * The result of a `start` step. It releases the rule's own pause, and the entity starts when nobody else holds it. With `any` it
 * starts regardless of who paused it.
 *
 * @param status as configured at Meta now
 * @param holders who holds the entity paused; may include the rule itself
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
  // Paused, but not by this rule: by other rules, or by a person if there is no holder.
  if (!ownPause) return { kind: 'nothing', reason: reasonOf('not-paused-by-rule') }
  if (others.length > 0) {
    return { kind: 'nothing', reason: reasonOf('held-by-others', { holders: fact.text(others.join(', ')) }) }
  }
  return { kind: 'change', target: 'ACTIVE', ownPause: true }
}

/** The result of a `pause` step. An entity that is already paused stays paused; the rule then holds it too. */
export const resolvePause = (entity: { readonly status: string }): ResolvedStatus =>
  entity.status === 'ACTIVE'
    ? { kind: 'change', target: 'PAUSED', ownPause: false }
    : { kind: 'nothing', reason: reasonOf('already-paused') }
