/** This installation, its signed-out sessions, and the health of its parts. Conventions as in `./tables.ts`. */

/**
 * One row, created with the store. Its id distinguishes this project's workflows in Temporal, and its cookie, from another
 * project's.
 */
export interface InstallationTable {
  /** Eight hexadecimal digits; empty for a store that was in use before there were such ids. */
  id: string
}

/** A session that was signed out before it expired. */
export interface EndedSessionTable {
  /** Hexadecimal SHA-256 of the session's cookie. */
  session: string
  /** When the session would have expired by itself; afterwards the row is not needed. */
  until: number
}

/** The last report of a part. */
export interface HealthTable {
  /** `api`, `worker`, `rules`, `store`, or `tick:<account>`. */
  subject: string
  at: number
  /** What is wrong, as a sentence; null if nothing is. */
  fault: string | null
}
