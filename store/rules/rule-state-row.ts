/** Converts a rule's state for an entity between the store's row and the engine's type. */

import type { RuleState } from '../../engine/rule/state/state.js'
import type { Row } from '../tables/tables.js'

type StateRow = Row<'rule_states'>

export const stateOfRow = (row: StateRow): RuleState => ({
  state: row.state,
  pendingSince: row.pending_since,
  restingUntil: row.resting_until,
  cleared: row.cleared === 1,
  lastOutcome: row.last_outcome,
  announced: row.announced === 1,
  observed: row.observed === 1,
  actedAt: row.acted_at,
  evaluatedAt: row.evaluated_at,
})

export const columnsOfState = (state: RuleState): Omit<StateRow, 'account' | 'rule' | 'entity_key'> => ({
  state: state.state,
  pending_since: state.pendingSince,
  resting_until: state.restingUntil,
  cleared: state.cleared ? 1 : 0,
  last_outcome: state.lastOutcome,
  announced: state.announced ? 1 : 0,
  observed: state.observed ? 1 : 0,
  acted_at: state.actedAt,
  evaluated_at: state.evaluatedAt,
})
