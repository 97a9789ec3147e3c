/** Ids for new objects: each is used once, even across restarts. */

import { keepFact, keptFact, type StateDatabase } from './database.js'

const LAST_ID = 'last-created-id'

/** Returns a new id for a campaign, an ad set, a creative, an ad, a video or an upload. */
export function newId(database: StateDatabase): string {
  const number = keptFact(database, LAST_ID, () => 0) + 1
  keepFact(database, LAST_ID, number)
  return `12021000009${String(number).padStart(7, '0')}`
}
