/** A decision with the version of the rule that made it. A carry-out keeps using that version even if the file changes. */

import { ApplicationFailure } from '@temporalio/activity'

import type { Rule, Step } from '../../engine/rule/rule.js'
import type { Store } from '../../store/base/store.js'
import { type DecisionRow, findDecision } from '../../store/decisions/decisions.js'
import { findRuleVersion } from '../../store/rules/rules.js'

export interface CarriedOut {
  readonly decision: DecisionRow
  readonly rule: Rule
}

/** @throws ApplicationFailure `unknown-decision` if the store does not contain the decision or its rule */
export async function carriedOut(store: Store, id: string): Promise<CarriedOut> {
  const decision = await findDecision(store, id)
  const stored = decision === undefined ? undefined : await findRuleVersion(store, decision.rule, decision.version)
  if (decision === undefined || stored === undefined) {
    throw ApplicationFailure.nonRetryable(`The store does not have the decision ${id} and its rule.`, 'unknown-decision')
  }
  return { decision, rule: stored.rule }
}

/** @throws ApplicationFailure `unknown-step` */
export function stepOf<Kind extends Step['kind']>(rule: Rule, index: number, ...kinds: Kind[]): Extract<Step, { kind: Kind }> {
  const step = rule.then[index]
  if (step !== undefined && (kinds as string[]).includes(step.kind)) return step as Extract<Step, { kind: Kind }>
  throw ApplicationFailure.nonRetryable(`Step ${index + 1} of ${rule.id} is not a ${kinds.join(' or ')} step.`, 'unknown-step')
}
