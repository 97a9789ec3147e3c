/** The results of a decision: changes with the values read back, messages with their delivery, approvals. */

import { formatInstant } from '../../engine/clock/written-time.js'
import type { Store } from '../../store/base/store.js'
import { approvalsOfDecision } from '../../store/decisions/approvals.js'
import type { DecisionRow } from '../../store/decisions/decisions.js'
import { mutationsOfDecision } from '../../store/decisions/mutations.js'
import { messagesOfDecision } from '../../store/messages/messages.js'
import type { CarryOutResults } from '../data/explanation.js'

/** Returns null if there was nothing to carry out. */
export async function carriedOutOf(store: Store, decision: DecisionRow, zone: string): Promise<CarryOutResults | null> {
  if (decision.progress === 'none') return null
  const [changes, messages, approvals] = await Promise.all([
    mutationsOfDecision(store, decision.id),
    messagesOfDecision(store, decision.id),
    approvalsOfDecision(store, decision.id),
  ])
  const time = (instant: number | null): string | null => (instant === null ? null : formatInstant(instant, zone))
  return {
    progress: decision.progress,
    changes: changes.map((row) => ({
      level: row.level,
      entityId: row.entity_id,
      field: row.field,
      before: row.before,
      target: row.target,
      outcome: row.outcome,
      error: parsed(row.error_json),
      intendedAt: formatInstant(row.intended_at, zone),
      settledAt: time(row.settled_at),
    })),
    messages: messages.map((row) => ({
      recipient: row.recipient,
      text: row.text,
      status: row.status,
      error: parsed(row.error_json),
      updatedAt: formatInstant(row.updated_at, zone),
    })),
    approvals: approvals.map((row) => ({
      state: row.state,
      answeredBy: row.answered_by,
      askedAt: formatInstant(row.asked_at, zone),
      answeredAt: time(row.answered_at),
    })),
  }
}

const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown))
