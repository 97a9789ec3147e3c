/** The condition that every count of changes uses. */

import { sql, type SqlBool } from 'kysely'

/**
 * Selects changes after which Meta has, may have, or may temporarily have had another value than before. Guardrails, Meta's limits
 * and undo count these. The query must not rename the table.
 */
export const mayHaveChanged = sql<SqlBool>`(mutations.outcome in ('intended', 'confirmed', 'unknown')
  or (mutations.outcome = 'superseded' and mutations.sent_at is not null))`
