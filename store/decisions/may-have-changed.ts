/** The one question that all who count changes ask. */

import { sql, type SqlBool } from 'kysely'

/**
 * True of changes after which Meta has, may have, or may for a time have had another value than before: what guardrails, Meta's
 * limits and undo count. The query must not rename the table.
 */
export const mayHaveChanged = sql<SqlBool>`(mutations.outcome in ('intended', 'confirmed', 'unknown')
  or (mutations.outcome = 'superseded' and mutations.sent_at is not null))`
