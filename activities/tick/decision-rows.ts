/** The rows that a tick records for its decisions. */

import { createHash } from 'node:crypto'

import type { Progress } from '../../engine/rule/progress.js'
import type { Rule, StepName } from '../../engine/rule/rule.js'
import { stepName } from '../../engine/rule/steps/steps.js'
import { columnsOfDecision, type StoredPart } from '../../store/decisions/decision-row.js'
import type { NewDecisionRow } from '../../store/decisions/decisions.js'

export interface Tick {
  /** What the ids of its decisions begin with. */
  readonly prefix: string
  readonly account: string
  /** The outside event that caused it; null for a scheduled tick. */
  readonly event: string | null
  /** Epoch milliseconds: the time that is evaluated, and the time of the decision. */
  readonly at: number
  readonly knownAt: number
}

/** The prefix of the ids of a tick's decisions. */
export const prefixOfTick = (tick: string): string => createHash('sha256').update(tick).digest('hex').slice(0, 16)

export const rowOf = (
  { account, event, at, knownAt }: Tick,
  id: string,
  decision: StoredPart,
  steps: readonly StepName[],
  progress: Progress,
): NewDecisionRow => ({
  ...columnsOfDecision(decision, steps),
  id,
  account,
  event,
  at,
  known_at: knownAt,
  progress,
  workflow_id: null,
  created_at: knownAt,
  updated_at: knownAt,
})

/** Returns the decision of a rule that an event started, but that evaluated nothing. */
export function unjudged(rule: Rule, tick: Tick, because: 'when' | null, note: string): NewDecisionRow {
  const { id, version, mode, then } = rule
  const entity = { scope: 'account', key: tick.account, id: null, name: null } as const
  const decision = { rule: id, version, entity, outcome: 'hold', because, mode, note, trace: [] } as const
  return rowOf(tick, `${tick.prefix}-${id}`, decision, then.map(stepName), 'none')
}
