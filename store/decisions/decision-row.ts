/** A decision as the engine makes it, and as the store keeps it. */

import type { FactEntity } from '../../engine/facts/facts.js'
import type { TraceLeaf } from '../../engine/rule/decision.js'
import type { StepName } from '../../engine/rule/rule.js'
import type { Decision } from '../../engine/rule/state/tick.js'
import type { NewRow } from '../tables/tables.js'

/** The part of a decision that is stored with it; the new state of its rule has its own table. */
export type StoredPart = Pick<Decision, 'rule' | 'version' | 'entity' | 'outcome' | 'because' | 'mode' | 'note' | 'trace'>

export const columnsOfDecision = ({ entity, trace, ...decision }: StoredPart, steps: readonly StepName[]) => ({
  rule: decision.rule,
  version: decision.version,
  scope: entity.scope,
  entity_key: entity.key,
  entity_id: entity.id,
  entity_name: entity.name,
  outcome: decision.outcome,
  because: decision.because,
  mode: decision.mode,
  note: decision.note,
  steps_json: JSON.stringify(steps),
  trace_json: JSON.stringify(trace),
})

type Columns<Name extends keyof NewRow<'decisions'>> = Pick<NewRow<'decisions'>, Name>

export const entityOfRow = (row: Columns<'scope' | 'entity_key' | 'entity_id' | 'entity_name'>): FactEntity => ({
  scope: row.scope,
  key: row.entity_key,
  id: row.entity_id ?? null,
  name: row.entity_name ?? null,
})

export const traceOfRow = (row: Columns<'trace_json'>): TraceLeaf[] => JSON.parse(row.trace_json) as TraceLeaf[]

export const stepsOfRow = (row: Columns<'steps_json'>): StepName[] => JSON.parse(row.steps_json) as StepName[]
