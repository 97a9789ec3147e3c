/**
 * The facts of a decision: by default of the moment when it was made, for texts; or of now, for a condition that is checked again.
 */

import { ApplicationFailure } from '@temporalio/common'

import type { Account } from '../../engine/account/account.js'
import { evaluateExpression } from '../../engine/expression/evaluate/evaluate.js'
import type { Selection } from '../../engine/expression/evaluate/selection.js'
import type { FactEntity, Facts } from '../../engine/facts/facts.js'
import { messagePart, type MessagePart } from '../../engine/message/message.js'
import { prepareRule, selectionOf } from '../../engine/rule/evaluate/evaluate.js'
import type { Rule, Template } from '../../engine/rule/rule.js'
import { expressionsOfRule } from '../../engine/rule/steps/expressions.js'
import { Unknown } from '../../engine/value/value.js'
import type { Store } from '../../store/base/store.js'
import type { DecisionRow } from '../../store/decisions/decisions.js'
import { findHookEvent } from '../../store/incoming/hook-events.js'
import type { CarriedOut } from '../base/carried-out-rule.js'
import { withPayload } from './event-facts.js'
import { factsForRule, type Moment } from './facts-for-rules.js'

export interface DecisionFacts {
  readonly facts: Facts
  /** Null if the data no longer contains it. */
  readonly entity: FactEntity | null
  /** Null if no expression of the rule aggregates over the entities that it selects. */
  readonly selection: Selection | null
}

/** @param moment by default the decision's own, so that its texts show the numbers that it was based on */
export async function factsOfDecision(
  store: Store,
  account: Account,
  { decision, rule }: CarriedOut,
  moment: Moment = { at: decision.at, knownAt: decision.known_at },
): Promise<DecisionFacts> {
  const facts = await withEvent(store, decision, await factsForRule(store, account, rule, moment))
  const entity = facts.entities(rule.scope).find(({ key }) => key === decision.entity_key) ?? null
  return { facts, entity, selection: asksSelection(rule) ? await selectionOf(prepareRule(rule), facts) : null }
}

async function withEvent(store: Store, { event }: DecisionRow, facts: Facts): Promise<Facts> {
  if (event === null) return facts
  const found = await findHookEvent(store, event)
  if (found === undefined) throw ApplicationFailure.nonRetryable(`The store no longer has the event ${event}.`, 'unknown-event')
  return withPayload(facts, JSON.parse(found.payload_json))
}

const asksSelection = (rule: Rule): boolean => [...expressionsOfRule(rule)].some(({ kind }) => kind === 'aggregate')

/** Returns the parts of a text with their values. If the entity is gone, every value is a dash. */
export const partsOf = (template: Template, { facts, entity, selection }: DecisionFacts): MessagePart[] =>
  template.map((part): MessagePart => {
    if (entity === null) return part.kind === 'text' ? part : { kind: 'text', text: '–' }
    return messagePart(part, facts, (expression) => evaluateExpression(expression, facts, entity, selection))
  })

/** Whether some value of a text is unknown; such a text cannot be used as a name. */
export const hasUnknown = (parts: readonly MessagePart[]): boolean =>
  parts.some((part) => part.kind === 'value' && part.value instanceof Unknown)
